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
 * The area under the ROC curve: the share of pairs of an example of the class and one of the rest in which the first
 * has the higher score. Equal scores count half. The score is the output of the class; if a single output separates two
 * classes, a lower output is a higher score of the first class.
 */
@Component("auc")
@Doc("The area under the ROC curve of one class against the rest: 1 if its examples have the highest "
        + "outputs, 0.5 by chance. Not a number if all examples belong to the class, or none.")
public record AreaUnderCurve(
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
        RankedScores.check("auc", of, output, target);
    }

    @Override
    public Bounds values() {
        return Bounds.FRACTIONS;
    }

    @Override
    public Accumulator start() {
        throw Classes.unknown("auc");
    }

    @Override
    public Accumulator start(Target target) {
        return new RankedScores(of, target, RankedScores::area);
    }
}
