package dev.chainrule.builtin.metric;

import dev.chainrule.api.Metric;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.training.State;
import dev.chainrule.math.Matrix;

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
    private final ScoreList members = new ScoreList("members");
    private final ScoreList rest = new ScoreList("rest");

    /**
     * Begin with no examples.
     *
     * @param ofClass the number of the class; 1 for targets that are a number
     */
    RankedScores(int ofClass) {
        this.ofClass = ofClass;
    }

    @Override
    public void add(Matrix a, Matrix y, Matrix costs) {
        for (int i = 0; i < a.rows(); i++) {
            (isMember(y, i) ? members : rest).add(score(a, i));
        }
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
        if (endsUndefined(higher) || endsUndefined(lower)) {
            return Double.NaN;
        }
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
