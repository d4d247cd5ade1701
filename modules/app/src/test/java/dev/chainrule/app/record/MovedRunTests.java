package dev.chainrule.app.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.PreparedFolder;
import dev.chainrule.app.testing.Resealed;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Test runs that were moved, with their data or without: hashes decide which file is the right one. */
final class MovedRunTests {
    private static final String CHECKPOINTED =
            Samples.PLANTS.replace("epochs: 40", "epochs: 4") + "hooks: [ checkpoint ]\n";
    private static final String OTHER_TABLE = Samples.PLANTS_TABLE.replace("40;", "41;");

    @TempDir
    private static Path folder;

    private static PreparedFolder prepared;

    private Shell shell;

    @BeforeAll
    static void train() {
        Shell shell = new Shell(folder)
                .file("sender/plants.yaml", CHECKPOINTED)
                .file("sender/plants.csv", Samples.PLANTS_TABLE);
        shell.done("/demo/sender/plants.yaml", "--run-dir", "/demo/sender/runs/run", "--quiet");
        shell.copy("sender/runs/run", "run");
        prepared = new PreparedFolder(folder);
    }

    @BeforeEach
    void putBack() {
        shell = prepared.putBack();
    }

    /** Delete everything that the run was made of where it was made, and put the data elsewhere. */
    private void move(String data) {
        shell.file(data, shell.bytes("sender/plants.csv")).delete("sender");
    }

    @Test
    void commands_runAndDataMoved_workWithDataDir() {
        move("elsewhere/plants.csv");
        byte[] model = shell.bytes("run/model.safetensors");
        String[] there = {"--data-dir", "/demo/elsewhere"};
        assertTrue(execute("verify", there).done().out().endsWith("\nPASS\n"));
        execute("evaluate", there).done();
        execute("gradcheck", there).done();
        execute("rerun", "--data-dir", "/demo/elsewhere", "--run-dir", "/demo/again", "--quiet")
                .done();
        assertArrayEquals(model, shell.bytes("again/model.safetensors"));
        assertTrue(shell.done("verify", "/demo/again").out().endsWith("\nPASS\n"), "no option is required any more");
        shell.delete("run/model.safetensors");
        killed("resume");
        execute("resume", there).done();
        assertArrayEquals(model, shell.bytes("run/model.safetensors"));
        assertTrue(execute("verify", there).done().out().endsWith("\nPASS\n"));
    }

    @Test
    void commands_noDataThere_predictAndDiffWorkAllTheSame() {
        shell.copy("run", "twin").delete("sender");
        shell.file("new.csv", "site;height\nbog;1.3\n");
        shell.done("predict", "/demo/run", "--input", "/demo/new.csv");
        shell.done("diff", "/demo/run", "/demo/twin");
    }

    /** Beside the run's own config, or in the folder of data that a packed run has. */
    @ParameterizedTest
    @ValueSource(strings = {"run/plants.csv", "run/data/plants.csv"})
    void verify_dataInTheRun_needsNoOption(String place) {
        move(place);
        assertTrue(execute("verify").done().out().endsWith("\nPASS\n"));
    }

    @Test
    void verify_projectMovedAsAWhole_needsNoOption() {
        shell.copy("sender", "receiver").delete("sender");
        assertTrue(shell.done("verify", "/demo/receiver/runs/run").out().endsWith("\nPASS\n"));
    }

    @Test
    void verify_runMovedAlone_findsTheDataWhereTheyWere() {
        assertTrue(execute("verify").done().out().endsWith("\nPASS\n"));
    }

    /** The content decides: other line endings are other bytes and the same examples. */
    @Test
    void commands_otherLineEndings_areTheSameData() {
        shell.delete("sender");
        shell.file("elsewhere/plants.csv", Samples.PLANTS_TABLE.replace("\n", "\r\n"));
        String[] there = {"--data-dir", "/demo/elsewhere"};
        assertTrue(execute("verify", there).done().out().endsWith("\nPASS\n"));
        execute("evaluate", there).done();
    }

    @Test
    void verify_severalFilesOfTheName_takesTheOneWithTheHash() {
        move("run/plants.csv");
        shell.file("elsewhere/plants.csv", OTHER_TABLE);
        String[] there = {"--data-dir", "/demo/elsewhere"};
        assertTrue(execute("verify", there).done().out().endsWith("\nPASS\n"));
        execute("evaluate", there).done();
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify", "evaluate", "gradcheck", "rerun", "resume"})
    void commands_dataNowhere_sayWhereTheyLooked(String command) {
        move("unknown/plants.csv");
        shell.file("elsewhere/other.csv", "");
        killed(command);
        String err = execute(command, "--data-dir", "/demo/elsewhere").failed(ExitCode.INPUT);
        assertTrue(err.contains("error: there is no such file: 'plants.csv'\n"), err);
        for (String place : List.of("elsewhere", "run", "sender")) {
            assertTrue(err.contains("/demo/" + place + "/plants.csv"), err);
        }
        assertTrue(err.contains("give its folder with --data-dir DIR"), err);
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify", "evaluate", "gradcheck", "rerun", "resume"})
    void commands_onlyAnotherFileOfTheName_nameBothPlaces(String command) {
        shell.delete("sender");
        shell.file("elsewhere/plants.csv", OTHER_TABLE);
        shell.file("run/plants.csv", OTHER_TABLE + "9;bog;moss\n");
        killed(command);
        Shell.Result result = execute(command, "--data-dir", "/demo/elsewhere");
        boolean verify = command.equals("verify");
        String said = result.failed(verify ? ExitCode.CHECK : ExitCode.INPUT) + (verify ? result.out() : "");
        assertTrue(
                Pattern.compile("'plants.csv' was read from /demo/elsewhere/plants.csv, which has SHA-256 \\w{64} "
                                + "instead of \\w{64}; also looked for: [^\n]*/demo/run/plants.csv")
                        .matcher(said)
                        .find(),
                said);
    }

    /** Only a run that has not ended is resumed, and only one that has ended is evaluated. */
    private void killed(String command) {
        if (command.equals("resume")) {
            Resealed.killed(shell, "run");
        }
    }

    /** However the config writes it: below, above, absolute, and made of the config's own folder. */
    @ParameterizedTest
    @ValueSource(
            strings = {"tables/plants.csv", "../tables/plants.csv", "/demo/tables/plants.csv", "${dir}/plants.csv"})
    void verify_otherWaysToNameTheFile_areFoundToo(String file) {
        String yaml = CHECKPOINTED.replace("file: plants.csv", "file: '" + file + "'");
        shell.file("sender/plants.yaml", yaml)
                .file("sender/tables/plants.csv", Samples.PLANTS_TABLE)
                .file("tables/plants.csv", Samples.PLANTS_TABLE);
        shell.delete("run");
        shell.done("/demo/sender/plants.yaml", "--run-dir", "/demo/run", "--quiet");
        move("elsewhere/plants.csv");
        shell.delete("tables");
        String[] there = {"--data-dir", "/demo/elsewhere"};
        assertTrue(execute("verify", there).done().out().endsWith("\nPASS\n"));
        execute("rerun", "--data-dir", "/demo/elsewhere", "--run-dir", "/demo/again", "--quiet")
                .done();
        assertArrayEquals(shell.bytes("run/resolved.yaml"), shell.bytes("again/resolved.yaml"));
    }

    @Test
    void rerun_basesGone_readsThoseInTheRun() {
        shell.file("sender/shared/base.yaml", CHECKPOINTED).file("sender/mine.yaml", """
                extends: shared/base.yaml
                training: { epochs: 3 }
                """);
        shell.delete("run");
        shell.done("/demo/sender/mine.yaml", "--run-dir", "/demo/run", "--quiet");
        move("elsewhere/plants.csv");
        execute("rerun", "--data-dir", "/demo/elsewhere", "--run-dir", "/demo/again", "--quiet")
                .done();
        assertArrayEquals(shell.bytes("run/chain.jsonl"), shell.bytes("again/chain.jsonl"));
    }

    @Test
    void verify_recordOfAnotherSystem_isReadAllTheSame() {
        move("elsewhere/plants.csv");
        shell.file(
                "run/run.json",
                shell.text("run/run.json")
                        .replaceAll("(\"file\": )\"[^\"]*\"", "$1\"C:\\\\\\\\work\\\\\\\\plants.yaml\"")
                        .replaceAll("(\"(?:folder|working_directory)\": )\"[^\"]*\"", "$1\"C:\\\\\\\\work\"")
                        .replaceAll("(\"found\": )\"[^\"]*\"", "$1\"C:\\\\\\\\work\\\\\\\\plants.csv\""));
        assertTrue(shell.text("run/run.json").contains("C:\\\\work\\\\plants.csv"));
        String[] there = {"--data-dir", "/demo/elsewhere"};
        assertTrue(execute("verify", there).done().out().endsWith("\nPASS\n"));
        execute("rerun", "--data-dir", "/demo/elsewhere", "--run-dir", "/demo/again", "--quiet")
                .done();
    }

    @Test
    void run_dataDir_isLookedAtBeforeTheConfigsFolder() {
        shell.file("elsewhere/plants.csv", OTHER_TABLE);
        String config = "/demo/sender/plants.yaml";
        shell.done("validate", config, "--data-dir", "/demo/elsewhere");
        shell.done("describe", config, "--data-dir", "/demo/elsewhere");
        shell.done(config, "--data-dir", "/demo/elsewhere", "--run-dir", "/demo/other", "--quiet");
        assertTrue(shell.done("diff", "/demo/run", "/demo/other").out().contains("diverge at step "), "other data");
        assertTrue(shell.done("verify", "/demo/other").out().endsWith("\nPASS\n"), "the record knows the folder");
        shell.delete("elsewhere/plants.csv");
        shell.done(config, "--data-dir", "/demo/elsewhere", "--run-dir", "/demo/beside", "--quiet");
        assertArrayEquals(shell.bytes("run/chain.jsonl"), shell.bytes("beside/chain.jsonl"));
    }

    @Test
    void run_dataDirWrong_saysSo() {
        String config = "/demo/sender/plants.yaml";
        String none =
                shell.execute("validate", config, "--data-dir", "/demo/none").failed(ExitCode.INPUT);
        assertTrue(none.contains("--data-dir '/demo/none' is not a folder"), none);
        shell.delete("sender/plants.csv");
        shell.file("elsewhere/other.csv", "");
        String err = shell.execute("validate", config, "--data-dir", "/demo/elsewhere")
                .failed(ExitCode.INPUT);
        assertTrue(err.contains("Looked for /demo/elsewhere/plants.csv, /demo/sender/plants.csv."), err);
    }

    /** Without a hash, a file's name alone says too little: two of one name must not become one. */
    @Test
    void run_dataDirWithoutTheSubfolder_isNotTakenByTheNameAlone() {
        shell.file("sender/plants.yaml", CHECKPOINTED.replace("plants.csv", "tables/plants.csv"));
        shell.file("elsewhere/plants.csv", Samples.PLANTS_TABLE);
        String err = shell.execute("/demo/sender/plants.yaml", "--data-dir", "/demo/elsewhere", "--run-dir", "/demo/x")
                .failed(ExitCode.INPUT);
        assertTrue(err.contains("there is no such file: 'tables/plants.csv'"), err);
        assertEquals(
                ExitCode.DONE,
                shell.execute(
                                "validate",
                                "/demo/sender/plants.yaml",
                                "--set",
                                "data.train.file=plants.csv",
                                "--data-dir",
                                "/demo/elsewhere")
                        .code());
    }

    private Shell.Result execute(String command, String... options) {
        return shell.execute(Stream.concat(Stream.of(command, "/demo/run"), Stream.of(options))
                .toArray(String[]::new));
    }
}
