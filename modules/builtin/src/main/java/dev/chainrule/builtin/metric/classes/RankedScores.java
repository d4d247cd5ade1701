package dev.chainrule.builtin.metric.classes;

import dev.chainrule.api.Metric;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.training.State;
import dev.chainrule.api.value.Shape;
import dev.chainrule.builtin.metric.Classes;
import dev.chainrule.builtin.metric.Outputs;
import dev.chainrule.math.Matrix;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;

/**
 * The scores of all examples, from which the pairs of an example of a class and one of the rest are counted that are in
 * order, equal scores as half a pair: the statistic U of H. B. Mann and D. R. Whitney, "On a test of whether one of two
 * random variables is stochastically larger than the other", Annals of Mathematical Statistics 18, 1947, divided by the
 * number of pairs. Ranks, with the mean rank for equal scores, give the same U.
 *
 * <p>2U is a whole number and counted as such, so that no order of examples changes a bit; the division is the only
 * rounding below 2⁵² pairs.
 */
final class RankedScores implements Metric.Accumulator {
    private final int ofClass;
    private final ToDoubleBiFunction<double[], double[]> value;
    private final ScoreList members = new ScoreList("members");
    private final ScoreList rest = new ScoreList("rest");

    /**
     * Begin with no examples.
     *
     * @param of the class, if the config specifies one
     * @param value the metric, of the ascending scores of the members and of the rest, at least one each
     */
    RankedScores(Optional<String> of, Target target, ToDoubleBiFunction<double[], double[]> value) {
        this.ofClass = target.isClass()
                ? of.or(() -> Classes.positive(target))
                        .map(target.names()::indexOf)
                        .orElse(1)
                : 1;
        this.value = value;
    }

    @Override
    public void add(Matrix a, Matrix y, Matrix costs) {
        for (int i = 0; i < a.rows(); i++) {
            (isMember(y, i) ? members : rest).add(score(a, i));
        }
    }

    /** Check that a metric of ranked scores can compare such outputs with such targets. */
    static void check(String metric, Optional<String> of, Shape output, Target target) {
        if (!target.isClass()) {
            checkLabel(metric, of, output, target);
            return;
        }
        Classes.require(metric, output, target);
        Classes.requireNamed(of, target);
        if (of.isEmpty() && target.names().size() != 2) {
            throw new InputException(
                    metric + " distinguishes one class from the rest, but the target has "
                            + target.names().size() + " classes",
                    "Specify one with of, as in { type: " + metric + ", of: "
                            + target.names().get(0) + " }.");
        }
    }

    /** Numbers are compared with 1, so there must be one per example. */
    private static void checkLabel(String metric, Optional<String> of, Shape output, Target target) {
        if (target.width() != 1) {
            throw new InputException(
                    metric + " ranks examples by one output, but the target is " + target.width() + " numbers ("
                            + target.listed() + ")",
                    "Use binary_accuracy if each is 0 or 1.");
        }
        of.ifPresent(name -> {
            throw new InputException(
                            metric + " has no class '" + name + "', because the target is a number ("
                                    + target.names().get(0) + ")",
                            "Remove of: examples whose target is 1 are distinguished from the rest.")
                    .atConfig("of");
        });
        Outputs.requireNumbers(metric, output, target);
    }

    private boolean isMember(Matrix y, int row) {
        return y.columns() == 1 ? y.get(row, 0) == ofClass : Target.trueClass(y, row) == ofClass;
    }

    /** Return the score of the class: a single output is the score of class 1, its negative that of class 0. */
    private double score(Matrix a, int row) {
        return a.columns() > 1 ? a.get(row, ofClass) : ofClass == 1 ? a.get(row, 0) : -a.get(row, 0);
    }

    @Override
    public double value() {
        double[] higher = members.sorted();
        double[] lower = rest.sorted();
        return endsUndefined(higher) || endsUndefined(lower) ? Double.NaN : value.applyAsDouble(higher, lower);
    }

    /** Return the share of pairs that are in order; equal scores count half. */
    static double area(double[] higher, double[] lower) {
        long twiceInOrder = 0;
        int below = 0;
        int upTo = 0;
        for (double score : higher) {
            while (below < lower.length && lower[below] < score) {
                below++;
            }
            while (upTo < lower.length && lower[upTo] <= score) {
                upTo++;
            }
            twiceInOrder += (long) below + upTo;
        }
        return twiceInOrder / (2.0 * higher.length * lower.length);
    }

    /**
     * Return the mean precision over the members, Σ (change of recall)·precision over all thresholds, highest first; equal scores
     * are one threshold.
     */
    static double averagePrecision(double[] higher, double[] lower) {
        double sum = 0;
        int found = 0;
        int mistaken = 0;
        while (found < higher.length) {
            double threshold = higher[higher.length - 1 - found];
            int before = found;
            while (found < higher.length && higher[higher.length - 1 - found] >= threshold) {
                found++;
            }
            while (mistaken < lower.length && lower[lower.length - 1 - mistaken] >= threshold) {
                mistaken++;
            }
            sum += (double) (found - before) * found / (found + mistaken);
        }
        return sum / higher.length;
    }

    /** Return whether there is no score, or one that is not a number: sorting puts these last. */
    private static boolean endsUndefined(double[] sorted) {
        return sorted.length == 0 || Double.isNaN(sorted[sorted.length - 1]);
    }

    @Override
    public void save(State to) {
        members.save(to);
        rest.save(to);
    }

    @Override
    public void restore(State from) {
        members.restore(from);
        rest.restore(from);
    }
}
