package dev.chainrule.app.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainrule.app.testing.Shell;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Factors of the learning rate: of a layer, of a layer around it, and of both. */
final class LearningRateFactorTests {
    private static final String CONFIG = """
            seed: 4
            data:
              train: { type: inline, rows: [ [ 0, 0 ], [ 0, 1 ], [ 1, 0 ], [ 1, 1 ] ], targets: [ [ 0 ], [ 1 ], [ 1 ], [ 0 ] ] }
              batch_size: 2
            model:
              - { type: dense, FIRST units: 3, activation: tanh }
              - { type: residual, GROUP layers: [ { type: dense, INNER units: 3, activation: tanh } ] }
              - batch_norm
              - { type: dense, units: 1 }
            loss: quadratic
            optimizer: OPTIMIZER
            training: { epochs: 3, clip_norm: 0.2 }
            """;

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void create() {
        shell = new Shell(folder);
    }

    private byte[] model(String run, String first, String group, String inner, String optimizer) {
        shell.file("t.yaml", config(first, group, inner, optimizer));
        shell.done("/demo/t.yaml", "--run-dir", "/demo/" + run, "--quiet");
        return shell.bytes(run + "/model.safetensors");
    }

    private static String config(String first, String group, String inner, String optimizer) {
        return CONFIG.replace("FIRST ", first)
                .replace("GROUP ", group)
                .replace("INNER ", inner)
                .replace("OPTIMIZER", optimizer);
    }

    private static String factor(String number) {
        return "learning_rate_factor: " + number + ", ";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ type: sgd, learning_rate: 0.5 }",
                "{ type: sgd, learning_rate: 0.5, momentum: 0.9 }",
                "{ type: adam, learning_rate: 0.1 }"
            })
    void run_anyOptimizer_multipliesFactorsOfLayersAround(String optimizer) {
        assertArrayEquals(
                model("plain", "", "", "", optimizer), model("ones", factor("1"), factor("1"), factor("1"), optimizer));
        assertArrayEquals(
                model("frozen", "trainable: false, ", "", "", optimizer),
                model("zero", factor("0"), "", "", optimizer));
        byte[] eighth = model("eighth", "", "", factor("1/8"), optimizer);
        assertArrayEquals(eighth, model("product", "", factor("1/2"), factor("1/4"), optimizer));
        assertArrayEquals(eighth, model("group", "", factor("1/8"), "", optimizer));
    }

    @Test
    void describe_factors_areShownByLayer() {
        shell.file("t.yaml", config(factor("0"), factor("0.5"), factor("0.2"), "{ type: sgd, learning_rate: 0.5 }"));
        String out = shell.done("describe", "/demo/t.yaml").out();
        assertEquals("""
                layer         kind        input  output  parameters   memory  FLOPs  rate
                dense_1       dense       [2]    [3]              9  0.2 KiB     18  × 0
                residual_1    residual    [3]    [3]              0  0.0 KiB      3
                  dense_1     dense       [3]    [3]             12  0.2 KiB     24  × 0.1
                batch_norm_1  batch_norm  [3]    [3]              6  0.2 KiB      3
                dense_2       dense       [3]    [1]              4  0.1 KiB      8
                """, out.lines().limit(6).map(line -> line + "\n").collect(Collectors.joining()));
    }
}
