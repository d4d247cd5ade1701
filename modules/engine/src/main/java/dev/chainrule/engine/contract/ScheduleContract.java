package dev.chainrule.engine.contract;

import dev.chainrule.api.Schedule;
import dev.chainrule.api.training.History;
import dev.chainrule.api.training.Progress;
import dev.chainrule.math.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The contract of every {@link Schedule}, checked over runs of different lengths:
 *
 * <ul>
 *   <li>each rate is finite and 0 or more, with metrics recorded and without;
 *   <li>a rate is a function of progress and history alone: computed again, and in the opposite order, as in a resumed run, it
 *       is bit-identical.
 * </ul>
 */
public final class ScheduleContract {
    private static final int[][] RUNS = {{10, 6}, {1, 20}, {100, 1}, {7, 9}};

    private ScheduleContract() {}

    /** Return everything that breaks the contract; empty if it is kept. */
    public static List<Finding> check(Schedule schedule) {
        return Findings.of(findings -> check(schedule, "rate", findings));
    }

    static void check(Schedule schedule, String what, Findings findings) {
        for (int[] run : RUNS) {
            for (boolean measured : new boolean[] {false, true}) {
                check(schedule, what, run[0], run[1], measured, findings);
            }
        }
    }

    private static void check(
            Schedule schedule, String what, int stepsPerEpoch, int epochs, boolean measured, Findings findings) {
        int steps = stepsPerEpoch * epochs;
        double[] rates = new double[steps];
        for (int step = 0; step < steps; step++) {
            rates[step] = schedule.rate(at(step, stepsPerEpoch, epochs, measured));
            if (!(rates[step] >= 0) || Double.isInfinite(rates[step])) {
                findings.add(
                        what,
                        "a finite number, 0 or more",
                        Numbers.format(rates[step]),
                        place(step, stepsPerEpoch, epochs));
                return;
            }
        }
        for (int step = steps - 1; step >= 0; step--) {
            double again = schedule.rate(at(step, stepsPerEpoch, epochs, measured));
            if (Double.compare(again, rates[step]) != 0) {
                findings.add(what + " called again", rates[step], again, place(step, stepsPerEpoch, epochs));
                return;
            }
        }
    }

    private static String place(int step, int stepsPerEpoch, int epochs) {
        return "step " + step + " of " + epochs + " epochs of " + stepsPerEpoch + " steps";
    }

    private static Progress at(int step, int stepsPerEpoch, int epochs, boolean measured) {
        return Progress.at(step, stepsPerEpoch, epochs, measured ? new Measured(step / stepsPerEpoch) : History.EMPTY);
    }

    /** A history with losses that fall, then stay, and an accuracy that rises. */
    private record Measured(int finished) implements History {
        @Override
        public Set<String> metrics() {
            return new TreeSet<>(List.of("train.loss", "validation.loss", "validation.accuracy"));
        }

        @Override
        public List<Double> values(String metric) {
            List<Double> values = new ArrayList<>();
            for (int epoch = 0; epoch < finished && metrics().contains(metric); epoch++) {
                double loss = 1.0 / (1 + Math.min(epoch, 2));
                values.add(metric.endsWith("accuracy") ? 1 - loss / 2 : loss);
            }
            return values;
        }
    }
}
