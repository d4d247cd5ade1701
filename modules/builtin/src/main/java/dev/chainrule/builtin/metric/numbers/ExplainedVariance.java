package dev.chainrule.builtin.metric.numbers;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Metric;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.api.value.Shape;
import dev.chainrule.builtin.metric.Outputs;

/**
 * The ratio 1 − Var(y − a) / Var(y) of each output, and their mean: r2 for outputs that may all be off by the same number, as in
 * {@code explained_variance_score} of scikit-learn.
 */
@Component("explained_variance")
@Doc("The share of the targets' variance that the outputs explain, whatever their mean error: r2 without a constant"
        + " offset. The mean over outputs.")
public record ExplainedVariance() implements Metric {
    @Override
    public boolean higherIsBetter() {
        return true;
    }

    @Override
    public void check(Shape output, Target target) {
        Outputs.requireNumbers("explained_variance", output, target);
    }

    @Override
    public Bounds values() {
        return VarianceShare.UP_TO_ONE;
    }

    @Override
    public Accumulator start() {
        return new VarianceShare(true);
    }
}
