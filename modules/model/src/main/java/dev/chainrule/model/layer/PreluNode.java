package dev.chainrule.model.layer;

import dev.chainrule.api.Parameter;
import dev.chainrule.api.layer.Branches;
import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.CommonFunction;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;

/** The node out = max(0, x) + slopes ⊙ min(0, x), with a row of slopes [1, channels]. The derivative at 0 is the slope. */
final class PreluNode implements Node {
    private final Parameter slopes;
    private final Shape shape;
    private final Kernels kernels;

    private final Matrix part; // the part below 0, of x or of delta [batch, channels]

    PreluNode(Parameter slopes, Shape shape, Kernels kernels) {
        this.slopes = slopes;
        this.shape = shape;
        this.kernels = kernels;
        this.part = kernels.matrix(0, 0);
    }

    @Override
    public String label() {
        return "prelu";
    }

    @Override
    public Shape output() {
        return shape;
    }

    @Override
    public boolean canAccumulate() {
        return true;
    }

    @Override
    public long kept(int batch, int most) {
        return (long) most * shape.size();
    }

    @Override
    public void forward(Matrix x, Matrix out, Pass pass) {
        below(x);
        kernels.multiplyRow(part, slopes.value(), part);
        kernels.map(CommonFunction.RELU, x, out);
        kernels.addScaled(1, part, out);
    }

    /** Compute min(0, x) = x − max(0, x), which is exact. */
    private void below(Matrix x) {
        kernels.map(CommonFunction.RELU, x, part);
        kernels.scale(-1, part);
        kernels.addScaled(1, x, part);
    }

    /** Compute ∂C/∂slopes = Σᵢ delta ⊙ min(0, x), over the examples. */
    @Override
    public void gradients(Matrix x, Matrix out, Matrix delta, Pass pass) {
        below(x);
        kernels.columnDots(delta, part, slopes.gradient(), pass.accumulates());
    }

    /** Compute ∂C/∂x = delta where x &gt; 0, else slopes ⊙ delta. */
    @Override
    public void backward(Matrix x, Matrix out, Matrix delta, Matrix dx, Pass pass) {
        kernels.mapBackward(CommonFunction.RELU, x, out, delta, dx);
        part.reshape(delta.rows(), delta.columns());
        part.copyFrom(delta);
        kernels.addScaled(-1, dx, part); // delta where x ≤ 0, else 0
        kernels.multiplyRow(part, slopes.value(), part);
        kernels.addScaled(1, part, dx);
    }

    @Override
    public void branches(Matrix x, Matrix out, Branches branches) {
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.columns(); j++) {
                branches.addSide(x.get(i, j), 0);
            }
        }
    }
}
