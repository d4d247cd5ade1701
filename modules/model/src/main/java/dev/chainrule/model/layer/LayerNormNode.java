package dev.chainrule.model.layer;

import dev.chainrule.api.Parameter;
import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;

/** The node out = γ·x̂ + β, x̂ = (x − μ) / s, s = √(σ² + epsilon); μ and s are columns [batch, 1], γ and β rows [1, features]. */
final class LayerNormNode implements Node {
    private final double epsilon;
    private final Parameter gamma;
    private final Parameter beta;
    private final Kernels kernels;
    private final Shape shape;

    private final Matrix normalized; // x̂ [batch, features]
    private final Matrix deviations; // s [batch, 1]

    LayerNormNode(double epsilon, Parameter gamma, Parameter beta, Kernels kernels) {
        this.epsilon = epsilon;
        this.gamma = gamma;
        this.beta = beta;
        this.kernels = kernels;
        this.shape = Shape.of(gamma.value().columns());
        this.normalized = kernels.matrix(0, 0);
        this.deviations = kernels.matrix(0, 0);
    }

    @Override
    public String label() {
        return "layer_norm";
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
        return most * (shape.size() + 1L);
    }

    @Override
    public void forward(Matrix x, Matrix out, Pass pass) {
        kernels.normalizeRows(x, epsilon, normalized, deviations);
        kernels.multiplyAddRow(normalized, gamma.value(), beta.value(), out);
    }

    /** Compute ∂C/∂β = Σᵢ delta and ∂C/∂γ = Σᵢ delta ⊙ x̂, over the examples. */
    @Override
    public void gradients(Matrix x, Matrix out, Matrix delta, Pass pass) {
        kernels.columnSums(delta, beta.gradient(), pass.accumulates());
        kernels.columnDots(delta, normalized, gamma.gradient(), pass.accumulates());
    }

    /** Compute ∂C/∂x = (g − Σⱼ g / n − x̂·Σⱼ g ⊙ x̂ / n) / s with g = γ·delta, over an example's n features. */
    @Override
    public void backward(Matrix x, Matrix out, Matrix delta, Matrix dx, Pass pass) {
        kernels.multiplyRow(delta, gamma.value(), dx);
        kernels.normalizeRowsBackward(normalized, deviations, dx, dx);
    }
}
