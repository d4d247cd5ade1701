package dev.chainrule.app.init;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.Shell;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The fixture of the tests of {@code init} on tables: a table is {@code t.csv}, its config {@code config.yaml}. */
abstract class InitTables {
    Shell shell;

    @TempDir
    private Path folder;

    @BeforeEach
    void create() {
        shell = new Shell(folder);
    }

    /** Write a table, let init make a config for it that validate has nothing against, and return that. */
    String init(String header, int rows, IntFunction<String> row) {
        Shell.Result result = answer(header, rows, row);
        Shell.Result validated = shell.execute("validate", "--strict", "/demo/config.yaml");
        assertEquals(ExitCode.DONE, validated.code(), validated.err() + result.out());
        return shell.text("config.yaml");
    }

    /** Write a table and return the output of init for it. */
    Shell.Result answer(String header, int rows, IntFunction<String> row) {
        shell.file("t.csv", table(header, rows, row));
        Shell.Result result = execute(header.substring(header.lastIndexOf(header.contains(";") ? ';' : ',') + 1));
        assertEquals(ExitCode.DONE, result.code(), result.err());
        return result;
    }

    /** Let init make a config for the table. */
    Shell.Result execute(String target, String... more) {
        return shell.execute(Stream.concat(
                        Stream.of(
                                "init",
                                "--force",
                                "--csv",
                                "/demo/t.csv",
                                "--target",
                                target,
                                "-o",
                                "/demo/config.yaml"),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    static String table(String header, int rows, IntFunction<String> row) {
        return header + "\n" + IntStream.range(0, rows).mapToObj(row).collect(Collectors.joining("\n", "", "\n"));
    }
}
