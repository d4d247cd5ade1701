package dev.chainrule.engine.check;

import dev.chainrule.api.layer.Branches;
import dev.chainrule.math.Matrix;
import java.util.Optional;

/**
 * A matrix θ and the cost that depends on it, for which backpropagation computes ∂cost/∂θ.
 *
 * @param layer whose equation it is, or the name of the loss
 * @param name of the perturbed matrix: {@code dense_1.weights}
 * @param value that is computed from θ first: by the stage that takes it or by the first of the layer that owns it; for a sum, θ itself
 * @param use that θ is the input of; none if θ is a parameter, a sum or the network's output
 * @param theta perturbed, then restored
 * @param cost of the whole batch
 */
record Quantity(Equation equation, String layer, String name, int value, Optional<Use> use, Matrix theta, Cost cost) {
    /** A cost that is evaluated with the present θ. */
    interface Cost {
        /**
         * Return the cost and record the branches taken.
         *
         * @param theta the perturbed element's value, for a cost with kinks in θ itself
         */
        double evaluate(double theta, Branches branches);
    }

    /** Return the cost as a function of one element. */
    Curve curve(int row, int column) {
        Branches branches = new Branches();
        return value -> {
            double before = theta.get(row, column);
            theta.set(row, column, value);
            branches.clear();
            double evaluated = cost.evaluate(value, branches);
            theta.set(row, column, before);
            return new Curve.Point(evaluated, branches.fingerprint(), branches.differentiable());
        };
    }
}
