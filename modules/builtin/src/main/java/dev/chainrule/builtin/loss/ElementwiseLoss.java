package dev.chainrule.builtin.loss;

import dev.chainrule.api.Component;
import dev.chainrule.api.Loss;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.layer.Branches;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.PairFunction;

/**
 * A cost that is a sum over the outputs, in float64 and ascending: Σⱼ cost(a[j], y[j], p), where p is a number that all share.
 * ∂C/∂a[j] is slope(a[j], y[j], p), rounded to the precision, divided by the batch.
 */
interface ElementwiseLoss extends Loss {
    /** Return the cost of one output, a function of a, y and p. */
    PairFunction cost();

    /** Return the derivative of the cost by a. */
    PairFunction slope();

    /** Return p. */
    default double parameter() {
        return 0;
    }

    /** Add the branch that one output takes, if the slope has kinks. */
    default void branch(double a, double y, Branches branches) {}

    /** Return the name of this loss in YAML. */
    default String name() {
        return getClass().getAnnotation(Component.class).value();
    }

    @Override
    default void costs(Matrix a, Matrix y, Matrix costs, Kernels kernels) {
        kernels.sumRows(cost(), a, y, parameter(), costs);
    }

    @Override
    default void gradient(Matrix a, Matrix y, Matrix g, Kernels kernels) {
        kernels.zip(slope(), a, y, parameter(), g);
        kernels.divide(a.rows(), g);
    }

    @Override
    default void branches(Matrix a, Matrix y, Branches branches) {
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < a.columns(); j++) {
                branch(a.get(i, j), Targets.of(a, y, i, j), branches);
            }
        }
    }

    @Override
    default void check(Shape output, Target target) {
        Targets.requireNumbers(name(), output, target);
    }
}
