package dev.chainrule.builtin.metric;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Metric;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.api.value.Shape;
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
        if (!target.isClass()) {
            checkLabel(output, target);
            return;
        }
        Classes.require("auc", output, target);
        Classes.requireNamed(of, target);
        if (of.isEmpty() && target.names().size() != 2) {
            throw new InputException(
                    "auc distinguishes one class from the rest, but the target has "
                            + target.names().size() + " classes",
                    "Specify one with of, as in { type: auc, of: "
                            + target.names().get(0) + " }.");
        }
    }

    /** Numbers are compared with 1, so there must be one per example. */
    private void checkLabel(Shape output, Target target) {
        if (target.width() != 1) {
            throw new InputException(
                    "auc ranks examples by one output, but the target is " + target.width() + " numbers ("
                            + target.listed() + ")",
                    "Use binary_accuracy if each is 0 or 1.");
        }
        of.ifPresent(name -> {
            throw new InputException(
                            "auc has no class '" + name + "', because the target is a number ("
                                    + target.names().get(0) + ")",
                            "Remove of: examples whose target is 1 are distinguished from the rest.")
                    .atConfig("of");
        });
        Outputs.requireNumbers("auc", output, target);
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
        return new RankedScores(target.isClass() ? classNumber(target) : 1);
    }

    private int classNumber(Target target) {
        return of.or(() -> Classes.positive(target))
                .map(target.names()::indexOf)
                .orElse(1);
    }
}
