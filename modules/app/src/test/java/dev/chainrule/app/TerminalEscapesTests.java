package dev.chainrule.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.testing.Shell;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Test that control characters of tables, configs, records and file names never reach a terminal. */
final class TerminalEscapesTests {
    private static final String SCREEN = "\u001b[2J";
    private static final String TITLE = "\u001b]0;owned\u0007";
    private static final String TURN = "\u202e";
    private static final List<String> COMMANDS = List.of(
            "describe table.yaml",
            "explain table.yaml",
            "validate table.yaml",
            "init --force --csv table.csv --target kind" + TITLE + " -o other.yaml",
            "init --force --csv table.csv --target none -o other.yaml",
            "run table.yaml --run-dir runs/again",
            "run table.yaml --run-dir runs/wrong --set data.train.file=no" + SCREEN + ".csv",
            "run table.yaml --run-dir runs/wrong --set " + SCREEN + "=1",
            "run --" + SCREEN,
            SCREEN,
            "evaluate runs/first",
            "evaluate runs/first --data no" + TURN + ".csv",
            "predict runs/first --input table.csv",
            "predict runs/first --input no" + TITLE + ".csv",
            "diff runs/first runs/first",
            "verify runs/first",
            "verify " + TITLE,
            "runs --columns data.train.target",
            "schema" + SCREEN,
            "plugins " + SCREEN,
            "gradcheck table.yaml");

    @TempDir
    private Path folder;

    @Test
    void commands_onTextsWithControlCharacters_showThem() {
        Shell shell = new Shell(folder).file("table.csv", table());
        said(shell, "init --csv table.csv --target kind" + TITLE + " -o table.yaml");
        String first = said(shell, "run table.yaml --run-dir runs/first --set training.epochs=2");
        assertTrue(first.contains("table"), first);
        shell.copy("runs/first", "runs/forged");
        shell.file(
                "runs/forged/run.json",
                shell.text("runs/first/run.json").replace("\"table\"", "\"" + "\\u001b[2J" + "\""));
        assertEquals(0, shell.execute("describe", "/demo/table.yaml").code());
        said(shell, "runs");
        said(shell, "verify runs/forged");
        String predicted = said(shell, "predict runs/first --input table.csv");
        assertTrue(predicted.contains("red\\u001b[2J"), predicted);
    }

    @TestFactory
    Stream<DynamicTest> command_onTextsWithControlCharacters_showsThem() {
        return COMMANDS.stream()
                .map(command -> DynamicTest.dynamicTest(command.replaceAll("\\p{Cntrl}|\u202e", "?"), () -> {
                    Shell shell = new Shell(folder);
                    if (!shell.at("runs/first").toFile().exists()) {
                        shell.file("table.csv", table());
                        said(shell, "init --csv table.csv --target kind" + TITLE + " -o table.yaml");
                        said(shell, "run table.yaml --run-dir runs/first --set training.epochs=2");
                    }
                    said(shell, command);
                }));
    }

    /** Execute a command, its files in the folder, and return all that it printed. */
    private String said(Shell shell, String command) {
        String[] words = Stream.of(command.split(" "))
                .map(word -> word.matches("(table|other|runs/|no).*") ? "/demo/" + word : word)
                .map(word -> word.replace("=no", "=/demo/no"))
                .toArray(String[]::new);
        Shell.Result result = shell.execute(words);
        String all = result.out() + result.err();
        assertTrue(!all.isEmpty(), command);
        all.codePoints()
                .forEach(c -> assertTrue(
                        c == '\n' || c == '\t' || !Character.isISOControl(c) && c != 0x202e,
                        () -> command + ": " + all));
        return all;
    }

    private static String table() {
        StringBuilder rows = new StringBuilder("size" + SCREEN + ",colour,kind" + TITLE + "\n");
        for (int i = 0; i < 60; i++) {
            rows.append(i % 7)
                    .append(i % 2 == 0 ? ",red" + SCREEN : ",blue" + TURN)
                    .append(i % 3 == 0 ? ",red" + SCREEN : ",green" + TITLE)
                    .append('\n');
        }
        return rows.toString();
    }
}
