package dev.chainrule.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.GoldenFile;
import dev.chainrule.app.testing.PreparedFolder;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.engine.files.JsonReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Test {@code diff --json}: it says all that the text says. */
final class DiffJsonTests {
    private static final List<String> SECTIONS = List.of("config", "data", "start", "plugins", "program", "machine");

    @TempDir
    private static Path folder;

    private static PreparedFolder prepared;

    private Shell shell;

    @BeforeAll
    static void train() {
        Shell shell = new Shell(folder).file("plants.yaml", Samples.PLANTS).file("plants.csv", Samples.PLANTS_TABLE);
        shell.done("/demo/plants.yaml", "--run-dir", "/demo/one", "--quiet", "--threads", "1");
        prepared = new PreparedFolder(folder);
    }

    @BeforeEach
    void putBack() {
        shell = prepared.putBack();
    }

    @Test
    void diffJson_otherSettingsAndThreads_looksAsGoldenFile() {
        train("--threads", "2", "--set", "optimizer.learning_rate=0.2", "--set", "training.epochs=41");
        Map<?, ?> json = diff();
        assertEquals(2, ((List<?>) json.get("config")).size());
        GoldenFile.check(
                "diff.json",
                shell.done("diff", "/demo/one", "/demo/two", "--json").out());
    }

    @Test
    void diffJson_sameRun_hasNoDifference() {
        shell.copy("one", "two");
        Map<?, ?> json = diff();
        SECTIONS.forEach(section -> assertEquals(List.of(), json.get(section), section));
        for (String part : List.of("steps", "epochs", "metrics")) {
            Map<?, ?> counted = (Map<?, ?>) json.get(part);
            assertEquals(counted.get("a"), counted.get("b"));
            assertNull(counted.get("first_difference"));
        }
    }

    @Test
    void diffJson_longerRun_counts() {
        train("--set", "training.epochs=50");
        Map<?, ?> json = diff();
        Map<?, ?> steps = (Map<?, ?>) json.get("steps");
        assertEquals(List.of(80L, 100L), List.of(steps.get("a"), steps.get("b")));
        assertNull(steps.get("first_difference"));
    }

    @Test
    void diffJson_otherData_hasBothHashes() {
        shell.file("plants.csv", Samples.PLANTS_TABLE.replace("40;", "41;"));
        train("--set", "expect={test.loss: {max: 1}}");
        Map<?, ?> json = diff();
        assertEquals(3, ((List<?>) json.get("data")).size());
        Map<?, ?> expectation = (Map<?, ?>) ((List<?>) json.get("config")).get(1);
        assertEquals("expect.test.loss.max", expectation.get("name"));
        assertNull(expectation.get("a"));
        assertEquals(1L, expectation.get("b"));
    }

    @Test
    void diffJson_editedFile_warnsOnStandardErrorAndAnswersInJsonAlone() {
        shell.copy("one", "two");
        byte[] steps = shell.bytes("two/steps.bin");
        shell.file("two/steps.bin", Arrays.copyOf(steps, 160));
        Shell.Result result = shell.execute("diff", "/demo/one", "/demo/two", "--json");
        assertEquals(ExitCode.DONE, result.code());
        assertEquals("warning: /demo/two: steps.bin was edited after the run\n", result.err());
        assertEquals(10L, ((Map<?, ?>) ((Map<?, ?>) JsonReader.read(result.out())).get("steps")).get("b"));
    }

    @Test
    void diffJson_noRunOrForgedRecord_isAProblem() {
        shell.copy("one", "two");
        shell.edit("two/run.json", "\"seed\": 0", "\"seed\": 1");
        for (String run : List.of("/demo/no", "/demo/two")) {
            Shell.Result result = shell.execute("diff", "/demo/one", run, "--json");
            assertEquals(ExitCode.INPUT, result.code());
            assertEquals("", result.err());
            Map<?, ?> json = (Map<?, ?>) JsonReader.read(result.out());
            assertEquals(List.of("format", "problems"), List.copyOf(json.keySet()));
            Map<?, ?> problem = (Map<?, ?>) ((List<?>) json.get("problems")).get(0);
            assertTrue(String.valueOf(problem.get("message")).contains(run), problem::toString);
        }
    }

    private void train(String... options) {
        List<String> args = new ArrayList<>(List.of("/demo/plants.yaml", "--run-dir", "/demo/two", "--quiet"));
        args.addAll(List.of(options));
        shell.done(args.toArray(String[]::new));
    }

    /** Compare in both ways, require that the text says the same, and return the JSON. */
    private Map<?, ?> diff() {
        String text = shell.done("diff", "/demo/one", "/demo/two").out();
        Map<?, ?> json = (Map<?, ?>) JsonReader.read(
                shell.done("diff", "/demo/one", "/demo/two", "--json").out());
        assertEquals(1L, json.get("format"));
        assertEquals(List.of(), json.get("problems"));
        Map<?, ?> a = (Map<?, ?>) json.get("a");
        Map<?, ?> b = (Map<?, ?>) json.get("b");
        row(text, "A", a.get("run"), a.get("name"), a.get("state"), a.get("started"));
        row(text, "B", b.get("run"), b.get("name"), b.get("state"), b.get("started"));
        int rows = 0;
        for (String section : SECTIONS) {
            for (Object item : (List<?>) json.get(section)) {
                Map<?, ?> difference = (Map<?, ?>) item;
                row(text, difference.get("name"), difference.get("a"), difference.get("b"));
                rows++;
            }
        }
        Map<?, ?> mine = (Map<?, ?>) a.get("metrics");
        Map<?, ?> theirs = (Map<?, ?>) b.get("metrics");
        TreeSet<String> metrics = new TreeSet<>();
        mine.keySet().forEach(name -> metrics.add((String) name));
        theirs.keySet().forEach(name -> metrics.add((String) name));
        metrics.forEach(name -> row(text, name, mine.get(name), theirs.get(name)));
        row(text, "epoch", a.get("epoch"), b.get("epoch"));
        assertEquals(
                rows + metrics.size() + 1,
                text.lines().filter(line -> line.startsWith("  ")).count(),
                text);
        parting(text, json);
        return json;
    }

    private static void parting(String text, Map<?, ?> json) {
        Map<?, ?> step = (Map<?, ?>) ((Map<?, ?>) json.get("steps")).get("first_difference");
        Map<?, ?> epoch = (Map<?, ?>) ((Map<?, ?>) json.get("epochs")).get("first_difference");
        assertEquals(step != null, text.contains("\nsteps    diverge"), text);
        assertEquals(epoch != null, text.contains("\nepochs   diverge"), text);
        if (step != null) {
            Map<?, ?> norm = (Map<?, ?>) step.get("gradient_norm");
            assertTrue(text.contains("diverge at step " + step.get("step") + ": "), text);
            assertTrue(text.contains("gradient norm " + norm.get("a") + " in A, " + norm.get("b") + " in B"), text);
        }
        if (epoch != null) {
            List<?> tensors = (List<?>) epoch.get("tensors");
            String names =
                    String.join(", ", tensors.stream().map(String::valueOf).toList());
            assertTrue(text.contains("diverge in epoch " + epoch.get("epoch") + ": " + names), text);
        }
    }

    /** Require a row with these values. */
    private static void row(String text, Object name, Object... values) {
        List<String> cells = text.lines()
                .map(line -> List.of(line.strip().split(" {2,}")))
                .filter(row -> row.get(0).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " in " + text));
        assertEquals(values.length + 1, cells.size(), cells::toString);
        for (int i = 0; i < values.length; i++) {
            String cell = cells.get(i + 1);
            if (values[i] instanceof Number number) {
                assertEquals(number.doubleValue(), Double.parseDouble(cell), cell);
            } else {
                assertEquals(values[i] == null ? "–" : String.valueOf(values[i]), cell);
            }
        }
    }
}
