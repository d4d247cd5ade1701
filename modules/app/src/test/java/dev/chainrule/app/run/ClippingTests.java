package dev.chainrule.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainrule.app.testing.Shell;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The limits of gradients, on one example whose gradient is (-3, -4) for two weights of 0, and a learning rate of 1. */
final class ClippingTests {
    private static final String CONFIG = """
            data: { train: { type: inline, rows: [ [ 3, 4 ] ], targets: [ [ 1 ] ] } }
            model: [ { type: dense, units: 1, weights: 0, use_bias: false } ]
            loss: quadratic
            optimizer: { type: sgd, learning_rate: 1 }
            precision: PRECISION
            training: { epochs: 1, LIMIT }
            """;

    @TempDir
    private Path folder;

    @Test
    void update_ofALargeGradient_isLimited() {
        assertWeights("clip_norm: 10", 3, 4);
        assertWeights("clip_norm: 2.5", 1.5, 2);
        assertWeights("clip_value: 5", 3, 4);
        assertWeights("clip_value: 3.5", 3, 3.5);
        assertWeights("clip_value: 0.25", 0.25, 0.25);
    }

    private void assertWeights(String limit, double first, double second) {
        for (String precision : List.of("float32", "float64")) {
            Shell shell = new Shell(folder)
                    .file("clip.yaml", CONFIG.replace("PRECISION", precision).replace("LIMIT", limit));
            String run = precision + limit.replaceAll("\\W", "");
            shell.done("/demo/clip.yaml", "--run-dir", "/demo/" + run, "--quiet");
            assertEquals(List.of(first, second), weights(shell.bytes(run + "/model.safetensors"), precision), run);
        }
    }

    /** Return the only tensor, which is the end of the file. */
    private static List<Double> weights(byte[] model, String precision) {
        ByteBuffer bytes = ByteBuffer.wrap(model).order(ByteOrder.LITTLE_ENDIAN);
        int end = model.length;
        return precision.equals("float32")
                ? List.of((double) bytes.getFloat(end - 8), (double) bytes.getFloat(end - 4))
                : List.of(bytes.getDouble(end - 16), bytes.getDouble(end - 8));
    }
}
