package dev.chainrule.model.join;

import dev.chainrule.api.layer.Join;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.List;

/** The join out = ((x₀ + x₁) + x₂ + …) / divisor: the sum of its inputs if the divisor is 1, their mean if it is their number. */
record SumJoin(Shape output, int divisor, Kernels kernels) implements Join {
    @Override
    public String label() {
        return divisor == 1 ? "add" : "mean";
    }

    @Override
    public boolean canAccumulate() {
        return true;
    }

    @Override
    public void forward(List<Matrix> xs, Matrix out, Pass pass) {
        out.copyFrom(xs.get(0));
        for (int k = 1; k < xs.size(); k++) {
            kernels.addScaled(1, xs.get(k), out);
        }
        divide(out);
    }

    /** ∂C/∂xₖ = delta / divisor. */
    @Override
    public void backward(List<Matrix> xs, Matrix out, Matrix delta, int input, Matrix dx, Pass pass) {
        dx.copyFrom(delta);
        divide(dx);
    }

    private void divide(Matrix matrix) {
        if (divisor > 1) {
            kernels.divide(divisor, matrix);
        }
    }
}
