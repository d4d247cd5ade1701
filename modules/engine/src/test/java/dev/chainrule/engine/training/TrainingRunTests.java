package dev.chainrule.engine.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.DataSourceSpec;
import dev.chainrule.api.HookSpec;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.Run;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.RunException;
import dev.chainrule.api.training.Console;
import dev.chainrule.api.training.Hook;
import dev.chainrule.engine.TestNetwork;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.data.Datasets;
import dev.chainrule.engine.data.LoadingTests;
import dev.chainrule.engine.experiment.BatchSize;
import dev.chainrule.engine.experiment.Data;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.engine.experiment.NamedMetric;
import dev.chainrule.engine.model.ModelFile;
import dev.chainrule.engine.record.Checkpoint;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.ThreadTeam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRunTests {
    private static final List<LayerSpec> LAYERS = List.of(
            new TestNetwork.TestDense(3, new TestNetwork.Square()),
            new TestNetwork.TestDense(1, new TestNetwork.Straight()));
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

    @TempDir
    private Path folder;

    @Test
    void run_completed_callsHooksInTheOrderOfTheTable() {
        List<String> calls = new ArrayList<>();
        train("run", LAYERS, 0.05, 2, List.of(recording(calls, run -> {})), new Interruption());
        List<String> expected = new ArrayList<>(List.of("runStart"));
        for (int epoch = 0; epoch < 2; epoch++) {
            expected.add("epochStart");
            expected.addAll(List.of("stepEnd", "stepEnd", "stepEnd"));
            expected.add("epochEnd");
        }
        expected.add("runEnd COMPLETED");
        assertEquals(expected, calls);
    }

    @Test
    void run_stoppedByHook_endsAfterTheEpoch() {
        List<String> calls = new ArrayList<>();
        RunOutcome outcome =
                train("run", LAYERS, 0.05, 5, List.of(recording(calls, run -> run.stop("enough"))), new Interruption());
        assertEquals(Hook.Ending.STOPPED, outcome.ending());
        assertEquals(Optional.of("enough"), outcome.reason());
        assertEquals(3, outcome.steps());
        assertEquals(List.of("epochEnd", "runEnd STOPPED"), calls.subList(calls.size() - 2, calls.size()));
    }

    @Test
    void run_interrupted_keepsWhatWasLearned() {
        List<String> calls = new ArrayList<>();
        Interruption interruption = new Interruption();
        RunOutcome outcome =
                train("run", LAYERS, 0.05, 5, List.of(recording(calls, run -> interruption.request(2))), interruption);
        assertEquals(Hook.Ending.INTERRUPTED, outcome.ending());
        assertEquals(1, outcome.steps());
        assertEquals("runEnd INTERRUPTED", calls.get(calls.size() - 1));
        assertFalse(calls.contains("epochEnd"));
        assertEquals(
                4,
                ModelFile.read(folder.resolve("run/model.safetensors"))
                        .tensors()
                        .size());
    }

    @Test
    void run_twice_leavesTheSameBytes() throws IOException {
        train("first", LAYERS, 0.05, 3, List.of(), new Interruption());
        train("second", LAYERS, 0.05, 3, List.of(), new Interruption());
        List<String> same = List.of("model.safetensors", "metrics.jsonl", "steps.bin", "chain.jsonl");
        for (String file : same) {
            assertArrayEquals(
                    Files.readAllBytes(folder.resolve("first").resolve(file)),
                    Files.readAllBytes(folder.resolve("second").resolve(file)),
                    file);
        }
        assertEquals(9 * 2 * Double.BYTES, Files.size(folder.resolve("first/steps.bin")));
    }

    @Test
    void run_modelOfAnEarlierEpoch_hasTheFiguresOfThatEpoch() {
        RunOutcome first = train("first", LAYERS, 0.05, 1, List.of(), new Interruption());
        RunOutcome outcome = train("run", LAYERS, 0.05, 4, List.of(keeping(1, 1)), new Interruption());
        assertEquals(OptionalInt.of(1), outcome.epoch());
        assertEquals(first.metrics(), outcome.metrics());
        assertTrue(read("run/run.json").contains("\"epoch\": 1"), read("run/run.json"));
    }

    @Test
    void run_modelOfTheLastEpoch_saysSo() {
        RunOutcome last = train("last", LAYERS, 0.05, 4, List.of(), new Interruption());
        assertEquals(OptionalInt.of(4), last.epoch());
        RunOutcome same = train("same", LAYERS, 0.05, 4, List.of(keeping(4, 1)), new Interruption());
        assertEquals(OptionalInt.of(4), same.epoch());
        assertEquals(last.metrics(), same.metrics());
    }

    @Test
    void run_modelOfNoEpoch_isMeasured() {
        RunOutcome last = train("last", LAYERS, 0.05, 4, List.of(), new Interruption());
        RunOutcome outcome = train("run", LAYERS, 0.05, 4, List.of(keeping(4, 0.5)), new Interruption());
        assertEquals(OptionalInt.empty(), outcome.epoch());
        assertEquals(last.metrics().keySet(), outcome.metrics().keySet());
        assertNotEquals(last.metrics(), outcome.metrics());
        assertTrue(read("run/run.json").contains("\"epoch\": null"), read("run/run.json"));
    }

    @Test
    void run_interruptedWithinAnEpoch_isOfNoEpochAndKeepsItsTensors() {
        Interruption interruption = new Interruption();
        List<HookSpec> hooks = List.of(keeping(1, 1), recording(new ArrayList<>(), run -> {
            if (run.progress().step() == 5) {
                interruption.request(2);
            }
        }));
        RunOutcome first = train("first", LAYERS, 0.05, 1, List.of(), new Interruption());
        RunOutcome outcome = train("run", LAYERS, 0.05, 4, hooks, interruption);
        assertEquals(OptionalInt.empty(), outcome.epoch());
        assertEquals(1, outcome.epochs());
        assertEquals(first.metrics(), outcome.metrics());
    }

    @Test
    void run_learns() {
        RunOutcome few = train("few", LAYERS, 0.05, 1, List.of(), new Interruption());
        RunOutcome many = train("many", LAYERS, 0.05, 200, List.of(), new Interruption());
        assertTrue(many.metrics().get("train.loss") < few.metrics().get("train.loss") / 10);
    }

    @Test
    void run_diverging_saysEpochStepAndParameter() {
        RunException thrown =
                assertThrows(RunException.class, () -> train("run", LAYERS, 1e200, 5, List.of(), new Interruption()));
        assertTrue(
                thrown.getMessage()
                        .matches("(?s)the run diverged in epoch 1, step [123]: the loss is .*dense_[12]\\..*"),
                thrown.getMessage());
        assertTrue(read("run/run.json").contains("\"state\": \"failed\""));
        assertFalse(Files.exists(folder.resolve("run/checkpoints")), "half of a step is nothing to resume from");
    }

    @Test
    void run_hookThrows_failsAndTellsTheOtherHooks() {
        List<String> calls = new ArrayList<>();
        HookSpec throwing = recording(calls, run -> {
            throw new RunException("no more");
        });
        RunException thrown = assertThrows(
                RunException.class, () -> train("run", LAYERS, 0.05, 5, List.of(throwing), new Interruption()));
        assertEquals("no more", thrown.getMessage());
        assertEquals("runEnd FAILED", calls.get(calls.size() - 1));
        assertTrue(read("run/run.json").contains("\"reason\": \"no more\""));
        assertEquals(
                new Checkpoint.Place(1, 0, 1),
                Checkpoint.read(folder.resolve("run/checkpoints/failed.safetensors"))
                        .place());
    }

    @Test
    void run_brokenDataThatNobodyLoaded_trainsNothing() {
        List<String> calls = new ArrayList<>();
        DataSourceSpec broken = context -> LoadingTests.loading(() -> {
            throw new InputException("half of it is missing");
        });
        Data data = new Data(
                broken,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                false,
                new BatchSize(4),
                true);
        InputException thrown = assertThrows(
                InputException.class,
                () -> train("run", data, LAYERS, 0.05, 1, List.of(recording(calls, run -> {})), new Interruption()));
        assertEquals(Optional.of("data.train"), thrown.configPath());
        assertEquals(List.of(), calls);
    }

    /** Return a hook that lets the model be the tensors of an epoch, from 1, times a factor. */
    private static HookSpec keeping(int epoch, double factor) {
        return run -> new Hook() {
            @Override
            public void onEpochEnd() {
                if (run.progress().step() == epoch * run.progress().stepsPerEpoch()) {
                    SortedMap<String, Matrix> kept = new TreeMap<>();
                    run.tensors().forEach((name, tensor) -> {
                        Matrix copy = tensor.copy();
                        for (int i = 0; i < copy.rows(); i++) {
                            for (int j = 0; j < copy.columns(); j++) {
                                copy.set(i, j, factor * copy.get(i, j));
                            }
                        }
                        kept.put(name, copy);
                    });
                    run.finishWith(kept);
                }
            }
        };
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private RunOutcome train(
            String name,
            List<LayerSpec> layers,
            double rate,
            int epochs,
            List<HookSpec> hooks,
            Interruption interruption) {
        Data data = TestNetwork.data(12, Optional.empty(), Optional.empty());
        return train(name, data, layers, rate, epochs, hooks, interruption);
    }

    private RunOutcome train(
            String name,
            Data data,
            List<LayerSpec> layers,
            double rate,
            int epochs,
            List<HookSpec> hooks,
            Interruption interruption) {
        Experiment experiment = TestNetwork.experiment(data, layers, rate, epochs, hooks);
        Datasets datasets = Datasets.open(data, experiment.seed(), TestNetwork.nowhere());
        Kernels kernels = Kernels.of(experiment.precision(), new ThreadTeam(1));
        Assembly assembly = Assembly.of(
                experiment, datasets, target -> List.of(NamedMetric.of(new TestNetwork.MeanCost())), kernels);
        return HandWiring.run(
                        name,
                        assembly,
                        experiment.optimizer().create(assembly.network().parameters(), kernels),
                        RunDirectory.createAt(folder.resolve(name)),
                        CLOCK,
                        silent(),
                        interruption)
                .run();
    }

    private interface AtStep {
        void act(Run run);
    }

    private static HookSpec recording(List<String> calls, AtStep atStep) {
        return run -> new Hook() {
            @Override
            public void onRunStart() {
                calls.add("runStart");
            }

            @Override
            public void onEpochStart() {
                calls.add("epochStart");
            }

            @Override
            public void onStepEnd() {
                calls.add("stepEnd");
                atStep.act(run);
            }

            @Override
            public void onEpochEnd() {
                calls.add("epochEnd");
            }

            @Override
            public void onRunEnd(Ending ending) {
                calls.add("runEnd " + ending);
            }
        };
    }

    private static Console silent() {
        return new Console() {
            @Override
            public boolean live() {
                return false;
            }

            @Override
            public int width() {
                return 80;
            }

            @Override
            public void line(String text) {}

            @Override
            public void status(String text) {}
        };
    }
}
