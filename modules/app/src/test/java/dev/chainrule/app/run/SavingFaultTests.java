package dev.chainrule.app.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.Plugins;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.app.testing.SmallDisk;
import dev.chainrule.engine.record.Checkpoint;
import dev.chainrule.engine.record.Checkpoints;
import dev.chainrule.engine.record.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Test runs whose files can no longer be written: their messages, their remaining files, and that they resume as if
 * nothing had happened. A hook calls a script at the end of the second epoch that brings the fault about, and at the
 * end of the fourth
 * one that ends it.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the faults are made by shell scripts")
final class SavingFaultTests {
    private static final List<String> SAME = List.of("model.safetensors", "metrics.jsonl", "steps.bin", "chain.jsonl");

    /** A checkpoint is larger than the space that {@code FILL} leaves, and all else is smaller. */
    private static final String CONFIG =
            Samples.GATES.replace("units: 8", "units: 2000").replace("epochs: 3", "epochs: 6") + """
            hooks:
              - faulty
              - { type: checkpoint, keep: 9, on_error: %s }
            """;

    private static final String CALL = """
            long epoch = run.progress().step() / 2;
            java.nio.file.Path script = java.nio.file.Path.of("%s/epoch-" + epoch + ".sh");
            if (java.nio.file.Files.exists(script)) {
                try {
                    if (new ProcessBuilder("sh", "-e", script.toString()).inheritIO().start().waitFor() != 0) {
                        throw new IllegalStateException("a script failed");
                    }
                } catch (java.io.IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            """;

    private static final String FILL = """
            dd if=/dev/zero of=/demo/disk/filler bs=4k 2> /demo/dd || true
            dd if=/dev/null of=/demo/disk/filler bs=4k seek=$(($(stat -c %s /demo/disk/filler) / 4096 - 6)) 2> /demo/dd
            """;
    private static final String REASONS = "permission denied|Read-only file system";
    private static final String EMPTY = "rm /demo/disk/filler\n";

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void trainWhole() {
        shell = new Shell(folder)
                .file("faulty.jar", Plugins.faulty(CALL.formatted(folder)).bytes());
        run("stop", "whole").done();
    }

    @Test
    void run_diskFull_endsWithTheLastGoodCheckpointAndGoesOnFromIt() throws IOException, InterruptedException {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), "512k")) {
            assertTrue(Files.isDirectory(disk.path()));
            shell.file("epoch-2.sh", await("disk/run/checkpoints/epoch-0001.safetensors") + FILL);
            assertEquals("""
                    error: cannot write /demo/disk/run/checkpoints/epoch-0002.safetensors: No space left on device. Free some space, or choose another place.

                    1 error
                    """, run("stop", "disk/run").failed(ExitCode.FAILED));
            assertIntact("disk/run", "epoch-0001");
            assertEquals("failed", record("disk/run").get("state"));
            shell.delete("disk/filler");
            assertGoesOn("disk/run", "resumed at step 2, after epoch 1, epoch-0001.safetensors\n");
        }
    }

    @Test
    void run_diskFullForAWhileAndWarn_goesOn() throws IOException, InterruptedException {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), "512k")) {
            assertTrue(Files.isDirectory(disk.path()));
            shell.file("epoch-2.sh", await("disk/run/checkpoints/epoch-0001.safetensors") + FILL)
                    .file("epoch-4.sh", EMPTY);
            Shell.Result result = run("warn", "disk/run");
            assertEquals(ExitCode.DONE, result.code(), result.err());
            assertIntact("disk/run", "epoch-0001 epoch-0004 epoch-0005 epoch-0006");
            assertSame("disk/run");
        }
    }

    @Test
    void run_checkpointsReadOnly_endsWithTheLastGoodCheckpointAndGoesOnFromIt() throws IOException {
        try (ReadOnly folderOfThem = new ReadOnly("run/checkpoints")) {
            shell.file("epoch-2.sh", folderOfThem.begin());
            assertEquals(
                    """
                    error: cannot write /demo/run/checkpoints/epoch-0002.safetensors: REASON. Make it writable, or choose another place.

                    1 error
                    """,
                    folderOfThem
                            .require(run("stop", "run"))
                            .failed(ExitCode.FAILED)
                            .replaceAll(REASONS, "REASON"));
            assertIntact("run", "epoch-0001");
        }
        assertGoesOn("run", "resumed at step 2, after epoch 1, epoch-0001.safetensors\n");
    }

    @Test
    void run_checkpointsReadOnlyForAWhileAndWarn_goesOn() throws IOException {
        try (ReadOnly folderOfThem = new ReadOnly("run/checkpoints")) {
            shell.file("epoch-2.sh", folderOfThem.begin()).file("epoch-4.sh", folderOfThem.end());
            Shell.Result result = folderOfThem.require(run("warn", "run"));
            assertEquals(ExitCode.DONE, result.code(), result.err());
            assertEquals("", result.err());
            assertIntact("run", "epoch-0001 epoch-0004 epoch-0005 epoch-0006");
            assertSame("run");
        }
    }

    @Test
    void run_readOnlyFromTheBeginning_saysSo() throws IOException, InterruptedException {
        try (SmallDisk disk = SmallDisk.readOnly(folder.resolve("disk"))) {
            assertTrue(Files.isDirectory(disk.path()));
            assertEquals("""
                    error: cannot create the run directory /demo/disk/run: Read-only file system. Choose another place with --run-dir.

                    1 error
                    """, run("stop", "disk/run").failed(ExitCode.FAILED));
        }
    }

    @Test
    void run_checkpointsRemoved_saysSoAndBeginsAnew() {
        shell.file("epoch-2.sh", await("run/checkpoints/epoch-0001.safetensors") + "rm -r /demo/run/checkpoints\n");
        assertEquals("""
                error: cannot write /demo/run/checkpoints/epoch-0002.safetensors: the folder does not exist. Was it removed or renamed, or its disk removed?

                1 error
                """, run("stop", "run").failed(ExitCode.FAILED));
        assertEquals("failed", record("run").get("state"));
        assertGoesOn("run", "resumed at the beginning, since there is no checkpoint\n");
    }

    @Test
    void run_directoryRemoved_saysSoAndBringsNoPartOfItBack() {
        shell.file("epoch-2.sh", await("run/checkpoints/epoch-0001.safetensors") + "rm -r /demo/run\n");
        String err = run("stop", "run").failed(ExitCode.FAILED);
        // Which file is written next is a matter of threads.
        assertEquals("""
                error: cannot write /demo/run/FILE: the folder does not exist. Was it removed or renamed, or its disk removed?

                1 error
                """, err.replaceFirst("checkpoints/epoch-0002.safetensors|steps.bin", "FILE"));
        assertFalse(Files.exists(shell.at("run")));
    }

    /** A checkpoint requested before the fault is written while training continues. */
    private static String await(String file) {
        return "until [ -f /demo/" + file + " ]; do sleep 0.01; done\n";
    }

    private Shell.Result run(String onError, String run) {
        return shell.file("gates.yaml", CONFIG.formatted(onError))
                .execute("/demo/gates.yaml", "--run-dir", "/demo/" + run, "--quiet", "--plugins", "/demo/faulty.jar");
    }

    private void assertGoesOn(String run, String from) {
        shell.delete("epoch-2.sh");
        String out = shell.done("resume", "/demo/" + run, "--plugins", "/demo/faulty.jar")
                .out();
        assertTrue(out.startsWith(from), out);
        assertSame(run);
        Map<?, ?> record = record(run);
        assertEquals("completed", record.get("state"));
        assertEquals((long) ExitCode.DONE, record.get("exit"));
        Map<?, ?> resumed = (Map<?, ?>) ((List<?>) record.get("resumed")).get(0);
        assertEquals("failed", resumed.get("after"));
        assertEquals((long) ExitCode.FAILED, resumed.get("after_exit"));
    }

    private void assertSame(String run) {
        for (String file : SAME) {
            assertArrayEquals(shell.bytes("whole/" + file), shell.bytes(run + "/" + file), file);
        }
    }

    private void assertIntact(String run, String checkpoints) throws IOException {
        // The third is written when the fault is over, or before: a matter of threads.
        List<Path> files = Checkpoints.all(new RunDirectory(shell.at(run))).stream()
                .filter(file -> !file.endsWith("epoch-0003.safetensors"))
                .toList();
        for (Path file : files) {
            Checkpoint.read(file);
        }
        assertEquals(
                checkpoints,
                String.join(
                        " ",
                        files.stream()
                                .map(file -> file.getFileName().toString().replace(".safetensors", ""))
                                .toList()));
        try (Stream<Path> all = Files.walk(shell.at(run))) {
            assertEquals(
                    List.of(),
                    all.filter(file -> file.toString().endsWith(".part")).toList());
        }
    }

    private Map<?, ?> record(String run) {
        return shell.json(run + "/run.json");
    }

    /** Let nothing be written in a folder for a while: by its permissions, or for root, who may all, by how it is mounted. */
    private final class ReadOnly implements AutoCloseable {
        private final String name;

        ReadOnly(String name) {
            this.name = name;
        }

        /** Return the script, which says in a file whether it could. */
        String begin() {
            return await(name + "/epoch-0001.safetensors") + """
                    chmod a-w /demo/%1$s
                    if touch /demo/%1$s/probe 2> /demo/said; then
                        rm /demo/%1$s/probe
                        mount --bind /demo/%1$s /demo/%1$s && mount -o remount,bind,ro /demo/%1$s || touch /demo/refused
                    fi
                    """.formatted(name);
        }

        String end() {
            return "umount /demo/%1$s 2> /demo/said || true\nchmod u+w /demo/%1$s\n".formatted(name);
        }

        Shell.Result require(Shell.Result result) {
            assumeFalse(Files.exists(shell.at("refused")), "root may write everywhere, and may not mount here");
            return result;
        }

        @Override
        public void close() throws IOException {
            shell.file("end.sh", end());
            try {
                new ProcessBuilder("sh", shell.at("end.sh").toString()).start().waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
