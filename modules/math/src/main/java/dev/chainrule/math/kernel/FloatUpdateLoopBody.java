package dev.chainrule.math.kernel;

import dev.chainrule.math.UpdateRule;

/** The loops that {@link FloatUpdateLoop#LOOPS} defines once more for each class of rules. */
public final class FloatUpdateLoopBody implements FloatUpdateLoop {
    /** Create the loops. */
    public FloatUpdateLoopBody() {}

    @Override
    public void update(UpdateRule rule, float[] w, float[] g, float[] first, float[] second, int from, int to) {
        if (second == null) {
            for (int i = from; i < to; i++) {
                float parameter = w[i];
                float gradient = g[i];
                float state = first[i];
                w[i] = rule.parameter(parameter, gradient, state, 0);
                first[i] = rule.first(parameter, gradient, state, 0);
            }
        } else {
            for (int i = from; i < to; i++) {
                float parameter = w[i];
                float gradient = g[i];
                float state = first[i];
                float other = second[i];
                w[i] = rule.parameter(parameter, gradient, state, other);
                first[i] = rule.first(parameter, gradient, state, other);
                second[i] = rule.second(parameter, gradient, state, other);
            }
        }
    }
}
