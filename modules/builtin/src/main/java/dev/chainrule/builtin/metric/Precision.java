package dev.chainrule.builtin.metric;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Metric;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.api.value.Shape;
import java.util.Optional;

/** The precision right / predicted of a class, or a mean over classes. */
@Component("precision")
@Doc("The share of right ones among the examples that are taken for a class. 0/0 is 0.")
public record Precision(
        @Doc(
                "The class that is measured. Without it, and without average: of two classes the one called 1, true or yes, else"
                        + " the mean over all.")
        Optional<String> of,

        @Doc(
                "The mean over all classes: macro counts every class the same, weighted by its examples, micro adds the counts.")
        Optional<Average> average)
        implements Metric {
    public Precision {
        ClassScore.requireOne(of, average);
    }

    @Override
    public boolean higherIsBetter() {
        return true;
    }

    @Override
    public void check(Shape output, Target target) {
        ClassScore.PRECISION.check(of, output, target);
    }

    @Override
    public Bounds values() {
        return Bounds.FRACTIONS;
    }

    @Override
    public Accumulator start() {
        throw Classes.unknown("precision");
    }

    @Override
    public Accumulator start(Target target) {
        return ClassScore.PRECISION.start(of, average, target);
    }
}
