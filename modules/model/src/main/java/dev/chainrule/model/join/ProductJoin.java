package dev.chainrule.model.join;

import dev.chainrule.api.layer.Join;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.List;

/** The join out = (x₀ ⊙ x₁) ⊙ x₂ ⊙ …. */
record ProductJoin(Shape output, Kernels kernels) implements Join {
    @Override
    public String label() {
        return "multiply";
    }

    @Override
    public void forward(List<Matrix> xs, Matrix out, Pass pass) {
        out.copyFrom(xs.get(0));
        for (int k = 1; k < xs.size(); k++) {
            kernels.hadamard(out, xs.get(k), out);
        }
    }

    /** ∂C/∂xₖ = delta ⊙ the other inputs, ascending. */
    @Override
    public void backward(List<Matrix> xs, Matrix out, Matrix delta, int input, Matrix dx, Pass pass) {
        dx.copyFrom(delta);
        for (int k = 0; k < xs.size(); k++) {
            if (k != input) {
                kernels.hadamard(dx, xs.get(k), dx);
            }
        }
    }
}
