package dev.chainrule.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.record.RunColumns;
import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.GoldenFile;
import dev.chainrule.app.testing.PreparedFolder;
import dev.chainrule.app.testing.Resealed;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.engine.files.FolderLock;
import dev.chainrule.engine.files.JsonReader;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.engine.record.RunLock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunsCommandTests {
    @TempDir
    private static Path folder;

    private static PreparedFolder prepared;

    private Shell shell;

    @BeforeAll
    static void train() {
        Shell shell = new Shell(folder)
                .file("plants.yaml", Samples.PLANTS)
                .file("plants.csv", Samples.PLANTS_TABLE)
                .file("gates.yaml", Samples.GATES);
        train(shell, "plants", "a", "training.epochs=2");
        train(shell, "plants", "b", "training.epochs=20");
        train(shell, "gates", "c", "training.epochs=3");
        for (String run : List.of("a", "b", "c")) {
            String record = shell.text("all/" + run + "/run.json");
            shell.file(
                    "all/" + run + "/run.json",
                    record.replace("2026-01-02T03:04:05Z", "2026-01-02T03:04:0" + (run.charAt(0) - 'a') + "Z"));
        }
        Resealed.killed(shell, "all/b");
        prepared = new PreparedFolder(folder);
    }

    @BeforeEach
    void putBack() {
        shell = prepared.putBack();
    }

    private static void train(Shell shell, String config, String run, String set) {
        shell.done("/demo/" + config + ".yaml", "--run-dir", "/demo/all/" + run, "--quiet", "--set", set);
    }

    @Test
    void runs_all_areListedYoungestFirst() {
        GoldenFile.check("runs.txt", shell.done("runs", "/demo/all").out());
    }

    @Test
    void runs_held_isRunning() {
        FolderLock lock = RunLock.take(new RunDirectory(shell.at("all/b")));
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
    void runs_settingsThatDiffer_areColumns() {
        train(shell, "plants", "d", "optimizer.learning_rate=0.2");
        String heading =
                shell.done("runs", "/demo/all").out().lines().findFirst().orElseThrow();
        assertTrue(heading.contains("optimizer.learning_rate  "), heading);
        assertTrue(heading.contains("training.epochs  "), heading);
        assertFalse(heading.contains("model["), "what differs between plants and gates says nothing: " + heading);
        assertFalse(heading.contains("seed"), heading);
    }

    @Test
    void runs_columns_areThose() {
        assertEquals(
                """
                training.epochs,optimizer,name
                3,sgd,gates
                20,adam,plants
                2,adam,plants
                """,
                shell.done("runs", "/demo/all", "--columns", "training.epochs,optimizer,name", "--format", "csv")
                        .out());
        assertEquals(
                """
                | optimizer.learning\\_rate | steps |
                | ------------------------ | ----: |
                | 0.5                      |     6 |
                """.replace("| 0.5                      |", "|                      0.5 |")
                        .replace("------------------------ |", "-----------------------: |"),
                shell.done(
                                "runs",
                                "/demo/all",
                                "--name",
                                "gates",
                                "--columns",
                                "optimizer.learning_rate,steps",
                                "--format",
                                "markdown")
                        .out());
        String err =
                shell.execute("runs", "/demo/all", "--columns", "optimiser").failed(ExitCode.INPUT);
        assertTrue(err.contains("no run has 'optimiser' to show in a column"), err);
        assertTrue(err.contains("Did you mean 'optimizer'?"), err);
        err = shell.execute("runs", "/demo/all", "--format", "xml").failed(ExitCode.INPUT);
        assertTrue(err.contains("Write table, csv, markdown, latex or json."), err);
    }

    @Test
    void shortHeadings_ofSettings_areLastNamesThatTellColumnsApart() {
        assertEquals(
                List.of(
                        "name",
                        "learning_rate",
                        "model[0].units",
                        "model[1].units",
                        "epochs",
                        "test.loss",
                        "best.test.mae"),
                RunColumns.shortHeadings(List.of(
                        "name",
                        "optimizer.learning_rate",
                        "model[0].units",
                        "model[1].units",
                        "training.epochs",
                        "test.loss",
                        "best.test.mae")));
    }

    @Test
    void runs_csv_hasTheExactNumbersOfTheRecord() {
        Map<?, ?> record = shell.json("all/a/run.json");
        Object loss = ((Map<?, ?>) ((Map<?, ?>) record.get("result")).get("metrics")).get("test.loss");
        assertEquals(
                "test.loss\n" + loss + "\n",
                shell.done("runs", "/demo/all/a", "--columns", "test.loss", "--format", "csv")
                        .out());
    }

    @Test
    void runs_settings_areComparedAndSortedBy() {
        assertEquals(List.of("c"), names("--where", "optimizer=sgd"));
        assertEquals(List.of("b", "a"), names("--where", "optimizer!=sgd"));
        assertEquals(List.of("c"), names("--where", "optimizer.learning_rate>0.1"));
        assertEquals(List.of("b", "a"), names("--where", "optimizer.learning_rate<=0.1"));
        assertEquals(List.of("b"), names("--where", "training.epochs=20"));
        assertEquals(List.of("a", "c", "b"), names("--sort", "training.epochs"));
        assertEquals(List.of("b", "a"), names("--where", "model[0].units=2"));
        String err = shell.execute("runs", "/demo/all", "--where", "optimizer.lerning_rate=1")
                .failed(ExitCode.INPUT);
        assertTrue(err.contains("no run has 'optimizer.lerning_rate' to compare in --where"), err);
        err = shell.execute("runs", "/demo/all", "--where", "test.loss=low").failed(ExitCode.INPUT);
        assertTrue(err.contains("'low' is not a number"), err);
    }

    @Test
    void runs_json_hasTheConfig() {
        List<?> runs = (List<?>)
                JsonReader.read(shell.done("runs", "/demo/all/c", "--json").out());
        Map<?, ?> config = (Map<?, ?>) ((Map<?, ?>) runs.get(0)).get("config");
        assertEquals(0.5, config.get("optimizer.learning_rate"));
        assertEquals(3L, config.get("training.epochs"));
        assertEquals("binary_cross_entropy", config.get("loss"));
        assertEquals(true, config.get("data.shuffle"));
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
