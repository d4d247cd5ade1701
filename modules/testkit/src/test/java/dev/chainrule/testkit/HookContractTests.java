package dev.chainrule.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.Hook;
import dev.chainrule.api.HookSpec;
import dev.chainrule.api.Run;
import dev.chainrule.engine.contract.HookContract;
import java.util.List;
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
                        case WRITES_INPUTS -> run.layers().get(0).x().fill(0);
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
                "what it does in a run that is repeated: expected \\[saved end-0-2], got \\[saved end-0-3]");
        found(Fault.DEPENDS_ON_THE_TERMINAL, "what it does in a run at a terminal: expected \\[], got \\[saved end-0]");
    }

    private static void found(Fault fault, String pattern) {
        String text = HookContract.check(new Saving(fault)).get(0).text();
        assertTrue(text.matches(pattern), fault + ": " + text);
    }
}
