package dev.chainrule.builtin.loss;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Loss;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.layer.Branches;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.PairFunction;

/**
 * The cost 1 − a·y / (|a|·|y|) of each example, the angle of outputs and targets; ∂C/∂a[j] = (a[j]·(a·y)/|a|² − y[j]) /
 * (|a|·|y|) / batch. Sums over the outputs ascend in float64. If one of the lengths is 0, the cost is 1 and the gradient 0.
 */
@Component("cosine")
@Doc("One minus the cosine of the angle between outputs and targets: only their direction counts, not their length."
        + " The cost of a batch is the mean over its examples.")
public record CosineDistance() implements Loss {
    private static final PairFunction PRODUCT = (a, y, unused) -> a * y;

    @Override
    public void costs(Matrix a, Matrix y, Matrix costs, Kernels kernels) {
        costs.reshape(a.rows(), 1);
        for (int i = 0; i < a.rows(); i++) {
            double lengths = lengths(a, y, i);
            costs.set(i, 0, lengths == 0 ? 1 : 1 - a.sumRow(PRODUCT, y, 0, i) / lengths);
        }
    }

    @Override
    public void gradient(Matrix a, Matrix y, Matrix g, Kernels kernels) {
        g.reshape(a.rows(), a.columns());
        for (int i = 0; i < a.rows(); i++) {
            double lengths = lengths(a, y, i);
            double share = lengths == 0 ? 0 : a.sumRow(PRODUCT, y, 0, i) / a.sumRow(PRODUCT, a, 0, i);
            double factor = lengths == 0 ? 0 : 1 / lengths / a.rows();
            for (int j = 0; j < a.columns(); j++) {
                g.set(i, j, factor * (share * a.get(i, j) - y.get(i, j)));
            }
        }
    }

    private static double lengths(Matrix a, Matrix y, int row) {
        return Math.sqrt(a.sumRow(PRODUCT, a, 0, row)) * Math.sqrt(y.sumRow(PRODUCT, y, 0, row));
    }

    @Override
    public void branches(Matrix a, Matrix y, Branches branches) {
        for (int i = 0; i < a.rows(); i++) {
            if (lengths(a, y, i) == 0) {
                branches.markNotDifferentiable();
            }
        }
    }

    @Override
    public void check(Shape output, Target target) {
        Targets.requireNumbers("cosine", output, target);
        if (output.size() == 1) {
            throw new InputException(
                    "cosine compares directions, but the network has 1 output",
                    "Use the loss quadratic, mae or huber for single numbers.");
        }
    }
}
