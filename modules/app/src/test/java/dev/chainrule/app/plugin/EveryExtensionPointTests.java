package dev.chainrule.app.plugin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.Kind;
import dev.chainrule.app.plugged.Alternating;
import dev.chainrule.app.plugged.Bent;
import dev.chainrule.app.plugged.Centred;
import dev.chainrule.app.plugged.Fourth;
import dev.chainrule.app.plugged.Gain;
import dev.chainrule.app.plugged.Halving;
import dev.chainrule.app.plugged.Jitter;
import dev.chainrule.app.plugged.Largest;
import dev.chainrule.app.plugged.Quartic;
import dev.chainrule.app.plugged.Saddle;
import dev.chainrule.app.plugged.Signs;
import dev.chainrule.app.plugged.Witness;
import dev.chainrule.app.plugged.Worst;
import dev.chainrule.app.shell.Components;
import dev.chainrule.app.testing.PreparedFolder;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.app.testing.TestJar;
import dev.chainrule.config.plugin.PluginFinder;
import dev.chainrule.config.registry.Registry;
import dev.chainrule.engine.files.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prove that every extension point is open to plugins: one jar for each, and a run that uses them all. */
final class EveryExtensionPointTests {
    /** One component for each kind; of activations one on rows and one on elements. */
    private static final List<Class<? extends Record>> COMPONENTS = List.of(
            Centred.class,
            Bent.class,
            Gain.class,
            Quartic.class,
            Signs.class,
            Halving.class,
            Alternating.class,
            Fourth.class,
            Saddle.class,
            Largest.class,
            Jitter.class,
            Worst.class,
            Witness.class);

    private static final String CONFIG = """
            name: everything
            seed: 5
            data:
              train: { type: saddle, count: 96 }
              test: { type: saddle, count: 32, seed: 2 }
              transforms: [ largest ]
              augmentation: [ jitter ]
              batch_size: 16
            model:
              - { type: dense, units: 8, activation: { type: bent, beta: 2 }, weights: alternating, regularizer: fourth }
              - { type: activation, function: centred }
              - { type: gain, first: { type: alternating, most: 1 } }
              - { type: dense, units: 1, weights: { type: alternating, most: 0.3 } }
            loss: quartic
            optimizer: { type: signs, learning_rate: { type: halving, from: 0.05 } }
            metrics: [ loss, worst ]
            training: { epochs: 8 }
            hooks: [ { type: gradient_check, at: start }, witness ]
            plugins: [ jars ]
            """;

    @TempDir
    private static Path folder;

    private static PreparedFolder prepared;

    private Shell shell;

    @BeforeAll
    static void packEachIntoAJar() {
        Shell shell = new Shell(folder).file("everything.yaml", CONFIG);
        for (Class<? extends Record> component : COMPONENTS) {
            shell.file(
                    "jars/" + component.getSimpleName() + ".jar", jar(component).bytes());
        }
        prepared = new PreparedFolder(folder);
    }

    @BeforeEach
    void putBack() {
        shell = prepared.putBack();
    }

    @Test
    void components_ofAllJars_areOneOfEachKind() {
        Registry registry = new Components().with(PluginFinder.at(shell.at("jars")), origin -> {});
        Set<Kind> kinds = new TreeSet<>();
        registry.all().stream()
                .filter(component -> !component.origin().isBuiltIn())
                .forEach(component -> {
                    kinds.add(component.kind());
                    assertTrue(
                            COMPONENTS.stream().noneMatch(known -> known == component.record()),
                            "the class is the jar's, not the test's own");
                });
        assertEquals(Set.of(Kind.values()), kinds);
        assertEquals(Kind.values().length + 1, COMPONENTS.size(), "activations are two");
    }

    @Test
    void run_everyExtensionPointFromJars_learnsAndIsTheSameAgain() throws IOException {
        shell.done("/demo/everything.yaml", "--run-dir", "/demo/run", "--threads", "1");
        List<Double> losses = losses("run");
        assertTrue(losses.get(losses.size() - 2) < 0.5 * losses.get(0), () -> "nothing was learned: " + losses);
        assertEquals("48 steps, 5 parameters, COMPLETED", shell.text("run/witness.txt"));
        Map<?, ?> record = shell.json("run/run.json");
        Set<Object> components = ((List<?>) record.get("plugins"))
                .stream()
                        .flatMap(plugin -> ((List<?>) ((Map<?, ?>) plugin).get("components")).stream())
                        .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(COMPONENTS.size(), components.size());
        shell.done("/demo/everything.yaml", "--run-dir", "/demo/again", "--threads", "2");
        assertArrayEquals(shell.bytes("run/steps.bin"), shell.bytes("again/steps.bin"));
        String evaluated = shell.trust("jars").done("evaluate", "/demo/run").out();
        assertTrue(evaluated.contains("worst"), evaluated);
    }

    @Test
    void run_factorOfEveryLayer_isALowerLearningRate() {
        shell.file("rate.yaml", CONFIG.replace("from: 0.05", "from: 0.025"));
        shell.file(
                "factor.yaml",
                CONFIG.replace("dense, units", "dense, learning_rate_factor: 1/2, units")
                        .replace("type: gain,", "type: gain, learning_rate_factor: 1/2,"));
        shell.done("/demo/rate.yaml", "--run-dir", "/demo/rate", "--quiet");
        shell.done("/demo/factor.yaml", "--run-dir", "/demo/factor", "--quiet");
        assertArrayEquals(shell.bytes("rate/model.safetensors"), shell.bytes("factor/model.safetensors"));
    }

    @Test
    void check_eachJar_findsNothing() {
        for (Class<? extends Record> component : COMPONENTS) {
            shell.done(
                    "plugins",
                    "check",
                    "/demo/jars/" + component.getSimpleName() + ".jar",
                    "--with-effects",
                    "--with",
                    "{ type: signs, learning_rate: 0.1 }");
        }
    }

    private List<Double> losses(String run) {
        return shell.text(run + "/metrics.jsonl")
                .lines()
                .map(line -> (Map<?, ?>) JsonReader.read(line))
                .filter(line -> line.containsKey("train.loss"))
                .map(line -> ((Number) line.get("train.loss")).doubleValue())
                .toList();
    }

    /** Pack a component's compiled classes; nothing but the test's own class path has them otherwise. */
    private static TestJar jar(Class<? extends Record> component) {
        TestJar jar = new TestJar().plugin(component.getName() + "$Entry").named(component.getSimpleName(), "1.0");
        String prefix = component.getSimpleName();
        try {
            Path classes = Path.of(component
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .getPath());
            Path own = classes.resolve(component.getPackageName().replace('.', '/'));
            try (Stream<Path> files = Files.list(own)) {
                for (Path file : files.sorted().toList()) {
                    String name = file.getFileName().toString();
                    if (name.equals(prefix + ".class") || name.startsWith(prefix + "$")) {
                        jar.file(classes.relativize(file).toString(), Files.readAllBytes(file));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return jar;
    }
}
