package dev.chainrule.app.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.testing.Shell;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values for parameters that layers do not give: where they come from, and that they are as good as written there. */
final class LayerDefaultsTests {
    private static final String REST = """
            data:
              train: { type: inline, rows: [ [ 0, 0 ], [ 0, 1 ], [ 1, 0 ], [ 1, 1 ] ], targets: [ [ 0 ], [ 1 ], [ 1 ], [ 0 ] ] }
              batch_size: 2
            loss: quadratic
            optimizer: { type: sgd, learning_rate: 0.1 }
            training: { epochs: 3 }
            """;

    private static final String DEFAULTS = """
            name: same
            defaults:
              dense: { activation: tanh, weights: lecun_normal, regularizer: { type: l2, lambda: 0.1 } }
              batch_norm: { momentum: 0.8 }
            model:
              - { type: dense, units: 3, weights: he_normal }
              - { type: residual, layers: [ { type: dense, units: 3 }, batch_norm ] }
              - { type: dense, units: 1, activation: identity, regularizer: null }
            """ + REST;

    private static final String WRITTEN = """
            name: same
            model:
              - { type: dense, units: 3, activation: tanh, weights: he_normal, regularizer: { type: l2, lambda: 0.1 } }
              - type: residual
                layers:
                  - { type: dense, units: 3, activation: tanh, weights: lecun_normal, regularizer: { type: l2, lambda: 0.1 } }
                  - { type: batch_norm, momentum: 0.8 }
              - { type: dense, units: 1, weights: lecun_normal }
            """ + REST;

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void create() {
        shell = new Shell(folder).file("defaults.yaml", DEFAULTS).file("written.yaml", WRITTEN);
    }

    private String origin(String path, String... options) {
        String[] arguments = Stream.concat(Stream.of("explain", "/demo/defaults.yaml", path), Stream.of(options))
                .toArray(String[]::new);
        return shell.done(arguments)
                .out()
                .lines()
                .filter(line -> line.startsWith(path + " "))
                .findFirst()
                .orElseThrow()
                .replaceAll(" +", " ");
    }

    @Test
    void run_defaults_areAsGoodAsWrittenInEachLayer() {
        shell.done("/demo/defaults.yaml", "--run-dir", "/demo/defaults", "--quiet");
        shell.done("/demo/written.yaml", "--run-dir", "/demo/written", "--quiet");
        assertEquals(shell.text("written/resolved.yaml"), shell.text("defaults/resolved.yaml"));
        assertArrayEquals(shell.bytes("written/model.safetensors"), shell.bytes("defaults/model.safetensors"));
        assertEquals(hash("written"), hash("defaults"));
        shell.done("verify", "/demo/defaults");
        shell.done("/demo/defaults/resolved.yaml", "--run-dir", "/demo/again", "--quiet");
        assertArrayEquals(shell.bytes("written/model.safetensors"), shell.bytes("again/model.safetensors"));
    }

    private Object hash(String run) {
        return ((Map<?, ?>) shell.json(run + "/run.json").get("config")).get("hash");
    }

    @Test
    void explain_defaults_namesTheirOrigin() {
        assertEquals("model[0].weights he_normal defaults.yaml:6", origin("model[0].weights"));
        assertEquals("model[0].activation tanh defaults.yaml:3", origin("model[0].activation"));
        assertEquals(
                "model[1].layers[0].regularizer.lambda 0.1 defaults.yaml:3",
                origin("model[1].layers[0].regularizer.lambda"));
        assertEquals("model[2].activation identity defaults.yaml:8", origin("model[2].activation"));
        assertEquals(
                "model[0].activation relu --set argument 1",
                origin("model[0].activation", "--set", "defaults.dense.activation=relu"));
        assertEquals(
                "model[0].activation identity default",
                origin("model[0].activation", "--set", "defaults.dense.activation=null"));
    }

    @Test
    void validate_defaultsOfABase_areMergedKeyByKey() {
        shell.file("own.yaml", "extends: defaults.yaml\ndefaults: { dense: { activation: relu } }\n");
        List<String> lines = shell.done("explain", "/demo/own.yaml", "model[0]")
                .out()
                .lines()
                .toList();
        assertTrue(
                lines.stream().anyMatch(line -> line.matches("model\\[0]\\.activation +relu +own.yaml:2")),
                lines::toString);
        assertTrue(
                lines.stream().anyMatch(line -> line.matches("model\\[0]\\.regularizer +l2 +defaults.yaml:3")),
                lines::toString);
    }
}
