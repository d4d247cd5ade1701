package dev.chainrule.builtin.metric.classes;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.api.value.Shape;
import dev.chainrule.builtin.metric.Classes;

/** The mean recall over the classes that have examples, as in {@code balanced_accuracy_score} of scikit-learn. */
@Component("balanced_accuracy")
@Doc("The mean of the recall of all classes. Classes without examples are ignored.")
public record BalancedAccuracy() implements ClassMetric {
    @Override
    public void check(Shape output, Target target) {
        Classes.require("balanced_accuracy", output, target);
    }

    @Override
    public Bounds values() {
        return Bounds.FRACTIONS;
    }

    @Override
    public Accumulator start() {
        throw Classes.unknown("balanced_accuracy");
    }

    @Override
    public Accumulator start(Target target) {
        return new ClassCounts(target.names().size(), BalancedAccuracy::meanRecall);
    }

    private static double meanRecall(ClassCounts counts) {
        double sum = 0;
        int present = 0;
        for (int c = 0; c < counts.classes(); c++) {
            if (counts.actual(c) > 0) {
                sum += counts.right(c) / counts.actual(c);
                present++;
            }
        }
        return sum / present;
    }
}
