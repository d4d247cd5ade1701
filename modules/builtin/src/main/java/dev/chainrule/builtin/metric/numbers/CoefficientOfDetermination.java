package dev.chainrule.builtin.metric.numbers;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Metric;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.api.value.Shape;
import dev.chainrule.builtin.metric.Outputs;

/**
 * R² = 1 − Σᵢ (yᵢ − aᵢ)² / Σᵢ (yᵢ − ȳ)² of each output, and their mean. If the targets of an output are all equal, it
 * is 1 if the outputs equal them, else 0, as in {@code r2_score} of scikit-learn.
 */
@Component("r2")
@Doc(
        "The share of the targets' variance that the outputs explain: 1 is exact, 0 is no better than the mean. The mean over outputs.")
public record CoefficientOfDetermination() implements Metric {
    @Override
    public boolean higherIsBetter() {
        return true;
    }

    @Override
    public void check(Shape output, Target target) {
        Outputs.requireNumbers("r2", output, target);
    }

    @Override
    public Bounds values() {
        return VarianceShare.UP_TO_ONE;
    }

    @Override
    public Accumulator start() {
        return new VarianceShare(false);
    }
}
