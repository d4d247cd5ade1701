package dev.chainrule.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.HookSpec;
import dev.chainrule.api.Run;
import dev.chainrule.api.training.Hook;
import dev.chainrule.api.training.State;
import dev.chainrule.engine.contract.HookContract;
import dev.chainrule.math.Matrix;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HookContractTests {
    enum Fault {
        NONE,
        NEEDS_A_STEP,
        WRITES_PARAMETERS,
        WRITES_GRADIENTS,
        WRITES_INPUTS,
        REMEMBERS_RUNS,
        DEPENDS_ON_THE_TERMINAL
    }

    /** Saves at the end of a run that did not fail. */
    private static final class Saving implements HookSpec {
        private final Fault fault;
        private int runs;

        Saving(Fault fault) {
            this.fault = fault;
        }

        @Override
        public Hook create(Run run) {
            runs++;
            return new Hook() {
                private String last;

                @Override
                public void onStepEnd() {
                    last = "step-" + run.progress().step();
                    switch (fault) {
                        case WRITES_PARAMETERS ->
                            run.parameters().get(0).value().fill(0);
                        case WRITES_GRADIENTS ->
                            run.parameters().get(0).gradient().fill(0);
                        case WRITES_INPUTS ->
                            run.layers().get(0).inputs().get(0).fill(0);
                        default -> {}
                    }
                }

                @Override
                public void onRunEnd(Ending ending) {
                    int length = fault == Fault.NEEDS_A_STEP ? last.length() : 0;
                    if (ending != Ending.FAILED
                            && (fault != Fault.DEPENDS_ON_THE_TERMINAL
                                    || run.console().live())) {
                        run.saveCheckpoint(
                                "end-" + length + (fault == Fault.REMEMBERS_RUNS ? "-" + runs : ""), file -> {});
                    }
                }
            };
        }
    }

    @Test
    void check_hooks_findsWhatIsWrong() {
        assertEquals(List.of(), HookContract.check(new Saving(Fault.NONE)));
        found(
                Fault.NEEDS_A_STEP,
                "its code: expected a result, got 'java.lang.NullPointerException.* in HookContractTests.java, line [0-9]+");
        found(Fault.WRITES_PARAMETERS, "dense_1.weights after a run at \\[0, 0]: expected .*, got 0");
        found(Fault.WRITES_GRADIENTS, "gradient of dense_1.weights after a run at \\[0, 0]: expected .*, got 0");
        found(Fault.WRITES_INPUTS, "x of dense_1 after a run at \\[0, 0]: expected .*, got 0");
        found(
                Fault.REMEMBERS_RUNS,
                "its actions in a run that is repeated: expected \\[saved end-0-2, .*], got \\[saved end-0-3, .*]");
        found(
                Fault.DEPENDS_ON_THE_TERMINAL,
                "its actions in a run at a terminal: expected \\[left \\[]], "
                        + "got \\[saved end-0, left \\[end-0.safetensors]]");
    }

    private static void found(Fault fault, String pattern) {
        String text = HookContract.check(new Saving(fault)).get(0).text();
        assertTrue(text.matches(pattern), fault + ": " + text);
    }

    enum Forgets {
        NOTHING,
        TO_SAVE,
        TO_RESTORE,
        TO_SAVE_THE_MODEL,
        TO_DELETE
    }

    /** Keeps one checkpoint, of the lowest loss so far, and chooses the parameters it had for the model. */
    private record Lowest(Forgets forgets) implements HookSpec {
        @Override
        public Hook create(Run run) {
            return new Keeper(forgets, run);
        }
    }

    private static final class Keeper implements Hook {
        private final Forgets forgets;
        private final Run run;
        private final SortedMap<String, Matrix> best = new TreeMap<>();
        private double lowest = Double.POSITIVE_INFINITY;
        private String kept = "";

        Keeper(Forgets forgets, Run run) {
            this.forgets = forgets;
            this.run = run;
            run.finishWith(best);
        }

        @Override
        public void onEpochEnd() {
            List<Double> losses = run.progress().history().values("validation.loss");
            double loss = losses.get(losses.size() - 1);
            if (loss < lowest) {
                lowest = loss;
                run.tensors().forEach((name, tensor) -> best.put(name, tensor.copy()));
                String old = kept;
                kept = "lowest-" + run.progress().step();
                run.saveCheckpoint(kept, file -> delete(file.resolveSibling(old + ".safetensors")));
            }
        }

        @Override
        public void save(State to) {
            if (forgets != Forgets.TO_SAVE) {
                to.put("lowest", lowest);
            }
            if (forgets != Forgets.TO_DELETE) {
                to.put("kept", kept);
            }
            if (forgets != Forgets.TO_SAVE_THE_MODEL) {
                best.forEach(to::put);
            }
        }

        @Override
        public void restore(State from) {
            if (forgets != Forgets.TO_SAVE && forgets != Forgets.TO_RESTORE) {
                lowest = from.number("lowest");
            }
            if (forgets != Forgets.TO_DELETE) {
                kept = from.text("kept");
            }
            best.putAll(from.matrices());
        }

        private static void delete(Path file) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void check_hooksThatForget_saysWhenAndWhat() {
        assertEquals(List.of(), HookContract.check(new Lowest(Forgets.NOTHING)));
        // After the third epoch comes a higher loss, which is saved by who does not remember the lower one.
        forgotten(
                Forgets.TO_SAVE,
                "its actions in a run that is resumed after epoch 3: expected .*, got .*saved lowest-12.*");
        forgotten(
                Forgets.TO_RESTORE,
                "its actions in a run that is resumed after epoch 3: expected .*, got .*saved lowest-12.*");
        forgotten(
                Forgets.TO_SAVE_THE_MODEL,
                "its actions in a run that is resumed after epoch 3: expected .*, model: dense_1.biases begins "
                        + "with 9, .*, "
                        + "got \\[chose the tensors of the model, saved lowest-3, saved lowest-6, saved "
                        + "lowest-9, left .*");
        forgotten(
                Forgets.TO_DELETE,
                "its actions in a run that is resumed after epoch 1: expected .*left \\[lowest-9.safetensors]], "
                        + "got .*left \\[lowest-3.safetensors, lowest-9.safetensors]]");
    }

    private static void forgotten(Forgets fault, String pattern) {
        String text = HookContract.check(new Lowest(fault)).get(0).text();
        assertTrue(text.matches(pattern), fault + ": " + text);
    }
}
