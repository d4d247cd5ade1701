package dev.chainrule.model.layer;

import dev.chainrule.api.Parameter;
import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.Optional;

/** The node z = x·w + b; w [in, units], b [1, units]. The bias is added after the whole chain of products. */
public final class AffineNode implements Node {
    private final Parameter weights;
    private final Optional<Parameter> biases;
    private final Kernels kernels;
    private final Shape output;

    /**
     * Create a node.
     *
     * @param biases none if the node adds no biases
     */
    public AffineNode(Parameter weights, Optional<Parameter> biases, Kernels kernels) {
        this.weights = weights;
        this.biases = biases;
        this.kernels = kernels;
        this.output = Shape.of(weights.value().columns());
    }

    @Override
    public String label() {
        return "affine";
    }

    /** Return a multiplication and an addition for each weight, an addition for each bias. */
    @Override
    public long flops() {
        return 2L * weights.value().size() + (biases.isPresent() ? output.size() : 0);
    }

    @Override
    public boolean canAccumulate() {
        return true;
    }

    @Override
    public boolean isAffine() {
        return true;
    }

    @Override
    public Shape output() {
        return output;
    }

    @Override
    public void forward(Matrix x, Matrix z, Pass pass) {
        kernels.multiply(x, weights.value(), z, false);
        if (biases.isPresent()) {
            kernels.addRow(z, biases.get().value());
        }
    }

    /** Compute BP3 ∂C/∂b = Σ_rows delta and BP4 ∂C/∂w = xᵀ·delta. */
    @Override
    public void gradients(Matrix x, Matrix z, Matrix delta, Pass pass) {
        if (biases.isPresent()) {
            kernels.columnSums(delta, biases.get().gradient(), pass.accumulates());
        }
        kernels.multiplyTransA(x, delta, weights.gradient(), pass.accumulates());
    }

    /** Compute BP2's matrix factor, ∂C/∂x = delta·wᵀ; the activation before this node multiplies by σ′. */
    @Override
    public void backward(Matrix x, Matrix z, Matrix delta, Matrix dx, Pass pass) {
        kernels.multiplyTransB(delta, weights.value(), dx, false);
    }
}
