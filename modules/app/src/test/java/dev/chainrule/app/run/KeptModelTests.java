package dev.chainrule.app.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.PreparedFolder;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.engine.files.JsonReader;
import dev.chainrule.math.Numbers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Test that all commands speak of the model that a run keeps, where that is not the one of the last epoch. */
final class KeptModelTests {
    /** Takes the first epoch for the best, and says so after the fourth. */
    private static final String RESTORING = """
            hooks:
              - { type: checkpoint, every: 1 epoch, keep: 9 }
              - { type: early_stopping, patience: 3, mode: max }
            """;

    @TempDir
    private static Path folder;

    private static PreparedFolder prepared;

    private Shell shell;

    @BeforeAll
    static void train() {
        Shell shell = new Shell(folder)
                .file("plants.yaml", Samples.PLANTS + RESTORING)
                .file("plants.csv", Samples.PLANTS_TABLE);
        shell.done("/demo/plants.yaml", "--run-dir", "/demo/run", "--quiet");
        prepared = new PreparedFolder(folder);
    }

    @BeforeEach
    void putBack() {
        shell = prepared.putBack();
    }

    @Test
    void record_restoredModel_hasTheFiguresOfItsEpoch() {
        assertEquals(5, shell.text("run/metrics.jsonl").lines().count());
        assertEquals(1L, result("run").get("epoch"));
        Map<?, ?> metrics = (Map<?, ?>) result("run").get("metrics");
        for (String metric : List.of("train.loss", "train.accuracy", "validation.loss", "validation.accuracy")) {
            assertEquals(line(0).get(metric), metrics.get(metric), metric);
        }
        assertEquals(line(4).get("test.loss"), metrics.get("test.loss"));
    }

    @Test
    void evaluate_restoredModel_agreesWithTheRecord() {
        Map<?, ?> metrics = (Map<?, ?>) result("run").get("metrics");
        for (String part : List.of("validation", "test")) {
            String out = shell.done("evaluate", "/demo/run", "--data", part).out();
            assertTrue(out.contains(part + ".loss " + number(metrics.get(part + ".loss")) + "\n"), out);
        }
    }

    @Test
    void summary_restoredModel_namesItsEpoch() {
        String out = shell.done("/demo/plants.yaml", "--run-dir", "/demo/shown").out();
        assertTrue(out.contains("the model and its metrics are those of epoch 1 of 4"), out);
        assertTrue(out.matches("(?s).*\\nvalidation: +loss " + number(line(0).get("validation.loss")) + ",.*"), out);
    }

    @Test
    void expect_restoredModel_isJudged() {
        double kept = (Double) line(0).get("validation.loss");
        double last = (Double) line(3).get("validation.loss");
        assertTrue(last < kept, "as the loss falls in four epochs");
        String limit = "expect.'validation.loss'=" + "{ %s: " + (kept + last) / 2 + " }";
        shell.done("/demo/plants.yaml", "--run-dir", "/demo/met", "--quiet", "--set", limit.formatted("min"));
        String err = shell.execute(
                        "/demo/plants.yaml", "--run-dir", "/demo/missed", "--quiet", "--set", limit.formatted("max"))
                .failed(ExitCode.EXPECTATION);
        assertTrue(err.contains("expectation missed: validation.loss: " + kept + ", at most"), err);
        shell.done(
                "/demo/plants.yaml",
                "--run-dir",
                "/demo/lowest",
                "--quiet",
                "--set",
                limit.formatted("at: lowest, max"));
    }

    @Test
    void runs_restoredModel_showsItsFiguresAndTheBestOnlyByName() {
        Map<?, ?> run = run("run");
        assertEquals(result("run").get("metrics"), run.get("metrics"));
        assertEquals(1L, run.get("epoch"));
        double best = IntStream.range(0, 4)
                .mapToDouble(epoch -> (Double) line(epoch).get("validation.loss"))
                .min()
                .orElseThrow();
        assertTrue(best < (Double) line(0).get("validation.loss"), "as the loss falls after the first epoch");
        assertEquals(best, ((Map<?, ?>) run.get("best")).get("validation.loss"));
        String limit = String.valueOf(best);
        assertEquals("[]", runs("--where", "validation.loss<=" + limit));
        assertNotEquals("[]", runs("--where", "best.validation.loss<=" + limit));
        assertNotEquals("[]", runs("--sort", "best.validation.loss"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"validation", "test"})
    void runs_sortedByAFigure_haveTheOrderOfTheirModels(String part) {
        shell.done("/demo/plants.yaml", "--run-dir", "/demo/many/restored", "--quiet");
        for (int epochs : new int[] {1, 3, 9}) {
            shell.done(
                    "/demo/plants.yaml",
                    "--run-dir",
                    "/demo/many/of-" + epochs,
                    "--quiet",
                    "--set",
                    "training.epochs=" + epochs,
                    "--set",
                    "hooks=[]");
        }
        List<?> runs = (List<?>) JsonReader.read(shell.done("runs", "/demo/many", "--json", "--sort", part + ".loss")
                .out());
        double[] losses = runs.stream()
                .mapToDouble(run -> loss((String) ((Map<?, ?>) run).get("run"), part))
                .toArray();
        assertEquals(4, losses.length);
        assertArrayEquals(Arrays.stream(losses).sorted().toArray(), losses);
        assertTrue(losses[0] < losses[3]);
    }

    /** Return a loss as evaluating the model of a run gives it. */
    private double loss(String run, String part) {
        String out = shell.done("evaluate", run, "--data", part).out();
        return Double.parseDouble(out.replaceFirst("(?s).*" + part + "\\.loss ([-+0-9.e]+)\\n.*", "$1"));
    }

    @Test
    void diffAndVerifyAndResume_restoredModel_agree() {
        shell.done("rerun", "/demo/run", "--run-dir", "/demo/again", "--quiet");
        String out = shell.done("diff", "/demo/run", "/demo/again").out();
        String loss = String.valueOf(line(0).get("validation.loss"));
        assertTrue(out.matches("(?s).*\\n  epoch +1 +1\\n.*"), out);
        assertTrue(out.matches("(?s).*validation\\.loss +" + loss + " +" + loss + "\\n.*"), out);
        shell.done("verify", "/demo/run", "--quiet");
        shell.done("resume", "/demo/again/checkpoints/epoch-0003.safetensors", "--quiet");
        assertEquals(result("run"), result("again"));
    }

    private Map<?, ?> result(String run) {
        return (Map<?, ?>) shell.json(run + "/run.json").get("result");
    }

    private Map<?, ?> line(int number) {
        return (Map<?, ?>)
                JsonReader.read(shell.text("run/metrics.jsonl").lines().toList().get(number));
    }

    private Map<?, ?> run(String run) {
        String out = shell.done("runs", "/demo/" + run, "--json").out();
        return (Map<?, ?>) ((List<?>) JsonReader.read(out)).get(0);
    }

    private String runs(String option, String value) {
        return shell.done("runs", "/demo/run", "--json", option, value).out().strip();
    }

    private static String number(Object value) {
        return Numbers.rounded((Double) value);
    }
}
