package dev.chainrule.app.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.data.DataSource;
import dev.chainrule.app.load.ConfigLoader;
import dev.chainrule.app.load.LoadedConfig;
import dev.chainrule.app.load.PluginSources;
import dev.chainrule.app.shell.Context;
import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.InProcess;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.engine.data.Datasets;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tables as people and programs write them, drawn by {@code src/test/oracle/tables} and read there by Python's csv module and a page
 * of rules: {@code init} and {@code validate --strict} lead to the same rows, numbers and names, or to an error. Needs python3 and
 * nothing else of Python.
 */
final class TableReadingTests {
    private static final Path ORACLE = InProcess.ROOT.resolve("modules/app/src/test/oracle/tables/tables.py");
    private static final int TABLES = 5000;
    private static final int SAMPLE = Integer.getInteger("tables", 200);
    private static final int SHOWN = 20;
    /** Kinds of which every table is wrong. */
    private static final List<String> WRONG = List.of(
            "layout: row too long",
            "layout: row too short",
            "layout: footer line",
            "layout: unclosed quote",
            "layout: duplicate columns");

    @TempDir
    private Path folder;

    private final Map<String, Counts> counts = new TreeMap<>();
    private final List<String> differences = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();

    /** How tables ended, by kind. */
    private static final class Counts {
        private int compared;
        private int refusedRightly;
        private int refused;
    }

    @Test
    void init_sampleOfTables_isReadAsByTheOracleOrRefused() {
        compare(SAMPLE);
    }

    @Test
    @Tag("proof")
    void init_manyTables_areReadAsByTheOracleOrRefused() {
        compare(TABLES);
    }

    private void compare(int tables) {
        requirePython();
        int seen = 0;
        try {
            Process oracle = python(ORACLE.toString(), "0", String.valueOf(tables));
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(oracle.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine(), seen++) {
                    judge(OracleTable.parse(line));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        counts.forEach((kind, of) -> System.out.printf(
                "%-45s compared %5d, refused as the oracle does %5d, refused for another reason %5d%n",
                kind, of.compared, of.refusedRightly, of.refused));
        assertEquals(tables, seen);
        assertTrue(differences.isEmpty(), () -> shown("tables are misread", differences));
        requireEnough(tables);
    }

    /** Were every table refused, nothing would have been compared. */
    private void requireEnough(int tables) {
        Counts all = counts.get("all");
        assertTrue(all.compared >= 0.8 * tables, all.compared + " of " + tables + " were compared");
        assertTrue(all.refused <= 0.03 * tables, () -> shown("tables are refused without need", refusals));
        counts.forEach((kind, of) -> {
            if (WRONG.contains(kind)) {
                assertEquals(0, of.compared, kind);
            } else {
                assertTrue(
                        of.compared >= of.refused, kind + ": " + of.refused + " refused, " + of.compared + " compared");
            }
        });
    }

    private static String shown(String what, List<String> tables) {
        return tables.size() + " " + what + ":\n"
                + String.join("\n", tables.subList(0, Math.min(SHOWN, tables.size())));
    }

    private void judge(OracleTable table) {
        Shell shell = new Shell(folder).file("t.csv", table.bytes());
        Optional<String> problem = problem(shell, table.target());
        String place = "table " + table.index() + " " + table.kinds() + ": ";
        boolean rightly = table.wrong().isPresent() || table.doubtful();
        if (problem.isEmpty()) {
            Optional<String> difference = table.wrong().isPresent()
                    ? Optional.of("is read although " + table.wrong().get())
                    : TableComparison.difference(table, source(shell.at("config.yaml")));
            difference.ifPresent(text -> differences.add(place + text));
        } else if (!rightly) {
            refusals.add(place + problem.get());
        }
        List<String> kinds = new ArrayList<>(table.kinds());
        kinds.add("all");
        for (String kind : kinds) {
            Counts of = counts.computeIfAbsent(kind, key -> new Counts());
            of.compared += problem.isEmpty() ? 1 : 0;
            of.refusedRightly += problem.isPresent() && rightly ? 1 : 0;
            of.refused += problem.isPresent() && !rightly ? 1 : 0;
        }
    }

    /** Write a config for a table and check it; return the mistakes. */
    private static Optional<String> problem(Shell shell, String target) {
        Shell.Result init =
                shell.execute("init", "--csv", "/demo/t.csv", "--target", target, "-o", "/demo/config.yaml", "--force");
        if (init.code() != ExitCode.DONE) {
            return Optional.of(init.failed(ExitCode.INPUT));
        }
        Shell.Result strict = shell.execute("validate", "--strict", "/demo/config.yaml");
        return strict.code() == ExitCode.DONE ? Optional.empty() : Optional.of(strict.failed(ExitCode.INPUT));
    }

    /** Open the examples as the config says. */
    private static DataSource source(Path config) {
        Context context = InProcess.context();
        LoadedConfig loaded = ConfigLoader.load(config, PluginSources.usual(context), List.of(), context);
        return Datasets.open(
                        loaded.experiment().data(),
                        loaded.experiment().seed(),
                        context.surroundings(loaded.folder(), true, true))
                .train()
                .source();
    }

    private static void requirePython() {
        boolean found;
        try {
            found = python("--version").waitFor() == 0;
        } catch (IOException e) {
            found = false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        Assumptions.assumeTrue(found, "python3 is not on the PATH, so no outside reader can judge the tables");
    }

    private static Process python(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of("python3", "-B"));
        command.addAll(List.of(args));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
