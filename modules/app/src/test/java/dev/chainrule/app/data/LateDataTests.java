package dev.chainrule.app.data;

import static dev.chainrule.app.shell.ExitCode.CHECK;
import static dev.chainrule.app.shell.ExitCode.INPUT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Test which command reads large files whole, and that none computes with a damaged one. */
final class LateDataTests {
    private static final int COUNT = 2000;
    private static final byte[] IMAGES = Samples.gzip(Samples.idx(new byte[COUNT * 28 * 28], COUNT, 28, 28));
    private static final String CONFIG = """
            data:
              train: { type: idx, images: train.gz, labels: labels, count: 100 }
              test: { type: idx, images: test.gz, labels: labels }
              transforms: [ { type: scale, by: 1/255 } ]
            model:
              - { type: dense, units: 3, activation: softmax }
            loss: cross_entropy
            optimizer: { type: sgd, learning_rate: 0.1 }
            training: { epochs: 1 }
            allow: [ class_without_examples ]
            """;

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void write() {
        int[] labels = new int[COUNT];
        Arrays.setAll(labels, i -> i % 3);
        shell = new Shell(folder)
                .file("large.yaml", CONFIG)
                .file("train.gz", IMAGES)
                .file("test.gz", IMAGES)
                .file("labels", Samples.labels(labels));
    }

    @Test
    void execute_damagedImages_onlyWhatComputesReadsThem() {
        damage("train.gz");
        damage("test.gz");
        shell.done("validate", "/demo/large.yaml");
        shell.done("describe", "/demo/large.yaml");
        shell.done("explain", "/demo/large.yaml");
        for (List<String> words : List.of(
                List.of("/demo/large.yaml", "--run-dir", "/demo/run"),
                List.of("/demo/large.yaml", "--dry-run"),
                List.of("gradcheck", "/demo/large.yaml"))) {
            String err = shell.execute(words.toArray(String[]::new)).failed(INPUT);
            assertSaysOfEach(err, "train", "test");
        }
        assertFalse(Files.exists(shell.at("run")), "no run directory");
    }

    @Test
    void run_damagedTestImages_trainsNothing() {
        damage("test.gz");
        String err = shell.execute("/demo/large.yaml", "--run-dir", "/demo/run").failed(INPUT);
        assertSaysOfEach(err, "test");
        assertFalse(Files.exists(shell.at("run")), "no run directory");
    }

    @Test
    void validate_transformThatLearnsFromAllExamples_readsThem() {
        shell.file(
                "large.yaml",
                CONFIG.replace("{ type: scale, by: 1/255 }", "standardize").replace(", count: 100", ""));
        damage("train.gz");
        assertSaysOfEach(shell.execute("validate", "/demo/large.yaml").failed(INPUT), "train");
    }

    @Test
    void validate_imagesCutOff_isAnError() {
        shell.file("test.gz", Arrays.copyOf(IMAGES, IMAGES.length - 9));
        String err = shell.execute("validate", "/demo/large.yaml").failed(INPUT);
        assertTrue(err.contains("error: the gzip data is truncated"), err);
        assertTrue(err.contains("at data.test of /demo/large.yaml:3:17."), err);
    }

    @Test
    void use_damagedImages_measuresNothing() {
        shell.done("/demo/large.yaml", "--run-dir", "/demo/run", "--quiet");
        damage("train.gz");
        damage("test.gz");
        assertSaysOfEach(shell.execute("evaluate", "/demo/run").failed(INPUT), "test");
        assertSaysOfEach(
                shell.execute("evaluate", "/demo/run", "--data", "train").failed(INPUT), "train");
        String err = shell.execute("verify", "/demo/run").failed(CHECK);
        assertTrue(err.contains("not reproduced: data changed: /demo/train.gz: the gzip data is corrupt"), err);
        String few = "{type: idx, images: /demo/test.gz, labels: /demo/labels, count: 100}";
        for (List<String> words : List.of(
                List.of("evaluate", "/demo/run", "--data", few),
                List.of("predict", "/demo/run", "--input", "/demo/test.gz"))) {
            Shell.Result result = shell.execute(words.toArray(String[]::new));
            assertTrue(result.failed(INPUT).contains("error: the gzip data is corrupt"), result.err());
            assertEquals("", result.out());
        }
    }

    /** Change the checksum that gzip ends with, as a changed pixel would. */
    private void damage(String file) {
        byte[] bytes = IMAGES.clone();
        bytes[bytes.length - 5] ^= 1;
        shell.file(file, bytes);
    }

    private static void assertSaysOfEach(String err, String... names) {
        assertEquals(names.length, err.split("corrupt", -1).length - 1, err);
        int last = -1;
        for (String name : names) {
            int at = err.indexOf("at data." + name + " of /demo/");
            assertTrue(at > last, err);
            last = at;
        }
    }
}
