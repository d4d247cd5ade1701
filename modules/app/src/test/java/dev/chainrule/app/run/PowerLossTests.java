package dev.chainrule.app.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chainrule.app.command.SignCommandTests;
import dev.chainrule.app.record.RunSignature;
import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.sign.OpenSshKey;
import dev.chainrule.app.testing.Plugins;
import dev.chainrule.app.testing.Resealed;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.engine.record.RunRecord;
import dev.chainrule.engine.record.RunSeal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;
import org.opentest4j.AssertionFailedError;

/**
 * Lose the power at every system call that saves something, and go on with what a disk may have then: see {@link PowerTrace}. Nothing
 * that the command had said to be saved is lost, no damaged file is used in silence, and a resumed run ends with the bits of an
 * undisturbed one.
 */
final class PowerLossTests {
    private static final int BOUND = Integer.getInteger("chainrule.power.bound", 30);
    private static final int FEW = 4;
    private static final int SAMPLE = 40;
    private static final String EPOCHS = "epochs: 4";
    private static final String HOOKS = "hooks: [ learning_speed, { type: gradient_check, samples: 2 }, %s ]\n";
    /**
     * Records each step, and writes it into a file of its own. Prints on the terminal the notifications of hooks; where
     * it is told
     * to, asks for an interruption after the second epoch, and waits until the run knows of it.
     */
    private static final String SAYING = """
            long step = run.progress().step();
            run.record("%s", java.util.Map.of("step", step));
            try {
                java.nio.file.Files.createDirectories(run.directory().resolve("own"));
                java.nio.file.Files.writeString(run.directory().resolve("own/step.txt"), "after step " + step);
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            run.saveCheckpoint("said-" + step, file -> {
                if (System.getProperty("said") != null) {
                    System.out.println("saved step " + step);
                }
            });
            if ("interrupt".equals(System.getProperty("said")) && step == 4) {
                sun.misc.Signal.raise(new sun.misc.Signal("TERM"));
                while (Thread.getAllStackTraces().keySet().stream().noneMatch(thread ->
                        thread.getName().equals("chainrule-shutdown") && thread.getState() == Thread.State.TIMED_WAITING)) {
                    Thread.onSpinWait();
                }
            }
            """.formatted(PowerLoss.RECORDED);

    @TempDir(factory = InMemory.class)
    private Path folder;

    private Shell shell;
    private PowerTrace trace;
    private PowerLoss loss;

    @BeforeEach
    void write() {
        shell = new Shell(folder)
                .file("plants.csv", Samples.PLANTS_TABLE)
                .file("base.yaml", Samples.PLANTS.replace("epochs: 40", EPOCHS))
                .file("plants.yaml", "extends: base.yaml\nseed: 7\n" + HOOKS.formatted("{ type: checkpoint, keep: 1 }"))
                .file(
                        "keeping.yaml",
                        "extends: base.yaml\nseed: 7\n" + HOOKS.formatted("{ type: checkpoint, keep: 9 }"))
                .file("said.yaml", "extends: base.yaml\nseed: 7\n" + HOOKS.formatted("faulty"))
                .file("faulty.jar", Plugins.faulty(SAYING).bytes())
                .file("maker", SignCommandTests.PRIVATE)
                .file("place/keep", "");
        trace = new PowerTrace(folder);
        loss = new PowerLoss(shell, trace);
    }

    @Test
    @Tag("slow")
    void run_powerLostAtAFewMoments_resumesWithTheSameBits() throws IOException {
        assumeTrue(PowerTrace.canRecord(), "needs strace and python3");
        loss.run("plants.yaml", ExitCode.DONE, List.of());
        List<PowerTrace.State> states = new ArrayList<>(trace.states("place", FEW));
        Collections.shuffle(states, new Random(1));
        loss.resumeAll(states.subList(0, SAMPLE), "plants.yaml", List.of());
    }

    @Test
    void model_ofTheDisk_holdsItsTests() throws IOException {
        assumeTrue(PowerTrace.canRecord(), "needs strace and python3");
        trace.testTool();
    }

    @Test
    @Tag("proof")
    void run_powerLostAtAnyCall_resumesWithTheSameBits() throws IOException {
        loss.run("plants.yaml", ExitCode.DONE, List.of());
        loss.resumeAll(trace.states("place", BOUND), "plants.yaml", List.of());
        loss.assertMet("resumed at a step", "resumed at the beginning", "had ended", "had not begun", "run again");
    }

    @Test
    @Tag("proof")
    void run_powerLostAfterItSaidSaved_resumesThere() throws IOException {
        List<String> plugin = List.of("--plugins", "/demo/faulty.jar");
        loss.run("said.yaml", ExitCode.DONE, plugin, "-Dsaid=yes");
        loss.resumeAll(trace.states("place", BOUND), "said.yaml", plugin);
        loss.assertMet("resumed at a step", "had ended");
    }

    @Test
    @Tag("proof")
    void interruptedRun_powerLostAtAnyCall_resumesWithTheSameBits() throws IOException {
        List<String> plugin = List.of("--plugins", "/demo/faulty.jar");
        loss.run("said.yaml", 128 + 15, plugin, "-Dsaid=interrupt");
        loss.resumeAll(trace.states("place", BOUND), "said.yaml", plugin);
        loss.assertMet("resumed at a step");
    }

    /** A disk that ignores commands is noticed, or all of this proves nothing. */
    @Test
    @Tag("proof")
    void run_powerLostOfABrokenDisk_isNoticed() throws IOException {
        loss.run("plants.yaml", ExitCode.DONE, List.of());
        for (String broken : List.of("files", "folders")) {
            List<PowerTrace.State> states = trace.states("place", FEW, "--broken", broken);
            AssertionFailedError error =
                    assertThrows(AssertionFailedError.class, () -> loss.resumeAll(states, "plants.yaml", List.of()));
            assertTrue(error.getMessage().contains("power lost"), error.getMessage());
        }
    }

    @Test
    @Tag("proof")
    void resume_powerLostWhilePuttingAside_resumesWithTheSameBits() throws IOException {
        shell.done("/demo/keeping.yaml", "--run-dir", "/demo/whole/run", "--quiet");
        shell.copy("whole", "place");
        Resealed.killed(shell, "place/run");
        shell.delete("place/run/model.safetensors");
        shell.file("place/run/metrics.jsonl", shell.text("place/run/metrics.jsonl") + "{\"epoch\":")
                .file("place/run/checkpoints/.epoch-0005.safetensors.part", "half")
                .file("place/run/checkpoints/epoch-0003.safetensors", "torn");
        loss.record(ExitCode.DONE, List.of(), "resume", "/demo/place/run/checkpoints/epoch-0002.safetensors");
        for (PowerTrace.State state : trace.states("place", BOUND)) {
            loss.restore(state);
            loss.resume(state, OptionalInt.of(2 * PowerLoss.STEPS_PER_EPOCH), List.of("resume", "/demo/lost/run"));
        }
        loss.report("resume that puts aside");
        loss.assertMet("resumed at a step", "had ended");
    }

    @Test
    @Tag("proof")
    void resume_powerLostWhileConfigChanges_resumesWithTheSameBits() throws IOException {
        List<String> more = List.of("--set", "training.epochs=6", "--allow-changes");
        shell.done("/demo/keeping.yaml", "--run-dir", "/demo/place/run", "--quiet");
        shell.done("sign", "/demo/place/run", "--key", "/demo/maker");
        shell.copy("place", "whole");
        shell.done(PowerLoss.args(List.of("resume", "/demo/whole/run"), more));
        loss.record(ExitCode.DONE, List.of(), PowerLoss.args(List.of("resume", "/demo/place/run"), more));
        for (PowerTrace.State state : trace.states("place", BOUND)) {
            loss.restore(state);
            boolean ended = loss.record().text("state").equals("completed");
            if (ended && !Files.exists(shell.at("lost/run/.resolved.yaml.before"))) {
                loss.assertSealed(state);
            }
            loss.resume(
                    state,
                    OptionalInt.of(4 * PowerLoss.STEPS_PER_EPOCH),
                    ended
                            ? List.of(PowerLoss.args(List.of("resume", "/demo/lost/run"), more))
                            : List.of("resume", "/demo/lost/run"));
        }
        loss.report("resume with another config");
        loss.assertMet("resumed at a step", "had ended");
    }

    @Test
    @Tag("proof")
    void sign_powerLostAtAnyCall_leavesNoWrongSignature() throws IOException {
        shell.done("/demo/plants.yaml", "--run-dir", "/demo/place/run", "--quiet");
        loss.record(ExitCode.DONE, List.of(), "sign", "/demo/place/run", "--key", "/demo/maker");
        Optional<OpenSshKey> key = Optional.of(OpenSshKey.readPrivate(shell.at("maker")));
        for (PowerTrace.State state : trace.states("place", BOUND)) {
            loss.restore(state);
            loss.assertSealed(state);
            boolean signed = Files.exists(shell.at("lost/run/run.json.sig"));
            assertTrue(signed || state.exit().isEmpty(), state::toString);
            assertTrue(!signed || signature(key).flaw().isEmpty(), state::toString);
            loss.tally(signed ? "signed" : "not signed");
        }
        loss.report("sign");
        loss.assertMet("signed", "not signed");
    }

    private RunSignature signature(Optional<OpenSshKey> key) {
        return RunSignature.check(new RunDirectory(shell.at("lost/run")), key).orElseThrow();
    }

    @Test
    @Tag("proof")
    void archive_powerLostAtAnyCall_isWholeOrAbsent() throws IOException {
        shell.done("/demo/plants.yaml", "--run-dir", "/demo/run", "--quiet");
        loss.record(ExitCode.DONE, List.of(), "archive", "/demo/run", "--output", "/demo/place/run.zip");
        for (PowerTrace.State state : trace.states("place", BOUND)) {
            loss.restore(state);
            boolean there = Files.exists(shell.at("lost/run.zip"));
            assertTrue(there || state.exit().isEmpty(), state::toString);
            if (there) {
                assertArrayEquals(shell.bytes("place/run.zip"), shell.bytes("lost/run.zip"), state::toString);
            }
            loss.tally(there ? "whole" : "absent");
        }
        loss.report("archive");
        loss.assertMet("whole", "absent");
    }

    @Test
    @Tag("proof")
    void unpack_powerLostAtAnyCall_isWholeOrAbsent() throws IOException {
        shell.done("/demo/plants.yaml", "--run-dir", "/demo/run", "--quiet");
        shell.done("archive", "/demo/run", "--output", "/demo/run.zip");
        loss.record(ExitCode.DONE, List.of(), "archive", "--unpack", "/demo/run.zip", "--output", "/demo/place");
        String run = place().getFileName().toString();
        String right = evaluated("place/" + run).out();
        for (PowerTrace.State state : trace.states("place", BOUND)) {
            loss.restore(state);
            boolean there = Files.exists(shell.at("lost/" + run));
            assertTrue(there || state.exit().isEmpty(), state::toString);
            assertEquals(there ? 1 : 0, RunDirectory.all(shell.at("lost")).size(), state::toString);
            if (!there) {
                shell.done("archive", "--unpack", "/demo/run.zip", "--output", "/demo/lost");
                assertFalse(Files.exists(shell.at("lost/." + run + ".part")), state::toString);
            }
            RunRecord unpacked = RunRecord.read(new RunDirectory(shell.at("lost/" + run)));
            assertEquals(List.of(), RunSeal.flaws(unpacked), state::toString);
            assertTrue(Files.isRegularFile(shell.at("lost/" + run + "/data/plants.csv")), state::toString);
            assertEquals(right, evaluated("lost/" + run).done().out(), state::toString);
            loss.tally(there ? "whole" : "unpacked again");
        }
        loss.report("archive --unpack");
        loss.assertMet("whole", "unpacked again");
    }

    @Test
    @Tag("proof")
    void pluginsTrust_powerLostAtAnyCall_keepsTheListOrHasTheNewOne() throws IOException {
        String list = "config/chainrule/trusted-plugins";
        String before = "# mine\n" + "1".repeat(64) + "  other.jar";
        shell.file("place/" + list, before);
        loss.record(ExitCode.DONE, List.of(), "plugins", "trust", "/demo/faulty.jar");
        String after = shell.text("place/" + list);
        assertTrue(after.startsWith(before + "\n") && after.endsWith("  faulty.jar\n"), after);
        shell.with("XDG_CONFIG_HOME", "/demo/lost/config");
        for (PowerTrace.State state : trace.states("place", BOUND)) {
            loss.restore(state);
            boolean added = shell.text("lost/" + list).equals(after);
            assertTrue(added || state.exit().isEmpty(), state::toString);
            assertEquals(added ? after : before, shell.text("lost/" + list), state::toString);
            shell.trust("faulty.jar");
            assertEquals(after, shell.text("lost/" + list), state::toString);
            loss.tally(added ? "trusted" : "as before");
        }
        loss.report("plugins trust");
        loss.assertMet("trusted", "as before");
    }

    private Path place() throws IOException {
        try (Stream<Path> files = Files.list(shell.at("place"))) {
            return files.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    private Shell.Result evaluated(String run) {
        Shell.Result result = shell.execute("evaluate", "/demo/" + run, "--data", "train");
        return new Shell.Result(
                result.code(), result.out().replace("/demo/" + run, "RUN"), result.err(), result.plugins());
    }

    /** Memory where there is a file system of it: thousands of runs are resumed, each forcing its files to disk. */
    static final class InMemory implements TempDirFactory {
        private static final Path MEMORY = Path.of("/dev/shm");

        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
                throws IOException {
            return Files.isWritable(MEMORY)
                    ? Files.createTempDirectory(MEMORY, "power")
                    : Files.createTempDirectory("power");
        }
    }
}
