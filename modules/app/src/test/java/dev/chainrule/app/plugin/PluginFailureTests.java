package dev.chainrule.app.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.Plugins;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import java.nio.file.Path;
import java.util.List;
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
        assertTrue(err.contains("The plugin's author must correct this"), err);
        assertTrue(err.contains("The run is kept in /demo/run.\n"), err);
        assertTrue(err.contains("resume /demo/run --plugins /demo/faulty.jar --allow-changes"), err);
        Map<?, ?> record = shell.json("run/run.json");
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
        shell.trust("square.jar");
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ((String) null).length();                                                  | Cannot invoke "String.length()"
            throw new IllegalStateException("the moon is full");                       | the moon is full
            throw new UnsupportedOperationException();                                 | no reason given
            throw new AssertionError("never");                                         | never
            throw new ExceptionInInitializerError(new ArithmeticException("by zero")); | by zero
            """)
    void commands_constructorThrows_nameItsPlaceInConfigAndCode(String statement, String reason) {
        Shell shell = shell(
                "- { type: odd, factor: 2 }", "if (factor == 2) { " + statement + " }", "return context.chain();");
        for (String command : List.of("validate", "run")) {
            String err = shell.execute(command, "/demo/gates.yaml", "--plugins", "/demo/odd.jar")
                    .failed(ExitCode.INPUT);
            assertTrue(
                    err.startsWith(
                            "/demo/gates.yaml:7:13: error: layer 'odd' of odd (/demo/odd.jar) failed during setup: "
                                    + reason),
                    err);
            assertTrue(err.contains(" (Odd.java:7)\n"), err);
            assertTrue(err.contains("This is a bug in its code, not in the config; report it to its author."), err);
            assertFalse(err.contains("\tat "), err);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ((String) null).length();               | null pointer: Cannot invoke "String.length()"
            throw new IllegalStateException("off"); | illegal state: off
            throw new NoClassDefFoundError("Gone"); | no class def found: Gone
            build(context);                         | stack overflow
            """)
    void commands_componentThrowsBeforeTraining_nameIt(String statement, String reason) {
        Shell shell = shell("- odd", "", "if (factor == 1) { " + statement + " } return context.chain();");
        for (String command : List.of("validate", "run")) {
            String err = shell.execute(command, "/demo/gates.yaml", "--plugins", "/demo/odd.jar")
                    .failed(ExitCode.FAILED);
            assertTrue(
                    err.startsWith("error: layer odd of the plugin odd.jar failed in Odd (Odd.java:11): " + reason),
                    err);
            assertTrue(err.contains("The plugin's author must correct this"), err);
            assertFalse(err.contains("\tat "), err);
        }
    }

    @Test
    void commands_staticInitializerThrows_nameItEachTime() {
        Shell shell = shell("- odd", "", "return context.chain(new Node[Helper.SIZE]);");
        for (String command : List.of("validate", "run")) {
            String err = shell.execute(command, "/demo/gates.yaml", "--plugins", "/demo/odd.jar")
                    .failed(ExitCode.FAILED);
            assertTrue(
                    err.startsWith("error: layer odd of the plugin odd.jar failed in Odd$Helper (Odd.java:14): "
                            + "number format: For input string: \"two\""),
                    err);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            null                       | build):   | build returned null
            context.chain((Node) null) | java:11): | a stage of the layer is null
            """)
    void commands_layerIsBuiltOfNull_nameIt(String given, String place, String reason) {
        Shell shell = shell("- odd", "", "return " + given + ";");
        for (String command : List.of("validate", "run", "describe")) {
            String err = shell.execute(command, "/demo/gates.yaml", "--plugins", "/demo/odd.jar")
                    .failed(ExitCode.FAILED);
            assertTrue(
                    err.startsWith("error: layer odd of the plugin odd.jar failed in Odd (Odd." + place
                            + " null pointer: " + reason + "\n"),
                    err);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hook        | HookSpec      | Hook create(Run run)                                 | hooks: [ odd ]
            transform   | TransformSpec | Transform create(Encoding encoding, Kernels kernels) | transforms
            """)
    void run_componentIsCreatedAsNull_namesIt(String kind, String type, String method, String key) {
        Shell shell = new Shell(folder)
                .file(
                        "odd.jar",
                        Plugins.plugin("Odd", """
                import dev.chainrule.api.*; import dev.chainrule.api.data.*; import dev.chainrule.api.layer.*; import dev.chainrule.api.training.*;
                import dev.chainrule.math.*;
                @Component("odd")
                @Doc("Gives nothing.")
                public record Odd() implements %s {
                    @Override
                    public %s {
                        return null;
                    }
                }
                """.formatted(type, method)).bytes());
        String config = key.startsWith("hooks")
                ? Samples.GATES + key + "\n"
                : Samples.GATES.replaceFirst("data:\n", "data:\n  transforms: [ odd ]\n");
        shell.file("gates.yaml", config);
        String err = shell.execute("run", "/demo/gates.yaml", "--plugins", "/demo/odd.jar", "--run-dir", "/demo/run")
                .failed(ExitCode.FAILED);
        assertTrue(
                err.startsWith("error: " + kind + " odd of the plugin odd.jar failed in Odd (Odd.create): "
                        + "null pointer: create returned null\n"),
                err);
    }

    @Test
    void run_layerUsesInternalClass_saysThatItIsInternal() {
        Shell shell = shell(
                "- odd", "", "return dev.chainrule.math.kernel.KernelParts.plain() == null ? null : context.chain();");
        Shell.Result result = shell.execute("run", "/demo/gates.yaml", "--plugins", "/demo/odd.jar");
        assertEquals(ExitCode.FAILED, result.code());
        String err = result.err();
        assertTrue(
                err.contains("It uses a class that is internal to Chainrule: docs/PLUGINS.md lists the classes that "
                        + "plugins can use."),
                err);
    }

    /** Return a folder with a config whose first layer is given, and a plugin with the layer {@code odd}. */
    private Shell shell(String layer, String constructor, String build) {
        return new Shell(folder)
                .file("gates.yaml", Samples.GATES.replace("model:\n", "model:\n  " + layer + "\n"))
                .file(
                        "odd.jar",
                        Plugins.plugin("Odd", """
                        import dev.chainrule.api.*; import dev.chainrule.api.data.*; import dev.chainrule.api.layer.*; import dev.chainrule.api.training.*;
                        import java.util.List;
                        @Component("odd")
                        @Doc("Goes wrong.")
                        public record Odd(@Doc("Factor.") @Default("1") double factor) implements LayerSpec {
                            public Odd {
                                %s
                            }
                            @Override
                            public Value build(LayerContext context) {
                                %s
                            }
                            private static final class Helper {
                                private static final int SIZE = Integer.parseInt("two");
                            }
                        }
                        """.formatted(constructor, build)).bytes());
    }
}
