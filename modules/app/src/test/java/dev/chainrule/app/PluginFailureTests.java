package dev.chainrule.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.engine.files.JsonReader;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Test failures in the code of plugins: jar, component, line and message are named, and the record says how the run ended. */
final class PluginFailureTests {
    private static final String SQUARE = Samples.GATES.replace("activation: tanh", "activation: square");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ((String) null).length();                        | null pointer: Cannot invoke
            onEpochEnd();                                    | stack overflow
            throw new OutOfMemoryError("made up");           | out of memory: made up
            throw new ExceptionInInitializerError("static"); | in initializer: static
            int[] none = {}; none[3] = 1;                    | index out of bounds: Index 3
            throw new AssertionError("never");               | assertion: never
            throw new java.io.UncheckedIOException("no net", new java.io.IOException()); | no net
            """)
    void run_hookThrows_namesItAndRecordsTheEnding(String statement, String reason) {
        Shell shell = new Shell(folder)
                .file("gates.yaml", Samples.GATES + "hooks: [ checkpoint, faulty ]\n")
                .file("faulty.jar", Plugins.faulty(statement).bytes());
        String err = shell.execute("/demo/gates.yaml", "--run-dir", "/demo/run", "--plugins", "/demo/faulty.jar")
                .failed(ExitCode.FAILED);
        assertTrue(
                err.startsWith("error: hook faulty of the plugin faulty.jar failed in Faulty$1 (Faulty.java:11): "),
                err);
        assertTrue(err.contains(reason), err);
        assertTrue(err.contains("The plugin's author has to correct this"), err);
        assertTrue(err.contains("The run is kept in /demo/run.\n"), err);
        assertTrue(err.contains("resume /demo/run --allow-changes"), err);
        Map<?, ?> record = (Map<?, ?>) JsonReader.read(shell.text("run/run.json"));
        assertEquals("failed", record.get("state"));
        assertEquals((long) ExitCode.FAILED, record.get("exit"));
        String recorded = (String) ((Map<?, ?>) record.get("result")).get("reason");
        assertTrue(recorded.endsWith("(faulty.jar, Faulty.java:11)"), recorded);
        shell.file("faulty.jar", Plugins.faulty("").bytes());
        shell.done("resume", "/demo/run", "--allow-changes", "--plugins", "/demo/faulty.jar");
    }

    @Test
    void run_activationThrows_namesIt() {
        Shell shell = new Shell(folder)
                .file("gates.yaml", SQUARE)
                .file("square.jar", Plugins.square("Integer.parseInt(\"two\")").bytes());
        String err = shell.execute("/demo/gates.yaml", "--plugins", "/demo/square.jar", "--run-dir", "/demo/run")
                .failed(ExitCode.FAILED);
        assertTrue(
                err.startsWith("error: activation square of the plugin square.jar failed in Square (Square.java:13): "),
                err);
    }

    @Test
    void evaluate_activationThrows_namesIt() {
        String later = "Boolean.getBoolean(\"square.fails\") ? Integer.parseInt(\"two\") : z * z";
        Shell shell = new Shell(folder)
                .file("gates.yaml", SQUARE)
                .file("square.jar", Plugins.square(later, "2 * z").bytes());
        shell.done("/demo/gates.yaml", "--run-dir", "/demo/run", "--quiet", "--plugins", "/demo/square.jar");
        System.setProperty("square.fails", "true");
        try {
            String err =
                    shell.execute("evaluate", "/demo/run", "--data", "train").failed(ExitCode.FAILED);
            assertTrue(
                    err.startsWith(
                            "error: activation square of the plugin square.jar failed in Square (Square.java:8): "),
                    err);
        } finally {
            System.clearProperty("square.fails");
        }
    }
}
