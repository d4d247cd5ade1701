package dev.chainrule.app.plugin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.Kind;
import dev.chainrule.app.load.PastPlugins;
import dev.chainrule.app.shell.Components;
import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.BrokenPlugins;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.app.testing.TestJar;
import dev.chainrule.engine.files.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Test runs with plugins: their record, how they get along, and the message when one is missing. */
final class PluginRunTests {
    private static final String USED = Samples.GATES.replace("tanh", "swish");

    @TempDir
    private Path folder;

    @Test
    void run_twoPluginsWithTwoVersionsOfALibrary_useEachItsOwn() {
        Shell shell = new Shell(folder)
                .file("plugins/two/two.jar", scaling("two", 2).bytes())
                .file("plugins/two/scale-2.jar", library(2).bytes())
                .file("plugins/three/three.jar", scaling("three", 3).bytes())
                .file("plugins/three/scale-3.jar", library(3).bytes());
        String model = """
                model:
                  - { type: dense, units: 8, activation: two }
                  - { type: dense, units: 4, activation: three }
                """;
        shell.file(
                "gates.yaml",
                Samples.GATES.replace("model:\n  - { type: dense, units: 8, activation: tanh }\n", model)
                        + "hooks: [ { type: gradient_check, at: start } ]\nplugins: [ plugins ]\n");
        shell.done("/demo/gates.yaml", "--run-dir", "/demo/run");
        // A library of the wrong version would have thrown: each activation says which one it was built for.
        List<Map<?, ?>> plugins = plugins(shell, "run");
        assertEquals(
                List.of("three", "two"),
                plugins.stream().map(plugin -> plugin.get("name")).toList());
        Map<?, ?> library = (Map<?, ?>) ((List<?>) plugins.get(1).get("libraries")).get(0);
        assertTrue(((String) library.get("jar")).endsWith("scale-2.jar"));
        assertEquals(64, ((String) library.get("sha256")).length());
    }

    @Test
    void run_jarBuiltAgain_hasTheSameHash() {
        TestJar first = BrokenPlugins.good().named("swish", "1.0").at(FileTime.fromMillis(0));
        TestJar again = BrokenPlugins.good().named("swish", "1.0").at(FileTime.fromMillis(1_000_000_000_000L));
        Shell shell = new Shell(folder).file("gates.yaml", USED).file("swish.jar", first.bytes());
        shell.done("/demo/gates.yaml", "--run-dir", "/demo/run", "--plugins", "/demo/swish.jar");
        assertFalse(Arrays.equals(shell.bytes("swish.jar"), again.bytes()));
        shell.file("swish.jar", again.bytes());
        shell.done("/demo/gates.yaml", "--run-dir", "/demo/again", "--plugins", "/demo/swish.jar");
        Map<?, ?> plugin = plugins(shell, "run").get(0);
        assertEquals(plugin, plugins(shell, "again").get(0));
        assertEquals("swish", plugin.get("name"));
        assertEquals("1.0", plugin.get("version"));
        assertEquals(List.of("activation swish"), plugin.get("components"));
    }

    @Test
    void run_jarDeleted_saysWhichPluginItWasAndLosesNothing() throws IOException {
        Shell shell = new Shell(folder)
                .file("gates.yaml", USED + "plugins: [ swish.jar ]\n")
                .file(
                        "swish.jar",
                        BrokenPlugins.good().named("swish-plugin", "1.0").bytes());
        shell.done("/demo/gates.yaml", "--run-dir", "/demo/runs/gates/first");
        Map<String, byte[]> before = files(shell.at("runs"));
        shell.delete("swish.jar");
        String err = shell.execute("/demo/gates.yaml", "--run-dir", "/demo/runs/gates/second")
                .failed(ExitCode.INPUT);
        assertTrue(err.contains("plugin 'swish.jar' does not exist"), err);
        String asked = shell.execute("evaluate", "/demo/runs/gates/first", "--data", "train")
                .failed(ExitCode.INPUT);
        assertTrue(asked.contains("plugin 'swish.jar' does not exist"), asked);
        Map<String, byte[]> after = files(shell.at("runs"));
        assertEquals(before.keySet(), after.keySet());
        before.forEach((name, bytes) -> assertArrayEquals(bytes, after.get(name), name));
    }

    @Test
    void evaluate_jarGone_saysWhichPluginItWas() {
        Shell shell = new Shell(folder)
                .file("gates.yaml", USED)
                .file(
                        "swish.jar",
                        BrokenPlugins.good().named("swish-plugin", "1.0").bytes());
        shell.done("/demo/gates.yaml", "--run-dir", "/demo/run", "--plugins", "/demo/swish.jar");
        shell.delete("swish.jar");
        String err = shell.execute("evaluate", "/demo/run", "--data", "train").failed(ExitCode.INPUT);
        assertTrue(err.contains("error: unknown activation 'swish'\n"), err);
        assertTrue(err.endsWith("""
                           The run /demo/run used the plugin swish-plugin 1.0 for it: restore /demo/swish.jar, or give the jar with --plugins.

                        1 error
                        """), err);
    }

    @Test
    void memory_runsThatAreKept_knowsTheYoungest() {
        Shell shell = new Shell(folder)
                .file("runs/a/20260101-000000-1/run.json", record("1.0"))
                .file("runs/b/20260301-000000-1/run.json", record("3.0"))
                .file("runs/c/20260201-000000-1/run.json", record("2.0"))
                .file("runs/d/20260401-000000-1/run.json", "{\"plugins\": [")
                .file("configs/gates.yaml", USED);
        PastPlugins memory = new PastPlugins(shell.at("configs/gates.yaml"), shell.at("runs"));
        assertEquals(
                Optional.of("The run " + shell.at("runs/b/20260301-000000-1")
                        + " used the plugin swish-plugin 3.0 for it: restore plugins/swish.jar, or give the jar with"
                        + " --plugins."),
                memory.of(Kind.ACTIVATION, "swish"));
        assertEquals(Optional.empty(), memory.of(Kind.LAYER, "swish"));
    }

    @Test
    void plugins_json_hasKindNameParametersDefaultsDocsOrigin() {
        Shell shell = new Shell(folder)
                .file(
                        "swish.jar",
                        BrokenPlugins.good().named("swish-plugin", "1.0").bytes());
        Map<?, ?> json = (Map<?, ?>) JsonReader.read(
                shell.done("plugins", "--json", "--plugins", "/demo/swish.jar").out());
        List<?> components = (List<?>) json.get("components");
        assertEquals(new Components().builtIn().all().size() + 1, components.size());
        Object swish = components.stream()
                .filter(component -> ((Map<?, ?>) component).get("name").equals("swish"))
                .findFirst()
                .orElseThrow();
        assertEquals(JsonReader.read("""
                        {"kind": "activation", "name": "swish", "doc": "z · sigmoid(beta · z).",
                         "origin": {"name": "swish-plugin", "version": "1.0", "jar": "/demo/swish.jar"},
                         "parameters": [{"name": "beta", "type": "number", "required": false, "default": "1",
                                         "doc": "How sharply it bends."}]}
                        """), swish);
    }

    private static String record(String version) {
        return """
                {"plugins": [{"name": "swish-plugin", "version": "%s", "jar": "plugins/swish.jar",
                              "components": ["activation swish"]}]}
                """.formatted(version);
    }

    private static List<Map<?, ?>> plugins(Shell shell, String run) {
        Map<?, ?> record = shell.json(run + "/run.json");
        return ((List<?>) record.get("plugins"))
                .stream().<Map<?, ?>>map(plugin -> (Map<?, ?>) plugin).toList();
    }

    private static Map<String, byte[]> files(Path folder) throws IOException {
        Map<String, byte[]> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                found.put(folder.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return found;
    }

    /** Return an activation a = z·factor that takes the factor from a library, and refuses another version of it. */
    private static TestJar scaling(String name, int version) {
        return new TestJar()
                .source("Scaled", """
                        import dev.chainrule.api.*;

                        @Component("%s")
                        @Doc("z times a number.")
                        public record Scaled() implements Elementwise {
                            public Scaled {
                                if (Scale.factor() != %d) {
                                    throw new IllegalStateException("the library is version " + Scale.factor());
                                }
                            }

                            public double value(double z) {
                                return z * Scale.factor();
                            }

                            public double derivative(double z, double a) {
                                return Scale.factor();
                            }
                        }
                        """.formatted(name, version))
                .source("Scale", SCALE.formatted(version))
                .source("Entry", """
                        import dev.chainrule.api.*;
                        import java.util.List;

                        public final class Entry implements Plugin {
                            public int apiLevel() {
                                return Api.LEVEL;
                            }

                            public List<Class<? extends Record>> components() {
                                return List.of(Scaled.class);
                            }
                        }
                        """)
                .spoil("Scale.class", bytes -> null)
                .plugin("Entry");
    }

    private static final String SCALE = """
            public final class Scale {
                public static double factor() {
                    return %d;
                }
            }
            """;

    private static TestJar library(int version) {
        return new TestJar().source("Scale", SCALE.formatted(version));
    }
}
