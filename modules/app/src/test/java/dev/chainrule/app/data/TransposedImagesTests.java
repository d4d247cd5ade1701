package dev.chainrule.app.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.Shell;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images of bars that lie or stand: stored column by column one is the other, which only the config can tell. */
final class TransposedImagesTests {
    private static final int SIDE = 6;
    private static final int COUNT = 24;

    @TempDir
    private Path folder;

    /** Even images have a lying bar, odd ones a standing one. */
    private static byte[] images(boolean byColumns) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0, 0, 8, 3, 0, 0, 0, COUNT, 0, 0, 0, SIDE, 0, 0, 0, SIDE});
        for (int image = 0; image < COUNT; image++) {
            boolean lies = image % 2 == 0;
            for (int i = 0; i < SIDE; i++) {
                for (int j = 0; j < SIDE; j++) {
                    int along = lies == byColumns ? j : i;
                    out.write(along == image / 2 % SIDE ? 255 : 0);
                }
            }
        }
        return out.toByteArray();
    }

    private static byte[] labels(int first) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0, 0, 8, 1, 0, 0, 0, COUNT});
        for (int image = 0; image < COUNT; image++) {
            out.write(first + image % 2);
        }
        return out.toByteArray();
    }

    private Shell trained(boolean byColumns, int first, String keys) {
        Shell shell = new Shell(folder)
                .file("images", images(byColumns))
                .file("labels", labels(first))
                .file("upright", images(false))
                .file("t.yaml", """
                        data:
                          train: { type: idx, images: images, labels: labels, classes: [ lying, standing ]KEYS }
                          transforms: [ { type: scale, by: 1/255 } ]
                          batch_size: 6
                        model:
                          - flatten
                          - { type: dense, units: 12, activation: relu, weights: he_normal }
                          - { type: dense, units: 2, activation: softmax }
                        loss: cross_entropy
                        optimizer: { type: adam, learning_rate: 0.02 }
                        training: { epochs: 60 }
                        expect: { train.accuracy: { min: 1 } }
                        """.replace("KEYS", keys));
        shell.done("/demo/t.yaml", "--run-dir", "/demo/run", "--quiet");
        return shell;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "false|0|\"\"",
                "true|0|\", transpose: true\"",
                "false|1|\", first_label: 1\"",
                "true|1|\", transpose: true, first_label: 1\""
            })
    void run_layoutAndLabelsAsTheConfigSays_areLearnedUpright(boolean byColumns, int first, String keys) {
        Shell shell = trained(byColumns, first, keys);
        String source = "{ type: idx, images: /demo/upright, labels: /demo/labels, first_label: " + first
                + ", classes: [ lying, standing ] }";
        String out = shell.done("evaluate", "/demo/run", "--data", source).out();
        assertTrue(out.contains("accuracy 1.000"), out);
    }

    @Test
    void run_labelsFromOneAsIfFromZero_isRefused() {
        Shell shell = new Shell(folder).file("images", images(false)).file("labels", labels(1));
        shell.file("t.yaml", """
                data: { train: { type: idx, images: images, labels: labels, classes: [ lying, standing ] } }
                model: [ flatten, { type: dense, units: 2, activation: softmax } ]
                loss: cross_entropy
                optimizer: { type: adam, learning_rate: 0.02 }
                """);
        String err = shell.execute("validate", "/demo/t.yaml").failed(ExitCode.INPUT);
        assertTrue(err.contains("first_label: 1"), err);
        assertEquals(1, err.split("error: ", -1).length - 1, err);
    }
}
