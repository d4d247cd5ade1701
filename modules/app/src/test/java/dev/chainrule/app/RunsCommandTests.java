package dev.chainrule.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.engine.files.JsonReader;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.engine.record.RunLock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunsCommandTests {
    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void train() {
        shell = new Shell(folder)
                .file("plants.yaml", Samples.PLANTS)
                .file("plants.csv", Samples.PLANTS_TABLE)
                .file("gates.yaml", Samples.GATES);
        train("plants", "a", "training.epochs=2");
        train("plants", "b", "training.epochs=20");
        train("gates", "c", "training.epochs=3");
        for (String run : List.of("a", "b", "c")) {
            String record = shell.text("all/" + run + "/run.json");
            shell.file(
                    "all/" + run + "/run.json",
                    record.replace("2026-01-02T03:04:05Z", "2026-01-02T03:04:0" + (run.charAt(0) - 'a') + "Z"));
        }
        String record = shell.text("all/b/run.json");
        shell.file(
                "all/b/run.json",
                record.replace("\"completed\"", "\"running\"").replace("\"exit\": 0", "\"exit\": null"));
    }

    private void train(String config, String run, String set) {
        shell.done("/demo/" + config + ".yaml", "--run-dir", "/demo/all/" + run, "--quiet", "--set", set);
    }

    @Test
    void runs_all_areListedYoungestFirst() {
        GoldenFile.check("runs.txt", shell.done("runs", "/demo/all").out());
    }

    @Test
    void runs_held_isRunning() {
        RunLock lock = RunLock.take(new RunDirectory(shell.at("all/b")));
        try {
            assertEquals(List.of("b"), names("--where", "state=running"));
        } finally {
            lock.close();
        }
        assertEquals(List.of("b"), names("--where", "state=unfinished"));
    }

    @Test
    void runs_filteredAndSorted_areThose() {
        assertEquals(List.of("b", "a"), names("--name", "plants"));
        assertEquals(List.of("b", "a", "c"), names("--sort", "test.loss"));
        assertEquals(List.of("c", "a", "b"), names("--sort", "test.loss", "--reverse"));
        assertEquals(List.of("b"), names("--where", "steps>=40"));
        assertEquals(List.of("c", "a"), names("--where", "exit=0"));
        assertEquals(List.of("c"), names("--name", "g*", "--where", "train.loss<10"));
        assertEquals(List.of(), names("--where", "test.loss<0"));
        String err = shell.execute("runs", "/demo/all", "--sort", "test.lose").failed(ExitCode.INPUT);
        assertTrue(err.contains("Did you mean 'test.loss'?"), err);
        err = shell.execute("runs", "/demo/all", "--where", "good").failed(ExitCode.INPUT);
        assertTrue(err.contains("--where is 'good'"), err);
    }

    @Test
    void runs_json_bestIsOfAllEpochs() {
        List<?> runs = (List<?>) JsonReader.read(
                shell.done("runs", "/demo/all", "--json", "--name", "gates").out());
        Map<?, ?> run = (Map<?, ?>) runs.get(0);
        assertEquals("completed", run.get("state"));
        assertEquals(0L, run.get("exit"));
        assertEquals(6L, run.get("steps"));
        double best = shell.text("all/c/metrics.jsonl")
                .lines()
                .mapToDouble(line -> (Double) ((Map<?, ?>) JsonReader.read(line)).get("train.loss"))
                .min()
                .orElseThrow();
        assertEquals(best, ((Map<?, ?>) run.get("best")).get("train.loss"));
    }

    @Test
    void runs_damagedRecord_isWarnedOf() {
        shell.file("all/b/run.json", "{");
        Shell.Result result = shell.execute("runs", "/demo/all");
        assertEquals(ExitCode.DONE, result.code());
        assertTrue(result.err().startsWith("warning: /demo/all/b/run.json: the record is damaged"), result.err());
        assertEquals("no runs in /demo/none\n", shell.done("runs", "/demo/none").out());
    }

    @Test
    void rerun_configIsGone_givesTheSameBitsAndHash() {
        shell.file("base.yaml", Samples.PLANTS.replace("name: plants", "name: based"))
                .file("own.yaml", "extends: base.yaml\nseed: ${env:SEED}\n")
                .with("SEED", "5");
        shell.done("/demo/own.yaml", "--run-dir", "/demo/one", "--quiet", "--set", "training.epochs=3");
        shell.delete("own.yaml");
        shell.delete("base.yaml");
        shell.with("SEED", "6");
        shell.done("rerun", "/demo/one", "--run-dir", "/demo/two", "--quiet");
        shell.done("rerun", "/demo/two", "--run-dir", "/demo/three", "--quiet");
        for (String file : List.of("config.yaml", "bases/1-base.yaml", "resolved.yaml", "chain.jsonl", "steps.bin")) {
            assertEquals(shell.text("one/" + file), shell.text("three/" + file), file);
        }
        shell.done("verify", "/demo/three", "--quiet");
    }

    private List<String> names(String... options) {
        List<String> args = new ArrayList<>(List.of("runs", "/demo/all", "--json"));
        args.addAll(List.of(options));
        return ((List<?>)
                        JsonReader.read(shell.done(args.toArray(String[]::new)).out()))
                .stream()
                        .map(run -> Path.of((String) ((Map<?, ?>) run).get("run"))
                                .getFileName()
                                .toString())
                        .toList();
    }
}
