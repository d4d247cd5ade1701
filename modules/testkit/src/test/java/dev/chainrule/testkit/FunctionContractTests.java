package dev.chainrule.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.Initializer;
import dev.chainrule.api.Regularizer;
import dev.chainrule.api.Schedule;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.training.Progress;
import dev.chainrule.engine.contract.Finding;
import dev.chainrule.engine.contract.InitializerContract;
import dev.chainrule.engine.contract.RecordContract;
import dev.chainrule.engine.contract.RegularizerContract;
import dev.chainrule.engine.contract.ScheduleContract;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Components that are functions and keep nothing: schedules, initializers, regularizers; and records as such. */
class FunctionContractTests {
    /** Keeps count of its calls, as no schedule may. */
    private static final class Counting implements Schedule {
        private int calls;

        @Override
        public double rate(Progress progress) {
            return 1.0 / ++calls;
        }
    }

    @Test
    void check_schedules_findsWhatIsWrong() {
        assertEquals(List.of(), ScheduleContract.check(progress -> 1.0 / (1 + progress.step())));
        assertFirst(
                "rate at step 0 of 6 epochs of 10 steps: expected a finite number, 0 or more, got .inf",
                ScheduleContract.check(progress -> 1.0 / progress.step()));
        assertFirst(
                "rate called again at step 59 of 6 epochs of 10 steps: expected 0.016666666666666666, got "
                        + "0.01639344262295082",
                ScheduleContract.check(new Counting()));
        assertFirst(
                "its code: expected a result, got 'java.lang.ArrayIndexOutOfBoundsException: .*",
                ScheduleContract.check(
                        progress -> progress.history().values("train.loss").get(0)));
    }

    @Test
    void check_initializers_findsWhatIsWrong() {
        assertEquals(List.of(), InitializerContract.check((w, in, out, draws) -> fill(w, draws, 0)));
        assertFirst(
                "w \\[1, 1] at \\[0, 0]: expected a finite number, got .nan",
                InitializerContract.check((w, in, out, draws) -> {}));
        int[] calls = {0};
        assertFirst(
                "w \\[1, 1] filled again at \\[0, 0]: expected .*, got .*",
                InitializerContract.check((w, in, out, draws) -> fill(w, draws, ++calls[0])));
        assertFirst(
                "float32 w \\[1, 1] at \\[0, 0]: expected 8, got 4",
                InitializerContract.check(
                        (w, in, out, draws) -> w.fill(w.precision().bytes())));
        assertFirst("rows of w \\[1, 1]: expected 1, got 2", InitializerContract.check((w, in, out, draws) -> {
            w.reshape(2, 1);
            w.fill(0);
        }));
        assertFirst(
                "shapes accepted: expected one at least, got none.*", InitializerContract.check((w, in, out, draws) -> {
                    throw new InputException("no");
                }));
    }

    private static void fill(Matrix w, Draws draws, double offset) {
        for (int i = 0; i < w.rows(); i++) {
            for (int j = 0; j < w.columns(); j++) {
                w.set(i, j, offset + draws.normal());
            }
        }
    }

    /** R/n = Σw²/n, with factors that are 1 where all is right. */
    record Squares(double gradient, double examples, boolean overwrites, double... kinks) implements Regularizer {
        @Override
        public double cost(Matrix w, long n, Kernels kernels) {
            return kernels.sumOfSquares(w) / (examples * n + (1 - examples));
        }

        @Override
        public void addGradient(Matrix w, long n, Matrix g, Kernels kernels) {
            if (overwrites) {
                g.fill(0);
            }
            kernels.addScaled(2 * gradient / (examples * n + (1 - examples)), w, g);
        }
    }

    /** R/n = Σ|w|/n, whose kink is not named. */
    record Kinked() implements Regularizer {
        @Override
        public double cost(Matrix w, long n, Kernels kernels) {
            return kernels.sumOfMagnitudes(w) / n;
        }

        @Override
        public void addGradient(Matrix w, long n, Matrix g, Kernels kernels) {
            kernels.zip((a, b, c) -> a + (b >= 0 ? 1 : -1) * c, g, w, 1.0 / n, g);
        }
    }

    @Test
    void check_regularizers_findsWhatIsWrong() {
        assertEquals(List.of(), RegularizerContract.check(new Squares(1, 1, false)));
        assertFirst("∂C/∂w at w = .*: expected .*, got .*", RegularizerContract.check(new Squares(2, 1, false)));
        assertFirst("∂C/∂w added to 1 at w = .*", RegularizerContract.check(new Squares(1, 1, true)));
        assertFirst("cost with twice the examples: .*", RegularizerContract.check(new Squares(1, 0, false)));
        assertFirst(
                "∂C/∂w \\(it jumps here: kinks\\(\\) must report the place\\) at w = 0: expected 0, got 0.25",
                RegularizerContract.check(new Kinked()));
    }

    record Listed(List<Double> values) {}

    @Test
    void check_records_findsUnequalTwins() {
        assertEquals(List.of(), RecordContract.check(new Listed(List.of(1.0))));
        assertFirst("made again from its parameters: .*", RecordContract.check(new Copied(1.0)));
        assertFirst(
                "its code: expected a result, got '.*refuses the record's own parameters.*",
                RecordContract.check(new Picky(1)));
    }

    /** An array that is copied is never equal to the one before. */
    record Copied(double... values) implements Initializer {
        Copied {
            values = Arrays.copyOf(values, values.length);
        }

        @Override
        public void fill(Matrix w, int fanIn, int fanOut, Draws draws) {
            w.fill(values[0]);
        }
    }

    /** Changes its parameter to one that it would refuse. */
    record Picky(int count) {
        Picky {
            if (count != 1) {
                throw new IllegalArgumentException("count is " + count);
            }
            count = 2;
        }
    }

    private static void assertFirst(String pattern, List<Finding> findings) {
        assertTrue(!findings.isEmpty(), "nothing found");
        String text = findings.get(0).text();
        assertTrue(text.matches(pattern), text);
    }
}
