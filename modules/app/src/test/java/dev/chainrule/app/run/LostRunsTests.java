package dev.chainrule.app.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.command.SignCommandTests;
import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.Resealed;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.app.testing.SmallDisk;
import dev.chainrule.engine.files.FolderLock;
import dev.chainrule.engine.files.Json;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.engine.record.RunLock;
import dev.chainrule.engine.record.RunRecord;
import dev.chainrule.engine.record.RunSeal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Test that the first command that meets a killed run records how it ended, and when none may. */
final class LostRunsTests {
    private static final String REASON = "ended without a report: killed or lost power";

    @TempDir
    private static Path folder;

    private static Shell shell;

    @BeforeAll
    static void train() {
        shell = new Shell(folder)
                .file("gates.yaml", Samples.GATES + "hooks: [ checkpoint ]\n")
                .file("new.csv", "1,2\n0,1\n");
        shell.done("/demo/gates.yaml", "--run-dir", "/demo/whole", "--quiet");
    }

    @BeforeEach
    void kill() {
        shell.copy("whole", "run");
        Resealed.killed(shell, "run");
    }

    @Test
    void runs_killedRun_recordsTheEndingOnce() {
        Map<?, ?> before = record();
        String line = shell.done("runs", "/demo/run", "--columns", "state,exit,steps", "--format", "csv")
                .out();
        assertEquals("state,exit,steps\nunfinished,,6\n", line);
        Map<?, ?> record = record();
        assertEquals("unfinished", record.get("state"));
        assertNull(record.get("exit"));
        assertNull(record.get("ended"));
        Map<?, ?> result = (Map<?, ?>) record.get("result");
        assertEquals(REASON, result.get("reason"));
        assertEquals(Map.of("who", "machine", "message", REASON), result.get("blame"));
        assertEquals(
                ((Map<?, ?>) before.get("seal")).get("files"),
                ((Map<?, ?>) record.get("seal")).get("files"),
                "nobody has checked more files");
        assertTrue(RunSeal.flaws(RunRecord.read(run())).isEmpty());
        byte[] once = shell.bytes("run/run.json");
        shell.done("runs", "/demo/run");
        assertArrayEquals(once, shell.bytes("run/run.json"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "verify /demo/run --quiet",
                "evaluate /demo/run",
                "predict /demo/run --input /demo/new.csv",
                "gradcheck /demo/run",
                "diff /demo/whole /demo/run",
                "archive /demo/run --output /demo/packed.zip",
                "rerun /demo/run --run-dir /demo/again --quiet",
                "sign /demo/run --key /demo/none",
                "run /demo/gates.yaml --start-from /demo/run --run-dir /demo/again --quiet",
                "resume /demo/run --set seed=4"
            })
    void anyCommand_killedRun_recordsTheEnding(String command) {
        shell.delete("again");
        shell.delete("packed.zip");
        String[] args = command.split(" ");
        if (args[0].equals("sign")) {
            shell.file("none", SignCommandTests.PRIVATE);
        }
        shell.execute(args);
        assertEquals("unfinished", record().get("state"));
        assertEquals(List.of(), RunSeal.flaws(RunRecord.read(run())));
    }

    @Test
    void resume_killedRun_endsWithTheSameBytesAndSaysWhatItWas() {
        for (boolean recorded : new boolean[] {false, true}) {
            kill();
            if (recorded) {
                shell.done("runs", "/demo/run");
            }
            shell.delete("run/model.safetensors");
            shell.file("run/checkpoints/epoch-0003.safetensors", "torn");
            assertEquals(ExitCode.DONE, shell.execute("resume", "/demo/run").code());
            for (String file : List.of("model.safetensors", "metrics.jsonl", "steps.bin", "chain.jsonl")) {
                assertArrayEquals(shell.bytes("whole/" + file), shell.bytes("run/" + file), file);
            }
            Map<?, ?> record = record();
            assertEquals("completed", record.get("state"));
            Map<?, ?> resumed = (Map<?, ?>) ((List<?>) record.get("resumed")).get(0);
            assertEquals("unfinished", resumed.get("after"));
            assertNull(resumed.get("after_exit"));
            shell.done("verify", "/demo/run", "--quiet");
        }
    }

    @Test
    void runs_heldRun_isLeftAlone() {
        byte[] before = shell.bytes("run/run.json");
        try (FolderLock lock = RunLock.take(run())) {
            assertTrue(shell.done("runs", "/demo/run").out().contains("  running "), () -> lock + " is held");
            shell.done("diff", "/demo/whole", "/demo/run");
            assertArrayEquals(before, shell.bytes("run/run.json"));
        }
    }

    @Test
    void runs_severalAtOnce_recordOneEnding() {
        for (int i = 0; i < 5; i++) {
            kill();
            List<CompletableFuture<Shell.Result>> commands = new ArrayList<>();
            for (int j = 0; j < 4; j++) {
                commands.add(CompletableFuture.supplyAsync(() -> shell.execute("runs", "/demo/run")));
            }
            commands.forEach(command -> command.join().done());
            assertEquals("unfinished", record().get("state"));
            assertEquals(List.of(), RunSeal.flaws(RunRecord.read(run())));
            assertFalse(Files.exists(shell.at("run/.run.json.part")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"edited", "damaged", "signed"})
    void runs_recordThatIsNotTheRunsOwn_isLeftAlone(String how) {
        switch (how) {
            case "edited" ->
                shell.file("run/run.json", shell.text("run/run.json").replace("gates", "bates"));
            case "damaged" ->
                shell.file("run/run.json", shell.text("run/run.json").substring(5));
            default -> shell.file("run/run.json.sig", "by ssh-keygen");
        }
        byte[] before = shell.bytes("run/run.json");
        assertEquals(ExitCode.DONE, shell.execute("runs", "/demo/run").code());
        shell.execute("verify", "/demo/run");
        assertArrayEquals(before, shell.bytes("run/run.json"));
    }

    @Test
    void runs_editedConfig_staysAnEdit() {
        shell.file("run/config.yaml", shell.text("run/config.yaml") + "# more\n");
        shell.done("runs", "/demo/run");
        String err = shell.execute("verify", "/demo/run", "--quiet").failed(ExitCode.CHECK);
        assertTrue(err.contains("config.yaml was edited after the run"), err);
    }

    @ParameterizedTest
    @ValueSource(strings = {"runs", "evaluate"})
    void anyCommand_killedWhileItsConfigWasReplaced_putsTheConfigBack(String command) {
        shell.copy("whole", "run");
        String config = shell.text("run/resolved.yaml");
        shell.file("run/.resolved.yaml.before", config).file("run/resolved.yaml", config + "# changed\n");
        byte[] record = shell.bytes("run/run.json");
        try (FolderLock lock = RunLock.take(run())) {
            shell.execute(command, "/demo/run");
            assertTrue(Files.exists(shell.at("run/.resolved.yaml.before")), () -> lock + " is held");
        }
        String[] args = command.equals("runs")
                ? new String[] {command, "/demo/run"}
                : new String[] {command, "/demo/run", "--data", "train"};
        shell.done(args);
        assertEquals(config, shell.text("run/resolved.yaml"));
        assertFalse(Files.exists(shell.at("run/.resolved.yaml.before")));
        assertArrayEquals(record, shell.bytes("run/run.json"));
    }

    @Test
    void runs_recordWithoutSeal_getsNone() {
        Map<String, Object> record = new LinkedHashMap<>();
        record().forEach((name, value) -> record.put((String) name, value));
        record.remove("seal");
        shell.file("run/run.json", Json.pretty(record));
        assertTrue(shell.execute("runs", "/demo/run").err().contains("before records were sealed"));
        assertEquals("unfinished", record().get("state"));
        assertFalse(RunSeal.isSealed(RunRecord.read(run())));
    }

    @ParameterizedTest
    @ValueSource(strings = {".lock", ".run.json.part"})
    void runs_fileThatCannotBeWritten_isAWarning(String file) throws IOException {
        Files.deleteIfExists(shell.at("run/" + file));
        Files.createDirectories(shell.at("run/" + file + "/in the way"));
        assertWarned("/demo/run", "Is a directory");
    }

    @Test
    void runs_readOnlyDisk_isAWarning() throws IOException, InterruptedException {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), "512k")) {
            shell.copy("run", "disk/run");
            disk.makeReadOnly();
            assertWarned("/demo/disk/run", "Read-only file system");
        }
    }

    private static void assertWarned(String run, String why) {
        Shell.Result result = shell.execute("runs", run);
        assertEquals(ExitCode.DONE, result.code());
        assertTrue(result.out().contains("  unfinished "), result.out());
        assertEquals(
                "warning: run " + run + " was killed, or its machine lost power; its record could not be updated: "
                        + why + "\n",
                result.err());
        assertEquals(ExitCode.DONE, shell.execute("diff", "/demo/whole", run).code());
    }

    private static RunDirectory run() {
        return new RunDirectory(shell.at("run"));
    }

    private static Map<?, ?> record() {
        return shell.json("run/run.json");
    }
}
