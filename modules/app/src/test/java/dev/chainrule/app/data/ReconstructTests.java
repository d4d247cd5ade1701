package dev.chainrule.app.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.Shell;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks whose target is their input, as the transforms leave it. */
final class ReconstructTests {
    /** The mean of a is 2 and its deviation 1; colour becomes two inputs, blue and red. */
    private static final String TABLE = "a,colour,kind\n1,red,x\n3,blue,y\n1,blue,x\n3,red,y\n";

    private static final String CONFIG = """
            data:
              train: { type: csv, file: t.csv, target: kind }
              test: { type: csv, file: t.csv }
              transforms: [ { type: scale, by: 1, offset: -2 } ]
              reconstruct: true
              batch_size: 2
            model:
              - { type: dense, units: 2 }
              - { type: dense, units: 3 }
            loss: quadratic
            optimizer: { type: adam, learning_rate: { type: cosine, from: 0.05 } }
            training: { epochs: 300 }
            hooks: [ { type: gradient_check, at: start }, { type: checkpoint, every: 150 epochs } ]
            """;

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void create() {
        shell = new Shell(folder).file("t.csv", TABLE).file("t.yaml", CONFIG);
    }

    /** blue and red always sum to one: two numbers are enough for the three inputs. */
    @Test
    void run_table_reconstructsItsTransformedInputs() {
        shell.done("/demo/t.yaml", "--run-dir", "/demo/run", "--quiet");
        Map<?, ?> test = shell.lastJson("run/metrics.jsonl");
        assertTrue((Double) test.get("test.mse") < 1e-3, test.toString());
        assertEquals(
                List.of("test.loss", "test.mse", "test.mae"),
                test.keySet().stream()
                        .filter(key -> key.toString().startsWith("test."))
                        .toList());
        List<String> predicted = shell.done("predict", "/demo/run", "--input", "/demo/t.csv")
                .out()
                .lines()
                .toList();
        assertEquals("example,loss,a,colour=blue,colour=red", predicted.get(0));
        double[] first = Arrays.stream(predicted.get(1).split(","))
                .mapToDouble(Double::parseDouble)
                .toArray();
        double[] transformed = {-1, -2, -1};
        double squares = 0;
        for (int j = 0; j < transformed.length; j++) {
            double difference = first[2 + j] - transformed[j];
            assertEquals(0, difference, 0.1, predicted.get(1));
            squares += difference * difference;
        }
        // The shown loss has four digits.
        assertEquals(squares / 2, first[1], 1e-3 * squares);
        assertTrue(shell.done("verify", "/demo/run").out().endsWith("PASS\n"));
    }

    @Test
    void evaluate_anotherTable_needsNoTarget() {
        shell.done("/demo/t.yaml", "--run-dir", "/demo/run", "--quiet").done();
        shell.file("more.csv", "colour,a\nred,1\nblue,3\n");
        String all = shell.done("evaluate", "/demo/run", "--data", "train").out();
        String some = shell.done("evaluate", "/demo/run", "--data", "{type: csv, file: /demo/more.csv}")
                .out();
        assertTrue(all.contains("train.mse 0.000") && some.contains("data.mse 0.000"), all + some);
    }

    @Test
    void resume_checkpoint_endsWithTheSameBytes() {
        shell.done("/demo/t.yaml", "--run-dir", "/demo/run", "--quiet");
        byte[] model = shell.bytes("run/model.safetensors");
        shell.done(
                "run",
                "--resume",
                "/demo/run/checkpoints/" + shell.names("run/checkpoints").get(0));
        assertEquals(0, Arrays.compare(model, shell.bytes("run/model.safetensors")));
    }

    @Test
    void predict_rowWithoutAValue_isMarked() {
        shell.done("/demo/t.yaml", "--run-dir", "/demo/run", "--quiet");
        shell.file("more.csv", "colour,a\nred,\nblue,3\n");
        Shell.Result result = shell.execute("predict", "/demo/run", "--input", "/demo/more.csv");
        assertEquals(ExitCode.INPUT, result.code());
        assertEquals(
                "0,,,,,column 'a' has no value", result.out().lines().toList().get(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "drop", "keep"})
    void run_rowWithoutAValue_isTreatedAsAlways(String missing) {
        shell.append("t.csv", ",red,x\n")
                .edit(
                        "t.yaml",
                        "target: kind }\n  test: { type: csv, file: t.csv }",
                        "target: kind, missing: " + missing + " }")
                .edit("t.yaml", "[ { type: scale", "[ { type: fill, with: mean, columns: [ a ] }, { type: scale");
        Shell.Result result = shell.execute("run", "/demo/t.yaml", "--run-dir", "/demo/run", "--dry-run");
        if (missing.equals("error")) {
            assertTrue(result.failed(ExitCode.INPUT).startsWith("/demo/t.csv:6: error: column 'a' has no value"));
        } else {
            String counted = result.done().out();
            assertTrue(counted.contains(missing.equals("drop") ? "  4 examples" : "  5 examples"), counted);
        }
    }

    @Test
    void run_imagesWithoutLabels_needNone() {
        byte[] images = {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 10, 20, 30, 40};
        shell.file("images.idx", images)
                .edit("t.yaml", "csv, file: t.csv, target: kind", "idx, images: images.idx")
                .edit("t.yaml", "csv, file: t.csv", "idx, images: images.idx")
                .edit("t.yaml", "units: 2", "units: 1")
                .edit("t.yaml", "units: 3", "units: 2");
        String done = shell.done("/demo/t.yaml", "--run-dir", "/demo/run").out();
        assertFalse(done.contains("accuracy") || done.contains("confusion"), done);
        String predicted = shell.done("predict", "/demo/run", "--input", "/demo/images.idx")
                .out();
        assertTrue(predicted.startsWith("example,loss,input_1,input_2\n"), predicted);
    }
}
