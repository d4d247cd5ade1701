package dev.chainrule.math.kernel;

import dev.chainrule.math.FunctionLoops;
import dev.chainrule.math.UpdateRule;
import java.lang.invoke.MethodHandles;

/** A loop that applies one class of update rules to arrays of {@code float}. */
public interface FloatUpdateLoop {
    /** The loops of each class of rules. */
    FunctionLoops<FloatUpdateLoop> LOOPS =
            new FunctionLoops<>(MethodHandles.lookup(), FloatUpdateLoopBody.class, FloatUpdateLoop.class);

    /** Update w[i] and its states first[i] and second[i]; second is null if there is one state. */
    void update(UpdateRule rule, float[] w, float[] g, float[] first, float[] second, int from, int to);
}
