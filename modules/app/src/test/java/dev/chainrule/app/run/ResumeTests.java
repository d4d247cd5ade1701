package dev.chainrule.app.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.Plugins;
import dev.chainrule.app.testing.Resealed;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.engine.files.FolderLock;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.engine.record.RunLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Test that a run resumes from each of its checkpoints as if it had never ended, and the checkpoints and files that it
 * refuses.
 */
final class ResumeTests {
    private static final List<String> SAME = List.of("model.safetensors", "metrics.jsonl", "steps.bin", "chain.jsonl");

    /** Everything that has a state, some of it in branches: transforms, batch_norm, dropout, slots, schedule, clipping, metrics, hooks. */
    private static final String RICH = """
            name: rich
            seed: 5
            data:
              train: { type: csv, file: plants.csv, delimiter: ';', target: kind }
              test: { fraction: 0.25 }
              validation: { count: 4 }
              transforms: [ standardize ]
              augmentation: [ { type: noise, std: 0.1 } ]
              batch_size: 3
            model:
              - { type: dense, units: 4, activation: tanh }
              - batch_norm
              - { type: dropout, rate: 0.3 }
              - type: repeat
                times: 2
                layers: [ { type: residual, learning_rate_factor: 0.5, layers: [ { type: dense, units: 4 }, batch_norm, { type: dropout, rate: 0.2 } ] } ]
              - { type: parallel, branches: { a: [ { type: dropout, rate: 0.1 } ], b: [] } }
              - { type: dense, units: 8, activation: sigmoid }
              - { type: multiply, from: [ dense_2, parallel_1, dense_2 ] }
              - { type: activity_regularizer, l1: 0.01 }
              - { type: sample, weight: 0.1 }
            outputs:
              kind:
                layers: [ { type: dense, units: 2, activation: softmax } ]
                loss: cross_entropy
                metrics: [ loss, accuracy, f1, { type: top_k, k: 1, name: first } ]
              inputs: { reconstruct: true, layers: [ { type: dropout, rate: 0.1 }, { type: dense, units: 3 } ], loss: quadratic, weight: 0.2 }
            optimizer: { type: adam, learning_rate: { type: cosine, from: 0.05 } }
            training: { epochs: 6, clip_norm: 0.5, average: { decay: 0.8 }, calibrate: { temperature: true, threshold: f1 } }
            hooks:
              - { type: checkpoint, every: 1 step, keep: 100, best: { metric: validation.loss, keep: 2 } }
              - { type: early_stopping, patience: 2, min_delta: 0.02 }
              - progress
            """;

    @TempDir
    private Path folder;

    @Test
    void resume_eachCheckpoint_endsWithTheSameBytes() {
        Shell shell = shell().file("rich.yaml", RICH);
        shell.done("/demo/rich.yaml", "--run-dir", "/demo/whole", "--quiet");
        shell.done("verify", "/demo/whole");
        List<String> checkpoints = checkpoints(shell, "whole");
        assertTrue(checkpoints.size() >= 9, "a checkpoint a step, and at the end: " + checkpoints);
        for (String checkpoint : checkpoints) {
            shell.copy("whole", "again");
            String out = shell.done("run", "--resume", "/demo/again/checkpoints/" + checkpoint)
                    .out();
            assertTrue(out.startsWith("resumed at step "), out);
            assertSame(shell, "whole", "again", checkpoint);
            shell.delete("again");
        }
    }

    @Test
    void resume_withoutCheckpoint_beginsAnew() {
        Shell shell = shell().file("gates.yaml", Samples.GATES);
        shell.done("/demo/gates.yaml", "--run-dir", "/demo/whole", "--quiet");
        shell.copy("whole", "again");
        Resealed.killed(shell, "again");
        String out = shell.done("resume", "/demo/again").out();
        assertTrue(out.startsWith("resumed at the beginning, since there is no checkpoint\n"), out);
        assertSame(shell, "whole", "again", "from the beginning");
    }

    @Test
    void resume_pluginAndNoCheckpoint_findsThePluginUnchanged() {
        Shell shell = shell().file("gates.yaml", Samples.GATES.replace("tanh", "square"))
                .file("square.jar", Plugins.square("2 * z").bytes());
        shell.done("/demo/gates.yaml", "--run-dir", "/demo/whole", "--quiet", "--plugins", "/demo/square.jar");
        shell.copy("whole", "again");
        Resealed.killed(shell, "again");
        shell.done("resume", "/demo/again", "--plugins", "/demo/square.jar");
        assertSame(shell, "whole", "again", "from the beginning");
    }

    @Test
    void resume_killedWhileSaving_leavesNothingUnfinished() {
        Shell shell = finished();
        Resealed.killed(shell, "run");
        shell.file("run/checkpoints/.step-00000005.safetensors.part", "half");
        shell.done("resume", "/demo/run");
        assertFalse(Files.exists(shell.at("run/checkpoints/.step-00000005.safetensors.part")));
    }

    @Test
    void resume_lastCheckpointTorn_usesTheOneBefore() throws IOException {
        Shell shell = finished();
        Resealed.killed(shell, "run");
        shell.copy("run", "torn");
        Path last = shell.at("torn/checkpoints/epoch-0003.safetensors");
        byte[] bytes = Files.readAllBytes(last);
        bytes[bytes.length - 1] ^= 1;
        Files.write(last, bytes);
        Shell.Result result = shell.execute("resume", "/demo/torn");
        assertEquals(ExitCode.DONE, result.code(), result.err());
        assertEquals(
                "warning: discarded /demo/torn/checkpoints/epoch-0003.safetensors: "
                        + "not a valid safetensors file: its checksum is wrong\n",
                result.err());
        assertTrue(result.out().startsWith("resumed at step 4, after epoch 2, epoch-0002.safetensors\n"), result.out());
        assertSame(shell, "run", "torn", "torn");
    }

    @Test
    void resume_endedRun_isRefusedAndSaysHowToTrainOn() {
        Shell shell = finished();
        assertEquals("""
                error: run /demo/run has ended: it was completed
                   To continue training, give it more epochs: java -jar pipeline.jar resume /demo/run --set training.epochs=6 --allow-changes.

                1 error
                """, shell.execute("resume", "/demo/run").failed(ExitCode.INPUT));
    }

    @Test
    void resume_changedConfig_namesWhatChanged() {
        Shell shell = finished();
        String sensible = shell.execute("resume", "/demo/run", "--set", "training.epochs=5")
                .failed(ExitCode.INPUT);
        assertEquals("""
                error: run /demo/run cannot be resumed: its inputs have changed
                   training.epochs was 3, is 5
                   With --allow-changes the run is resumed anyway, and its record shows the change.

                1 error
                """, sensible);
        String senseless = shell.execute("resume", "/demo/run", "--set", "model[0].units=9", "--allow-changes")
                .failed(ExitCode.INPUT);
        assertEquals("""
                error: run /demo/run cannot be resumed: its inputs have changed
                   model[0].units was 8, is 9
                   These cannot change within a run. Begin a new run.

                1 error
                """, senseless);
        assertEquals("completed", record(shell).get("state"), "a refusal changes nothing");
    }

    @Test
    void resume_moreEpochsAllowed_goesOnAsIfItHadAlwaysHadThem() {
        Shell shell = finished().file("more.yaml", checkpointed().replace("epochs: 3", "epochs: 5"));
        shell.done("/demo/more.yaml", "--run-dir", "/demo/whole", "--quiet");
        String out = shell.done("resume", "/demo/run", "--set", "training.epochs=5", "--allow-changes")
                .out();
        assertTrue(out.contains("changed: training.epochs was 3, is 5\n"), out);
        for (String file : SAME) {
            assertArrayEquals(shell.bytes("whole/" + file), shell.bytes("run/" + file), file);
        }
        Map<?, ?> resumed = (Map<?, ?>) ((List<?>) record(shell).get("resumed")).get(0);
        assertEquals(List.of("training.epochs was 3, is 5"), resumed.get("changes"));
        assertEquals("epoch-0003.safetensors", resumed.get("from"));
        assertTrue(shell.text("run/resolved.yaml").contains("epochs: 5"));
    }

    @Test
    void resume_configReplacedBeforeTheRecordWas_putsItBack() {
        Shell shell = finished();
        shell.copy("run", "half");
        shell.file("half/.resolved.yaml.before", shell.bytes("half/resolved.yaml"))
                .file("half/resolved.yaml", shell.text("half/resolved.yaml").replace("epochs: 3", "epochs: 5"));
        for (String run : List.of("run", "half")) {
            shell.done("resume", "/demo/" + run, "--set", "training.epochs=5", "--allow-changes");
        }
        for (String file : SAME) {
            assertArrayEquals(shell.bytes("run/" + file), shell.bytes("half/" + file), file);
        }
        assertEquals(shell.text("run/resolved.yaml"), shell.text("half/resolved.yaml"));
        assertFalse(Files.exists(shell.at("half/.resolved.yaml.before")));
    }

    @Test
    void resume_configBeforeThatIsNotSealed_isDeleted() {
        Shell shell = finished().file("run/.resolved.yaml.before", "epochs: 1");
        Resealed.killed(shell, "run");
        shell.done("resume", "/demo/run");
        assertTrue(shell.text("run/resolved.yaml").contains("epochs: 3"));
        assertFalse(Files.exists(shell.at("run/.resolved.yaml.before")));
    }

    @Test
    void resume_changedData_isRefusedWhateverIsAllowed() {
        Shell shell = shell().file("plants.yaml", Samples.PLANTS + "hooks: [ checkpoint ]\n");
        shell.done("/demo/plants.yaml", "--run-dir", "/demo/run", "--quiet");
        Resealed.killed(shell, "run");
        shell.file("plants.csv", Samples.PLANTS_TABLE.replace("1.5;rock", "1.6;rock"));
        String err = shell.execute("resume", "/demo/run", "--allow-changes").failed(ExitCode.INPUT);
        assertTrue(err.contains("the examples of data.train were "), err);
    }

    @Test
    void resume_runInUse_isRefused() {
        Shell shell = finished();
        try (FolderLock lock = RunLock.take(new RunDirectory(shell.at("run")))) {
            assertFalse(lock.toString().isEmpty());
            assertEquals("""
                    error: run directory /demo/run is in use by another run. Wait until that has ended, or choose another directory.

                    1 error
                    """, shell.execute("resume", "/demo/run").failed(ExitCode.FAILED));
        }
    }

    @Test
    void resume_checkpointElsewhere_isRefused() {
        Shell shell = finished().file("lost.safetensors", new byte[0]);
        assertTrue(shell.execute("resume", "/demo/lost.safetensors")
                .failed(ExitCode.INPUT)
                .startsWith("error: checkpoint /demo/lost.safetensors is not in the folder of a run\n"));
    }

    /** Only the last epoch is damaged: the checkpoint before it fits. */
    @ParameterizedTest
    @ValueSource(strings = {"metrics.jsonl", "chain.jsonl", "steps.bin", "learning_speed.jsonl", "cut", "checkpoint"})
    void resume_recordDamaged_fallsBackToACheckpointThatFits(String damage) throws IOException {
        Shell shell = shell().file("gates.yaml", checkpointed().replace("[ checkpoint", "[ learning_speed, checkpoint"))
                .file("other.yaml", checkpointed().replace("seed: 3", "seed: 4"));
        shell.done("/demo/gates.yaml", "--run-dir", "/demo/whole", "--quiet");
        shell.copy("whole", "again");
        Resealed.killed(shell, "again");
        String last = "again/checkpoints/epoch-0003.safetensors";
        switch (damage) {
            case "cut" -> shell.file("again/steps.bin", Arrays.copyOf(shell.bytes("again/steps.bin"), 95));
            case "checkpoint" -> {
                shell.done("/demo/other.yaml", "--run-dir", "/demo/other", "--quiet");
                shell.file(last, shell.bytes("other/checkpoints/epoch-0003.safetensors"));
            }
            default -> {
                byte[] bytes = shell.bytes("again/" + damage);
                Arrays.fill(bytes, bytes.length - 20, bytes.length - 1, (byte) 0);
                shell.file("again/" + damage, bytes);
            }
        }
        Shell.Result result = shell.execute("resume", "/demo/again");
        assertEquals(ExitCode.DONE, result.code(), result.err());
        assertTrue(result.err().startsWith("warning: discarded /demo/" + last + ": "), result.err());
        assertEquals(1, result.err().lines().count(), result.err());
        assertTrue(result.out().startsWith("resumed at step 4, after epoch 2, epoch-0002.safetensors\n"), result.out());
        assertSame(shell, "whole", "again", damage);
        assertArrayEquals(shell.bytes("whole/learning_speed.jsonl"), shell.bytes("again/learning_speed.jsonl"));
        shell.done("verify", "/demo/again", "--quiet");
    }

    @Test
    void resume_nothingFits_beginsAnew() {
        Shell shell = finished();
        shell.copy("run", "again");
        Resealed.killed(shell, "again");
        shell.file("again/metrics.jsonl", new byte[shell.bytes("again/metrics.jsonl").length]);
        Shell.Result result = shell.execute("resume", "/demo/again");
        assertEquals(3, result.err().split("warning: discarded ", -1).length - 1, result.err());
        assertTrue(result.out().startsWith("resumed at the beginning, since no checkpoint fits\n"), result.out());
        assertSame(shell, "run", "again", "from the beginning");
        String named = shell.execute("resume", "/demo/again/checkpoints/none.safetensors")
                .failed(ExitCode.INPUT);
        assertTrue(named.contains("does not exist"), named);
    }

    @Test
    void resume_filesThatNothingProves_arePutAside() {
        Shell shell = finished();
        shell.file("run/picture.svg", "<svg/>");
        Resealed.killed(shell, "run");
        String err = shell.execute("resume", "/demo/run").err();
        assertEquals("warning: set aside /demo/run/picture.svg: its origin cannot be verified\n", err);
        assertTrue(Files.exists(shell.at("run/picture.svg.aside")));
        shell.done("verify", "/demo/run", "--quiet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run.json", "config.yaml", "resolved.yaml"})
    void resume_whatItBeganWithEdited_isRefused(String file) {
        Shell shell = finished();
        Resealed.killed(shell, "run");
        shell.file("run/" + file, shell.text("run/" + file).replace("gates", "bates"));
        String err = shell.execute("resume", "/demo/run").failed(ExitCode.INPUT);
        assertTrue(
                err.startsWith("error: run /demo/run was modified after it was written\n   " + file + " was edited"),
                err);
    }

    @Test
    void resume_gradientChecks_areThoseOfARunThatNeverEnded() {
        Shell shell = shell().file(
                        "gates.yaml",
                        checkpointed()
                                .replace("[ checkpoint", "[ { type: gradient_check, every: 1 epoch }, checkpoint"));
        shell.done("/demo/gates.yaml", "--run-dir", "/demo/whole", "--quiet");
        shell.copy("whole", "again");
        shell.done("resume", "/demo/again/checkpoints/epoch-0002.safetensors", "--quiet");
        assertEquals(shell.text("whole/gradient_check.json"), shell.text("again/gradient_check.json"));
        shell.done("verify", "/demo/again", "--quiet");
        shell.file(
                "again/gradient_check.json",
                shell.text("again/gradient_check.json").replaceFirst("3", "4"));
        Resealed.again(shell, "again");
        String err = shell.execute("verify", "/demo/again").failed(ExitCode.CHECK);
        assertTrue(err.contains("gradient_check.json differs from the one that retraining wrote"), err);
    }

    private Shell shell() {
        return new Shell(folder).file("plants.csv", Samples.PLANTS_TABLE);
    }

    private static String checkpointed() {
        return Samples.GATES + "hooks: [ checkpoint ]\n";
    }

    private Shell finished() {
        Shell shell = shell().file("gates.yaml", checkpointed());
        shell.done("/demo/gates.yaml", "--run-dir", "/demo/run", "--quiet");
        return shell;
    }

    private static void assertSame(Shell shell, String expected, String got, String what) {
        for (String file : SAME) {
            assertArrayEquals(shell.bytes(expected + "/" + file), shell.bytes(got + "/" + file), what + ": " + file);
        }
        for (String file : checkpoints(shell, got)) {
            assertArrayEquals(
                    shell.bytes(expected + "/checkpoints/" + file),
                    shell.bytes(got + "/checkpoints/" + file),
                    what + ": " + file);
        }
        assertEquals(checkpoints(shell, expected), checkpoints(shell, got), what);
    }

    private static List<String> checkpoints(Shell shell, String run) {
        if (!Files.isDirectory(shell.at(run + "/checkpoints"))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(shell.at(run + "/checkpoints"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".safetensors"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<?, ?> record(Shell shell) {
        return shell.json("run/run.json");
    }
}
