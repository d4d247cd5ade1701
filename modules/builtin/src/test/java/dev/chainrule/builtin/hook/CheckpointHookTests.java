package dev.chainrule.builtin.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.error.RunException;
import dev.chainrule.api.training.Hook;
import dev.chainrule.api.training.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointHookTests {
    @TempDir
    Path directory;

    private final RecordingRun run = new RecordingRun();

    @BeforeEach
    void useDirectory() {
        run.directory = directory;
    }

    private void drive(String every, int keep) {
        run.drive(
                new CheckpointHook(Every.parse(every), keep, Optional.empty(), CheckpointHook.OnError.STOP).create(run),
                Hook.Ending.COMPLETED);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void epochs_whenKept_areNumberedFromOne() throws IOException {
        drive("1 epoch", 3);
        assertEquals(List.of("epoch-0001.safetensors", "epoch-0002.safetensors"), files());
    }

    @Test
    void epochs_inBetween_areLeftOut() throws IOException {
        drive("2 epochs", 3);
        assertEquals(List.of("epoch-0002.safetensors"), files());
    }

    @Test
    void steps_beyondKeep_areDeleted() throws IOException {
        Files.writeString(directory.resolve("step-00000000.safetensors"), "not this hook's");
        drive("2 steps", 2);
        assertEquals(
                List.of("step-00000000.safetensors", "step-00000004.safetensors", "step-00000006.safetensors"),
                files());
    }

    @Test
    void save_thatFails_endsTheRun() {
        run.diskFull = true;
        assertThrows(RunException.class, () -> drive("1 epoch", 3));
    }

    @Test
    void save_thatFailsAndWarn_goesOnAndDeletesNoWholeOne() throws IOException {
        Hook hook = new CheckpointHook(Every.parse("1 epoch"), 1, Optional.empty(), CheckpointHook.OnError.WARN)
                .create(run);
        epoch(hook, 1);
        run.diskFull = true;
        epoch(hook, 1);
        epoch(hook, 1);
        assertEquals(List.of("epoch-0001.safetensors"), files(), "the newest whole one");
        run.diskFull = false;
        epoch(hook, 1);
        assertEquals(List.of("epoch-0004.safetensors"), files());
    }

    @Test
    void minutes_thatHavePassed_areCountedFromTheLastOne() throws IOException {
        run.nanosPerStep = TimeUnit.SECONDS.toNanos(25);
        CheckpointHook spec =
                new CheckpointHook(Every.parse("1 minute"), 9, Optional.empty(), CheckpointHook.OnError.STOP);
        run.drive(new CheckpointKeeper(spec, run, () -> run.nanos), Hook.Ending.FAILED);
        // 25 s, 50 s, 75 s: one; 100 s and 125 s are 25 s and 50 s after that one, 150 s is 75 s
        assertEquals(List.of("step-00000003.safetensors", "step-00000006.safetensors"), files());
    }

    @Test
    void best_ofAMetric_areKeptBesideTheNewest() throws IOException {
        CheckpointHook spec = best("validation.accuracy", Optional.empty(), 2);
        assertEquals(List.of("validation.accuracy"), spec.metricsUsed());
        Hook hook = spec.create(run);
        epoch(hook, 0.5);
        epoch(hook, 0.9);
        assertEquals(List.of("epoch-0001.safetensors", "epoch-0002.safetensors"), files());
        epoch(hook, Double.NaN);
        assertEquals(
                List.of("epoch-0001.safetensors", "epoch-0002.safetensors", "epoch-0003.safetensors"),
                files(),
                "the newest, though it is no number");
        epoch(hook, 0.8);
        epoch(hook, 0.7);
        epoch(hook, 0.8);
        assertEquals(
                List.of("epoch-0002.safetensors", "epoch-0004.safetensors", "epoch-0006.safetensors"),
                files(),
                "of two that are as good, the earlier");
    }

    @Test
    void best_modeGiven_winsOverTheMetric() throws IOException {
        Hook hook =
                best("validation.accuracy", Optional.of(Watched.Mode.MIN), 1).create(run);
        epoch(hook, 0.5);
        epoch(hook, 0.9);
        epoch(hook, 0.8);
        assertEquals(List.of("epoch-0001.safetensors", "epoch-0003.safetensors"), files());
    }

    @Test
    void best_resumedBetween_isThatOfAllEpochs() throws IOException {
        CheckpointHook spec = best("validation.accuracy", Optional.empty(), 1);
        Hook hook = spec.create(run);
        epoch(hook, 0.9);
        epoch(hook, 0.8);
        epoch(hook, 0.7);
        State saved = State.of(hook);
        Hook resumed = spec.create(run);
        resumed.restore(saved);
        epoch(resumed, 0.6);
        assertEquals(List.of("epoch-0001.safetensors", "epoch-0004.safetensors"), files());
    }

    @Test
    void best_ofNone_isRefused() {
        assertEquals(
                "keep is 0",
                assertThrows(ParameterException.class, () -> best("train.loss", Optional.empty(), 0))
                        .getMessage());
    }

    private void epoch(Hook hook, double accuracy) {
        run.epoch("validation.accuracy", accuracy);
        hook.onEpochEnd();
    }

    private static CheckpointHook best(String metric, Optional<Watched.Mode> mode, int keep) {
        return new CheckpointHook(
                Every.parse("1 epoch"),
                1,
                Optional.of(new CheckpointHook.Best(metric, mode, keep)),
                CheckpointHook.OnError.STOP);
    }

    @Test
    void old_thatIsGoneAlready_isNoProblem() throws IOException {
        Hook hook =
                new CheckpointHook(Every.parse("1 step"), 1, Optional.empty(), CheckpointHook.OnError.STOP).create(run);
        run.drive(
                new Hook() {
                    @Override
                    public void onStepEnd() {
                        hook.onStepEnd();
                        assertEquals(1, directory.toFile().listFiles().length);
                        directory.toFile().listFiles()[0].delete();
                    }
                },
                Hook.Ending.COMPLETED);
        assertEquals(List.of(), files());
    }

    @Test
    void old_thatCannotBeDeleted_endsTheRun() throws IOException {
        Hook hook = new CheckpointHook(Every.parse("2 epochs"), 1, Optional.empty(), CheckpointHook.OnError.STOP)
                .create(run);
        Hook blocked = new Hook() {
            @Override
            public void onEpochEnd() {
                hook.onEpochEnd();
                try {
                    Path file = directory.resolve("epoch-0002.safetensors");
                    if (Files.isRegularFile(file)) {
                        // A folder that is not empty stands where the file was.
                        Files.delete(file);
                        Files.createDirectories(file.resolve("inner"));
                    }
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        };
        run.drive(blocked, Hook.Ending.COMPLETED);
        RunException problem = assertThrows(RunException.class, () -> run.drive(blocked, Hook.Ending.COMPLETED));
        assertEquals(
                "the old checkpoint " + directory.resolve("epoch-0002.safetensors") + " cannot be deleted: ",
                problem.getMessage().replaceFirst("deleted: .*", "deleted: "));
    }

    @Test
    void keep_ofZero_isRefused() {
        ParameterException problem = assertThrows(
                ParameterException.class,
                () -> new CheckpointHook(Every.parse("1 epoch"), 0, Optional.empty(), CheckpointHook.OnError.STOP));
        assertEquals("keep is 0", problem.getMessage());
        assertEquals("1 or more", problem.allowed());
    }
}
