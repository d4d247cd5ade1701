package dev.chainrule.builtin.metric.classes;

import dev.chainrule.api.Metric;

/** A metric of the predicted classes; higher is better. */
interface ClassMetric extends Metric {
    @Override
    default boolean higherIsBetter() {
        return true;
    }

    @Override
    default boolean judgesClasses() {
        return true;
    }
}
