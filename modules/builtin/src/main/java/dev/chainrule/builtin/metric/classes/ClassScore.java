package dev.chainrule.builtin.metric.classes;

import dev.chainrule.api.Metric;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.value.Shape;
import dev.chainrule.builtin.metric.Classes;
import java.util.Locale;
import java.util.Optional;

/**
 * The quality of one class, computed from its counts. 0/0, as for a class without examples and without predictions, is
 * 0: the {@code zero_division=0} of scikit-learn, whose {@code labels} are then all classes of the target.
 */
enum ClassScore {
    /** The share of right ones among those predicted as the class. */
    PRECISION {
        @Override
        double of(double right, double predicted, double actual) {
            return ratio(right, predicted);
        }
    },
    /** The share of right ones among those of the class. */
    RECALL {
        @Override
        double of(double right, double predicted, double actual) {
            return ratio(right, actual);
        }
    },
    /** The harmonic mean of both: 2·right / (predicted + actual). */
    F1 {
        @Override
        double of(double right, double predicted, double actual) {
            return ratio(2 * right, predicted + actual);
        }
    };

    /** Return the quality of a class. */
    abstract double of(double right, double predicted, double actual);

    private static double ratio(double part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }

    /**
     * Check the parameters of a metric that is this quality of one class, or a mean over classes.
     *
     * @throws ParameterException if both of and average are given, or the threshold is out of range
     */
    static void require(Optional<String> of, Optional<Average> average, Optional<Double> threshold) {
        threshold.ifPresent(
                limit -> ParameterException.require(limit > 0 && limit < 1, "threshold", limit, "above 0 and below 1"));
        ParameterException.require(
                of.isEmpty() || average.isEmpty(),
                "average",
                "given together with of",
                "one of the two: of, for one class, or average, for all");
    }

    /** Check that such a metric can compare such outputs with such targets. */
    void check(Optional<String> of, Optional<Double> threshold, Shape output, Target target) {
        Classes.require(name().toLowerCase(Locale.ROOT), output, target);
        Classes.requireNamed(of, target);
        if (threshold.isPresent() && target.names().size() != 2) {
            throw new InputException(
                            "threshold decides between two classes, but the target has "
                                    + target.names().size(),
                            "Remove it: the class with the largest output is the predicted one.")
                    .atConfig("threshold");
        }
    }

    /** Begin an evaluation of such a metric. */
    Metric.Accumulator start(
            Optional<String> of, Optional<Average> average, Optional<Double> threshold, Target target) {
        Optional<String> one = of.or(() -> average.isPresent() ? Optional.empty() : Classes.positive(target));
        int c = one.map(target.names()::indexOf).orElse(-1);
        Average mean = average.orElse(Average.MACRO);
        return new ClassCounts(
                target.names().size(),
                threshold,
                counts -> c < 0 ? mean.of(this, counts) : of(counts.right(c), counts.predicted(c), counts.actual(c)));
    }
}
