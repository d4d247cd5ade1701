package dev.chainrule.builtin.metric.classes;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.api.value.Shape;
import dev.chainrule.builtin.metric.Classes;
import java.util.Optional;

/** The recall right / actual of a class, or a mean over classes. */
@Component("recall")
@Doc("The share of a class's examples that are predicted to belong to it. 0/0 is 0.")
public record Recall(
        @Doc("The class to measure. Without it and average: of two classes, the one called 1, true or yes; "
                + "otherwise, the mean over all.")
        Optional<String> of,

        @Doc("The mean over all classes: macro weights them equally, weighted by their examples, micro adds "
                + "the counts.")
        Optional<Average> average,

        @Doc("Of two classes, the second is predicted if its output is above this: above 0 and below 1. By default, the"
                + " class with the larger output is, and with a single output the threshold is 0.5.")
        Optional<Double> threshold)
        implements ClassMetric {
    public Recall {
        ClassScore.require(of, average, threshold);
    }

    @Override
    public boolean judgesClasses() {
        return threshold.isEmpty();
    }

    @Override
    public void check(Shape output, Target target) {
        ClassScore.RECALL.check(of, threshold, output, target);
    }

    @Override
    public Bounds values() {
        return Bounds.FRACTIONS;
    }

    @Override
    public Accumulator start() {
        throw Classes.unknown("recall");
    }

    @Override
    public Accumulator start(Target target) {
        return ClassScore.RECALL.start(of, average, threshold, target);
    }
}
