package dev.chainrule.model.cost;

import dev.chainrule.api.layer.Branches;
import dev.chainrule.api.layer.CostlyStage;
import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.PairFunction;

/**
 * The node out = x, which costs Σⱼ (l1·|xⱼ| + l2·½·xⱼ²) for each example, each term and the sum in float64, j ascending from +0, rounded
 * once.
 */
final class ActivityNode implements Node, CostlyStage {
    private final double l1;
    private final Shape shape;
    private final Kernels kernels;
    private final PairFunction cost;
    /** delta plus the gradient of the cost, given the number of examples. */
    private final PairFunction gradient;

    private final Matrix costs;

    ActivityNode(double l1, double l2, Shape shape, Kernels kernels) {
        this.l1 = l1;
        this.shape = shape;
        this.kernels = kernels;
        this.cost = (x, same, unused) -> l1 * Math.abs(x) + l2 * 0.5 * x * x;
        this.gradient = (x, delta, examples) -> delta + (l1 * Math.signum(x) + l2 * x) / examples;
        this.costs = kernels.matrix(0, 1);
    }

    @Override
    public String label() {
        return "activity_regularizer";
    }

    @Override
    public Shape output() {
        return shape;
    }

    @Override
    public long kept(int batch, int most) {
        return batch;
    }

    @Override
    public void forward(Matrix x, Matrix out, Pass pass) {
        out.copyFrom(x);
        if (pass.training()) {
            kernels.sumRows(cost, x, x, 0, costs);
        }
    }

    /** ∂C/∂x = delta + (l1·sign(x) + l2·x) / m. */
    @Override
    public void backward(Matrix x, Matrix out, Matrix delta, Matrix dx, Pass pass) {
        if (pass.training()) {
            kernels.zip(gradient, x, delta, pass.batch(x.rows()), dx);
        } else {
            dx.copyFrom(delta);
        }
    }

    @Override
    public void branches(Matrix x, Matrix out, Branches branches) {
        for (int i = 0; l1 > 0 && i < x.rows(); i++) {
            for (int j = 0; j < x.columns(); j++) {
                branches.addSide(x.get(i, j), 0);
            }
        }
    }

    @Override
    public String costLabel() {
        return "activity";
    }

    @Override
    public Matrix costs() {
        return costs;
    }
}
