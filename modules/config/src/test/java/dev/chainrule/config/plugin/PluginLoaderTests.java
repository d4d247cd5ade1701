package dev.chainrule.config.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.Activation;
import dev.chainrule.api.Elementwise;
import dev.chainrule.api.Kind;
import dev.chainrule.config.ConfigException;
import dev.chainrule.config.Problem;
import dev.chainrule.config.ProblemPrinter;
import dev.chainrule.config.Problems;
import dev.chainrule.config.bind.Binder;
import dev.chainrule.config.node.ConfigReader;
import dev.chainrule.config.registry.Registry;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PluginLoaderTests {
    private static final String SWISH = """
            package mine;
            import dev.chainrule.api.*;
            @Component("%s") @Doc("z / (1 + exp(-βz)).")
            record %s(@Doc("β.") @Default("1") double beta) implements Elementwise {
                public double value(double z) { return z * beta; }
                public double derivative(double z, double a) { return beta; }
            }
            """;
    private static final String PLUGIN = """
            package mine;
            import dev.chainrule.api.*;
            import java.util.List;
            public final class Mine implements Plugin {
                %s
                public int apiLevel() { return %s; }
                public List<Class<? extends Record>> components() { return List.of(Swish.class); }
            }
            """;

    record Bound(Activation activation) {}

    @TempDir
    Path folder;

    private static TestJar good(String name) {
        return new TestJar()
                .source("Swish", SWISH.formatted(name, "Swish"))
                .source("Mine", PLUGIN.formatted("", "Api.LEVEL"))
                .file(TestJar.SERVICES, "mine.Mine\n");
    }

    private static Registry load(Path... jars) {
        return new PluginLoader(PluginLoaderTests.class.getClassLoader())
                .load(Stream.of(jars).map(PluginFiles::of).toList());
    }

    private static Problem loadFails(Path... jars) {
        ConfigException e = assertThrows(ConfigException.class, () -> load(jars));
        assertEquals(1, e.problems().sorted().size(), e.getMessage());
        Problem problem = e.problems().sorted().get(0);
        Path last = jars[jars.length - 1];
        assertEquals(last.toString(), problem.mark().orElseThrow().toString());
        return problem;
    }

    private static void assertFails(String message, String note, Path... jars) {
        Problem problem = loadFails(jars);
        assertEquals(message, problem.message());
        assertEquals(note, problem.notes().get(0));
    }

    @Test
    void load_goodJar_componentBindsAndComputes() throws IOException {
        Path jar = good("swish").named("swish-plugin", "1.2").write(folder, "swish.jar");
        Registry registry = load(jar);
        assertEquals(
                "swish-plugin 1.2 (" + jar + ")",
                registry.find(Kind.ACTIVATION, "swish").orElseThrow().origin().toString());
        var node = ConfigReader.read("t.yaml", "activation: { type: swish, beta: 3 }", new Problems())
                .orElseThrow();
        Elementwise swish = assertInstanceOf(
                Elementwise.class,
                new Binder(registry).bind(node, Bound.class).value().activation());
        assertEquals(6, swish.value(2));
    }

    @Test
    void load_twoJarsWithOneClassName_doNotMeet() throws IOException {
        Registry registry =
                load(good("swish").write(folder, "a.jar"), good("swoosh").write(folder, "b.jar"));
        Class<?> a = registry.find(Kind.ACTIVATION, "swish").orElseThrow().record();
        Class<?> b = registry.find(Kind.ACTIVATION, "swoosh").orElseThrow().record();
        assertEquals(a.getName(), b.getName());
        assertNotSame(a, b);
    }

    @Test
    void load_jarUnnamed_isNamedByItsFile() throws IOException {
        Path jar = good("swish").write(folder, "my-swish.jar");
        assertEquals("my-swish", load(jar).all().get(0).origin().name());
    }

    @Test
    void load_sameNameTwice_namesBoth() throws IOException {
        Path a = good("swish").write(folder, "a.jar");
        Path b = good("swish").write(folder, "b.jar");
        assertFails(
                "activation 'swish' exists twice: from a (" + a + ") and from b (" + b + ")",
                "Remove one of the two jars; a plugin must not replace a component.",
                a,
                b);
    }

    @Test
    void load_noServicesFile_isRefused() throws IOException {
        Path jar =
                new TestJar().source("Swish", SWISH.formatted("swish", "Swish")).write(folder, "x.jar");
        assertFails("this jar contains no plugin", "A plugin's jar contains the file " + TestJar.SERVICES + ".", jar);
    }

    @Test
    void load_emptyServicesFile_isRefused() throws IOException {
        Path jar = new TestJar().file(TestJar.SERVICES, "# none\n").write(folder, "x.jar");
        assertFails("this jar contains no plugin", "The file " + TestJar.SERVICES + " in it is empty.", jar);
    }

    @Test
    void load_servicesNamesMissingClass_isRefused() throws IOException {
        Path jar = new TestJar().file(TestJar.SERVICES, "mine.Gone\n").write(folder, "x.jar");
        assertEquals(
                "the file " + TestJar.SERVICES + " lists mine.Gone, which is not in the jar",
                loadFails(jar).message());
    }

    @Test
    void load_constructorThrows_isRefusedWithItsMessage() throws IOException {
        Path jar = good("swish")
                .source(
                        "Mine",
                        PLUGIN.formatted(
                                "public Mine() { throw new IllegalStateException(\"no moon\"); }", "Api.LEVEL"))
                .write(folder, "x.jar");
        assertEquals(
                "the plugin failed to load: no moon (Mine.java:5)",
                loadFails(jar).message());
    }

    @Test
    void load_staticInitialiserThrows_isRefusedWithItsMessage() throws IOException {
        Path jar = good("swish")
                .source(
                        "Mine",
                        PLUGIN.formatted(
                                "static { if (Api.LEVEL > 0) throw new IllegalStateException(\"no sun\"); }",
                                "Api.LEVEL"))
                .write(folder, "x.jar");
        assertEquals(
                "the plugin failed to load: no sun (Mine.java:5)",
                loadFails(jar).message());
    }

    @Test
    void load_otherApiLevel_saysWhichToGet() throws IOException {
        Path older = good("swish").source("Mine", PLUGIN.formatted("", "0")).write(folder, "older.jar");
        assertFails(
                "the plugin is made for level 0 of the plugin API, but this Chainrule has level 2",
                "Get a newer version of the plugin, or rebuild it.",
                older);
        Path newer = good("swish").source("Mine", PLUGIN.formatted("", "99")).write(folder, "newer.jar");
        assertFails(
                "the plugin is made for level 99 of the plugin API, but this Chainrule has level 2",
                "Get a newer Chainrule.",
                newer);
    }

    @Test
    void load_usesClassOfTheApplication_isNotShownIt() throws IOException {
        String body = "static final Object YAML = org.yaml.snakeyaml.Yaml.class;";
        Path jar = good("swish")
                .source("Mine", PLUGIN.formatted(body, "Api.LEVEL"))
                .write(folder, "x.jar");
        Problem problem = loadFails(jar);
        assertEquals(
                "the plugin requires the class org.yaml.snakeyaml.Yaml, which its jar does not contain",
                problem.message());
        assertInstanceOf(LinkageError.class, problem.cause().orElseThrow());
    }

    @Test
    void load_usesInternalClass_isToldWhichItSees() throws IOException {
        String body = "static final Object KERNELS = dev.chainrule.math.kernel.FloatElements.class;";
        Path jar = good("swish")
                .source("Mine", PLUGIN.formatted(body, "Api.LEVEL"))
                .write(folder, "x.jar");
        assertFails(
                "the plugin requires the class dev.chainrule.math.kernel.FloatElements, which is internal to Chainrule",
                "Plugins see all of dev.chainrule.api, and of dev.chainrule.math CommonFunction, DoubleMatrix, Draws, FloatMatrix,"
                        + " Kernels, Matrix, Numbers, PairFunction, Patches, Precision, RandomStream, ScalarFunction, Strict, ThreadTeam, UpdateRule, Window.",
                jar);
    }

    @Test
    void load_usesMatricesAndEjml_isShownThem() throws IOException {
        String body = "static final Object A = org.ejml.data.DMatrixRMaj.class, B = dev.chainrule.math.Strict.class;";
        Path jar = good("swish")
                .source("Mine", PLUGIN.formatted(body, "Api.LEVEL"))
                .write(folder, "x.jar");
        assertEquals(1, load(jar).all().size());
    }

    @Test
    void load_compiledForNewerJava_saysSo() throws IOException {
        byte[] fromTheFuture = {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe, 0, 0, 0x03, (byte) 0xe7, 0, 1};
        Path jar = new TestJar()
                .file("mine/Mine.class", fromTheFuture)
                .file(TestJar.SERVICES, "mine.Mine\n")
                .write(folder, "x.jar");
        assertEquals(
                "the plugin requires a newer Java: its class mine.Mine is compiled for Java 955, but this is Java "
                        + Runtime.version().feature(),
                loadFails(jar).message());
    }

    @Test
    void load_componentsThrow_isRefused() throws IOException {
        String plugin = PLUGIN.formatted("", "Api.LEVEL")
                .replace("List.of(Swish.class)", "List.of((Class<? extends Record>) null)");
        Path jar = good("swish").source("Mine", plugin).write(folder, "x.jar");
        assertEquals(
                "the plugin failed to load: no reason given (Mine.java:7)",
                loadFails(jar).message());
    }

    @Test
    void load_notAJar_isRefused() throws IOException {
        Path text = Files.writeString(folder.resolve("x.jar"), "hello");
        assertFails("this is not a jar, or it is damaged", "Copy or rebuild it.", text);
        assertFails("this is not a file", "Give a plugin's jar.", folder);
        assertFails("there is no such file", "Give a plugin's jar.", folder.resolve("gone.jar"));
    }

    @Test
    void load_severalBadJars_areAllReported() throws IOException {
        Problems problems = new Problems();
        Path good = good("swish").write(folder, "good.jar");
        Registry registry = new PluginLoader(PluginLoaderTests.class.getClassLoader())
                .load(
                        Stream.of(folder.resolve("gone.jar"), good, new TestJar().write(folder, "empty.jar"))
                                .map(PluginFiles::of)
                                .toList(),
                        problems);
        assertEquals(2, problems.sorted().size(), new ProblemPrinter(false).print(problems));
        assertEquals(List.of("swish"), registry.names(Kind.ACTIVATION));
    }

    @Test
    void load_applicationsOwnServices_areBuiltIn() throws IOException {
        Path application = good("swish").write(folder, "application.jar");
        try (var loader = new URLClassLoader(
                new URL[] {application.toUri().toURL()}, getClass().getClassLoader())) {
            Registry registry = new PluginLoader(loader).load(List.of());
            assertTrue(registry.find(Kind.ACTIVATION, "swish")
                    .orElseThrow()
                    .origin()
                    .isBuiltIn());
        }
    }
}
