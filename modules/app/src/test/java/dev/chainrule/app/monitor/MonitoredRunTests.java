package dev.chainrule.app.monitor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.InProcess;
import dev.chainrule.app.testing.Resealed;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.engine.files.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Train with hooks that write copies of the figures, and compare these with metrics.jsonl: whole, resumed, failed, repeated. */
final class MonitoredRunTests {
    private static final Path READER = InProcess.ROOT.resolve("modules/app/src/test/oracle/mlruns.py");
    private static final String HOOKS =
            "hooks: [ { type: tensorboard, steps: 1 step }, metrics_csv, prometheus, mlflow, "
                    + "{ type: checkpoint, every: 1 step, keep: 100 } ]\n";

    @TempDir
    private Path folder;

    @Test
    void metricsCsv_ofWholeRun_equalsMetricsJsonl() {
        Shell shell = trained();
        List<Map<String, Object>> lines = metrics(shell, "run");
        List<String> expected = new ArrayList<>();
        List<String> columns = List.of(
                "epoch",
                "step",
                "train.loss",
                "train.accuracy",
                "validation.loss",
                "validation.accuracy",
                "test.loss",
                "test.accuracy");
        expected.add(String.join(",", columns));
        for (Map<String, Object> line : lines) {
            expected.add(String.join(
                    ",",
                    columns.stream()
                            .map(column -> line.containsKey(column) ? number(line.get(column)) : "")
                            .toList()));
        }
        assertEquals(
                expected,
                shell.text("run/metrics.csv")
                        .lines()
                        .map(MonitoredRunTests::numbers)
                        .toList());
    }

    @Test
    void prometheus_ofWholeRun_hasTheLatestMetrics() {
        Shell shell = trained();
        Map<String, Object> latest = new LinkedHashMap<>();
        metrics(shell, "run").forEach(latest::putAll);
        String text = shell.text("run/metrics.prom");
        latest.forEach((metric, value) -> {
            if (metric.contains(".")) {
                String sample = "chainrule_metric{run=\"plants\",directory=\"run\",data=\""
                        + metric.replace(".", "\",metric=\"") + "\"} ";
                int place = text.indexOf(sample);
                assertTrue(place > 0, metric + " in " + text);
                assertEquals(
                        ((Number) value).doubleValue(),
                        Double.parseDouble(
                                text.substring(place + sample.length()).split("\n")[0]));
            }
        });
        assertTrue(text.contains("chainrule_epochs_completed{run=\"plants\",directory=\"run\"} 3\n"), text);
        assertTrue(text.contains("state=\"completed\"} 1\n"), text);
        text.lines()
                .forEach(line -> assertTrue(
                        line.matches("# (HELP|TYPE) [a-z_]+ .+|[a-z_]+\\{([a-z]+=\"[^\"]*\",?)+} [-+0-9.einfNaI]+"),
                        line));
    }

    @Test
    void mlruns_readByPython_equalsMetricsJsonl() throws IOException {
        Shell shell = trained();
        List<?> runs = (List<?>) JsonReader.read(python(shell.at("run/mlruns")));
        assertEquals(1, runs.size());
        Map<?, ?> run = (Map<?, ?>) runs.get(0);
        assertEquals(List.of("plants", "plants"), List.of(run.get("experiment"), run.get("name")));
        assertEquals(List.of(3L, true), List.of(((Number) run.get("status")).longValue(), run.get("ended")));
        assertEquals("0.1", ((Map<?, ?>) run.get("params")).get("optimizer.learning_rate.value"));
        assertEquals("plants", ((Map<?, ?>) run.get("tags")).get("mlflow.runName"));
        Map<String, List<String>> expected = new LinkedHashMap<>();
        for (Map<String, Object> line : metrics(shell, "run")) {
            line.forEach((key, value) -> {
                if (key.contains(".")) {
                    expected.computeIfAbsent(key, absent -> new ArrayList<>())
                            .add(number(line.get("step")) + " " + number(value));
                }
            });
        }
        Map<String, List<String>> found = new LinkedHashMap<>();
        ((Map<?, ?>) run.get("metrics"))
                .forEach((key, rows) -> found.put(
                        (String) key,
                        ((List<?>) rows)
                                .stream()
                                        .map(row ->
                                                number(((List<?>) row).get(0)) + " " + number(((List<?>) row).get(1)))
                                        .toList()));
        assertEquals(expected, found);
    }

    /** From every checkpoint, nothing is written twice, and nothing is missing. */
    @Test
    void resume_killedRun_leavesTheSameCopies() {
        Shell shell = trained();
        List<String> events = events(shell, "run");
        List<String> mlruns = mlruns(shell);
        shell.copy("run", "whole");
        List<String> checkpoints = shell.names("run/checkpoints");
        assertEquals(6, checkpoints.size(), checkpoints::toString);
        for (String checkpoint : checkpoints) {
            shell.copy("whole", "run");
            Resealed.killed(shell, "run");
            byte[] whole = shell.bytes("run" + TensorboardTests.FILE);
            shell.file("run" + TensorboardTests.FILE, Arrays.copyOf(whole, whole.length + 3));
            shell.done("run", "--resume", "/demo/run/checkpoints/" + checkpoint, "--quiet");
            assertArrayEquals(shell.bytes("whole/metrics.csv"), shell.bytes("run/metrics.csv"), checkpoint);
            assertArrayEquals(shell.bytes("whole/metrics.prom"), shell.bytes("run/metrics.prom"), checkpoint);
            assertEquals(events, events(shell, "run"), checkpoint);
            assertEquals(mlruns, mlruns(shell), checkpoint);
        }
    }

    @Test
    void resume_copiesLost_writesTheMetricsAgain() {
        Shell shell = trained();
        shell.copy("run", "whole");
        List<String> mlruns = mlruns(shell);
        Resealed.killed(shell, "run");
        shell.delete("run/mlruns");
        shell.delete("run/tensorboard");
        shell.done("run", "--resume", "/demo/run/checkpoints/step-00000005.safetensors", "--quiet");
        assertEquals(mlruns, mlruns(shell));
        EventLog log = EventLog.read(shell.bytes("run" + TensorboardTests.FILE));
        for (Map<String, Object> line : metrics(shell, "run")) {
            String metric = line.containsKey("test.loss") ? "test.loss" : "validation.loss";
            assertEquals(
                    ((Number) line.get(metric)).floatValue(),
                    log.number(metric, ((Number) line.get("step")).longValue()));
        }
    }

    @Test
    void run_diverged_endsAllCopies() throws IOException {
        Shell shell = new Shell(folder)
                .file("line.csv", "x,y\n1,2\n2,4\n3,6\n")
                .file("line.yaml", """
                        name: line
                        data: { train: { type: csv, file: line.csv, target: y }, batch_size: 1 }
                        model: [ { type: dense, units: 1 } ]
                        loss: quadratic
                        optimizer: { type: sgd, learning_rate: 1e6 }
                        training: { epochs: 100 }
                        """ + HOOKS.replace("steps: 1 step", "steps: 1000 steps"));
        String error = shell.execute("/demo/line.yaml", "--run-dir", "/demo/run", "--quiet")
                .failed(ExitCode.FAILED);
        assertTrue(error.contains("diverged") || error.contains("finite") || error.contains("Infinity"), error);
        List<Map<String, Object>> lines = metrics(shell, "run");
        assertFalse(lines.isEmpty());
        assertEquals(lines.size() + 1, shell.text("run/metrics.csv").lines().count());
        assertTrue(shell.text("run/metrics.prom").contains("state=\"failed\"} 1\n"));
        EventLog log = EventLog.read(shell.bytes("run" + TensorboardTests.FILE));
        assertEquals(lines.size(), log.tagged("train.loss").size());
        Map<?, ?> run = (Map<?, ?>) ((List<?>) JsonReader.read(python(shell.at("run/mlruns")))).get(0);
        assertEquals(4, ((Number) run.get("status")).intValue());
    }

    @Test
    void run_copiesCannotBeWritten_warnsAndContinues() {
        Shell shell = new Shell(folder);
        Samples.write(shell);
        String file = shell.at("plants.csv").toString();
        shell.file(
                "monitored.yaml",
                config("{ type: prometheus, file: '" + folder.resolve("none/x.prom") + "' }, { type: mlflow, folder: '"
                        + file + "/store' }"));
        Shell.Result result = shell.execute("/demo/monitored.yaml", "--run-dir", "/demo/run", "--quiet");
        assertEquals(ExitCode.DONE, result.code(), result.err());
        List<String> warnings = shell.text("run/run.log")
                .lines()
                .filter(line -> line.contains("cannot write"))
                .toList();
        assertEquals(2, warnings.size(), warnings::toString);
        assertTrue(
                warnings.get(0)
                        .endsWith(
                                "x.prom: the folder does not exist. The run continues, and tries again after each epoch."),
                warnings::toString);
    }

    /** A repetition writes into its own directory, not where the run wrote. */
    @Test
    void verify_runThatWroteElsewhere_leavesThatUnchanged() throws IOException {
        Shell shell = new Shell(folder);
        Samples.write(shell);
        Path out = Files.createDirectory(folder.resolve("out"));
        shell.file(
                "monitored.yaml",
                config("{ type: prometheus, file: '" + out.resolve("x.prom")
                        + "' }, { type: mlflow, experiment: Plants, folder: '" + out.resolve("store") + "' }"));
        shell.done("/demo/monitored.yaml", "--run-dir", "/demo/run", "--quiet");
        Map<String, String> before = contents(out);
        assertTrue(before.size() > 20, before.keySet()::toString);
        shell.done("verify", "/demo/run");
        assertEquals(before, contents(out));
    }

    @Test
    void verifyAndDiff_copiesEdited_stayEqual() {
        Shell shell = trained();
        shell.append("run/metrics.csv", "edited").append("run" + TensorboardTests.FILE, "edited");
        shell.done("verify", "/demo/run");
    }

    private Shell trained() {
        Shell shell = new Shell(folder);
        Samples.write(shell);
        shell.file("monitored.yaml", Samples.PLANTS.replace("40", "3") + HOOKS)
                .done("/demo/monitored.yaml", "--run-dir", "/demo/run", "--quiet");
        return shell;
    }

    private static String config(String hooks) {
        return Samples.PLANTS.replace("40", "3") + "hooks: [ " + hooks + " ]\n";
    }

    private static List<Map<String, Object>> metrics(Shell shell, String run) {
        List<Map<String, Object>> lines = new ArrayList<>();
        shell.text(run + "/metrics.jsonl").lines().forEach(line -> {
            Map<String, Object> values = new LinkedHashMap<>();
            ((Map<?, ?>) JsonReader.read(line)).forEach((key, value) -> values.put((String) key, value));
            lines.add(values);
        });
        return lines;
    }

    private static String number(Object value) {
        return Double.toString(((Number) value).doubleValue());
    }

    private static String numbers(String row) {
        return Stream.of(row.split(",", -1))
                .map(cell -> cell.matches("[0-9].*") ? Double.toString(Double.parseDouble(cell)) : cell)
                .reduce((a, b) -> a + "," + b)
                .orElseThrow();
    }

    private static List<String> events(Shell shell, String run) {
        return EventLog.read(shell.bytes(run + TensorboardTests.FILE)).withoutTimes();
    }

    /** Return every file of the store in run, without times. */
    private static List<String> mlruns(Shell shell) {
        try {
            return contents(shell.at("run/mlruns")).entrySet().stream()
                    .map(file -> file.getKey() + ": "
                            + file.getValue().replaceAll("(?m)^[0-9]{13} |(?<=_time: )[0-9]{13}$", ""))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                contents.put(folder.relativize(file).toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }

    private String python(Path store) throws IOException {
        Path out = folder.resolve("python.out");
        try {
            Process process = new ProcessBuilder("python3", "-B", READER.toString(), store.toString())
                    .redirectOutput(out.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            assertEquals(0, process.waitFor());
        } catch (IOException e) {
            Assumptions.abort("python3 is not on the PATH, so no outside reader can judge the store");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return Files.readString(out);
    }
}
