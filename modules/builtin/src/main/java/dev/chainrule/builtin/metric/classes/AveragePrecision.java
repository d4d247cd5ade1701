package dev.chainrule.builtin.metric.classes;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Metric;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.api.value.Shape;
import dev.chainrule.builtin.metric.Classes;
import java.util.Optional;

/**
 * The average precision of one class against the rest: Σ (Rₖ − Rₖ₋₁)·Pₖ over the thresholds k, highest first, where P and R are precision and
 * recall if all scores from the threshold on are predicted to belong to the class, as in {@code average_precision_score} of
 * scikit-learn. The scores are those of {@link AreaUnderCurve}.
 */
@Component("average_precision")
@Doc(
        "The area under the curve of precision and recall of one class against the rest: for rare classes. By chance, it is"
                + " the share of the class. Not a number if all examples belong to the class, or none.")
public record AveragePrecision(
        @Doc("The class to distinguish from the rest. Required for more than two classes; of two, the "
                + "default is the one called 1, true or yes, otherwise the second.")
        Optional<String> of)
        implements Metric {
    @Override
    public boolean higherIsBetter() {
        return true;
    }

    @Override
    public void check(Shape output, Target target) {
        RankedScores.check("average_precision", of, output, target);
    }

    @Override
    public Bounds values() {
        return Bounds.FRACTIONS;
    }

    @Override
    public Accumulator start() {
        throw Classes.unknown("average_precision");
    }

    @Override
    public Accumulator start(Target target) {
        return new RankedScores(of, target, RankedScores::averagePrecision);
    }
}
