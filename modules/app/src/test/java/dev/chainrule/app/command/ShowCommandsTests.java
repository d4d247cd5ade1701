package dev.chainrule.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.Components;
import dev.chainrule.app.testing.GoldenFile;
import dev.chainrule.app.testing.Plugins;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.config.registry.RegisteredComponent;
import dev.chainrule.config.registry.Registry;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Test the commands that show and change nothing: validate, describe, plugins. */
final class ShowCommandsTests {
    private static final String NETWORK = """
            data:
              train: { type: digits, count: 20 }
              batch_size: 10
            model:
              - { type: dense, units: 100, activation: relu, name: hidden }
              - batch_norm
              - { type: dropout, rate: 0.5 }
              - { type: dense, units: 10, activation: softmax }
            loss: cross_entropy
            optimizer: { type: sgd, learning_rate: 0.1 }
            """;

    /** The property that names the encoding of the terminal. */
    private static final String OUTPUT = "stdout.encoding";

    @TempDir
    private Path folder;

    @Test
    void validate_rightConfig_saysOk() {
        Shell shell = new Shell(folder);
        Samples.write(shell);
        assertEquals(
                "/demo/plants.yaml: ok\n",
                shell.done("validate", "/demo/plants.yaml").out());
        assertEquals(
                "/demo/images.yaml: ok\n",
                shell.done("validate", "/demo/images.yaml").out());
    }

    @Test
    void describe_network_looksAsGoldenFile() {
        Shell shell = new Shell(folder).file("network.yaml", NETWORK);
        GoldenFile.check(
                "describe.txt", shell.done("describe", "/demo/network.yaml").out());
    }

    @ParameterizedTest
    @CsvSource({"UTF-8, describe-schedule.txt", "US-ASCII, describe-schedule-ascii.txt"})
    void describe_schedule_looksAsGoldenFile(String encoding, String golden) {
        Shell shell = new Shell(folder).file("network.yaml", NETWORK);
        Properties before = (Properties) System.getProperties().clone();
        System.setProperty(OUTPUT, encoding);
        try {
            GoldenFile.check(golden, schedules(shell));
        } finally {
            System.setProperties(before);
        }
    }

    private static String schedules(Shell shell) {
        return shell.done(
                                "describe",
                                "/demo/network.yaml",
                                "--schedule",
                                "--set",
                                "optimizer.learning_rate={ type: warmup, over: 2 epochs, then: { type: cosine, from: 0.02 } }")
                        .out()
                + shell.done(
                                "describe",
                                "/demo/network.yaml",
                                "--schedule",
                                "--set",
                                "optimizer.learning_rate={ type: plateau, from: 0.1, metric: train.loss }")
                        .out();
    }

    @Test
    void describe_nestedLayers_areIndentedBelowTheirOwn() {
        GoldenFile.check(
                "describe-graph.txt",
                graph().done("describe", "/demo/graph.yaml").out());
    }

    @Test
    void describe_dot_writesClustersAndEdges() {
        GoldenFile.check(
                "describe-graph.dot",
                graph().done("describe", "/demo/graph.yaml", "--dot").out());
    }

    private Shell graph() {
        return new Shell(folder).file("graph.yaml", Samples.GATES.replace("model:\n", """
                model:
                  - { type: dense, units: 4, activation: relu }
                  - type: repeat
                    times: 2
                    layers:
                      - { type: residual, layers: [ { type: dense, units: 4, activation: relu }, { type: dense, units: 4 } ] }
                  - type: parallel
                    branches:
                      wide: []
                      deep: [ { type: dense, units: 3, activation: tanh, name: narrow }, { type: dropout, rate: 0.1 } ]
                  - { type: dense, units: 7, activation: sigmoid, name: gate, from: input }
                  - { type: multiply, from: [ parallel_1, gate ] }
                """));
    }

    @Test
    void plugins_builtIn_showsEveryComponentAndParameter() {
        Registry registry = new Components().builtIn();
        String out = new Shell(folder).done("plugins").out();
        List<RegisteredComponent> components = registry.all();
        assertTrue(components.size() >= 45, "found only " + components.size());
        for (RegisteredComponent component : components) {
            assertTrue(out.contains(component.name()), component.name());
            component.type().keys().forEach(key -> assertTrue(out.contains(key), component.name() + "." + key));
        }
    }

    @Test
    void plugins_jar_showsWhatItBrings() {
        Shell shell =
                new Shell(folder).file("square.jar", Plugins.square("2 * z").bytes());
        String out = shell.done("plugins", "--plugins", "/demo/square.jar").out();
        assertTrue(out.contains("square"), out);
        assertTrue(out.contains("The square of z."), out);
        assertTrue(out.contains("/demo/square.jar"), out);
    }
}
