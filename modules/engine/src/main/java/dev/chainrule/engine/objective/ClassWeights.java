package dev.chainrule.engine.objective;

import dev.chainrule.api.data.Target;
import dev.chainrule.math.Matrix;

/** The weights of examples in the cost that training minimises, by class. */
public final class ClassWeights {
    /** Every example counts once, with or without classes. */
    public static final ClassWeights NONE = new ClassWeights();

    private final double[] weights;

    /**
     * Create weights.
     *
     * @param weights by the classes' numbers, each 0 or more; none if every example counts once
     */
    public ClassWeights(double... weights) {
        this.weights = weights.clone();
    }

    boolean areGiven() {
        return weights.length > 0;
    }

    /** Return the weight of an example whose target is a class. */
    double of(Matrix y, int row) {
        return weights[Target.trueClass(y, row)];
    }
}
