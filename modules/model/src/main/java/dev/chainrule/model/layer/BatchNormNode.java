package dev.chainrule.model.layer;

import dev.chainrule.api.Parameter;
import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.PairFunction;

/**
 * The node out = γ·x̂ + β, x̂ = (x − μ)·r, r = 1 / √(σ² + epsilon), each a row [1, features].
 *
 * <p>Statistics take two passes: μ = Σᵢ x / m, then σ² = Σᵢ (x − μ)² / m, i ascending. A batch of one has σ² = 0, hence
 * x̂ = 0.
 */
final class BatchNormNode implements Node {
    /** r, of the variance and epsilon. */
    private static final PairFunction INVERSE_DEVIATION =
            (variance, same, epsilon) -> 1 / Math.sqrt(variance + epsilon);

    /** Kept besides x̂, each [1, features]. */
    private static final int ROWS = 5;

    private final BatchNorm spec;
    private final Parameter gamma;
    private final Parameter beta;
    private final Matrix runningMean;
    private final Matrix runningVariance;
    private final Kernels kernels;
    private final Shape shape;

    private final Matrix normalized; // x̂ [batch, features]
    private final Matrix mean;
    private final Matrix variance;
    private final Matrix inverseDeviation; // r
    private final Matrix factor;
    private final Matrix row;

    BatchNormNode(
            BatchNorm spec,
            Parameter gamma,
            Parameter beta,
            Matrix runningMean,
            Matrix runningVariance,
            Kernels kernels) {
        this.spec = spec;
        this.gamma = gamma;
        this.beta = beta;
        this.runningMean = runningMean;
        this.runningVariance = runningVariance;
        this.kernels = kernels;
        int features = gamma.value().columns();
        this.shape = Shape.of(features);
        this.normalized = kernels.matrix(0, 0);
        this.mean = kernels.matrix(1, features);
        this.variance = kernels.matrix(1, features);
        this.inverseDeviation = kernels.matrix(1, features);
        this.factor = kernels.matrix(1, features);
        this.row = kernels.matrix(1, features);
    }

    @Override
    public String label() {
        return "batch_norm";
    }

    @Override
    public Shape output() {
        return shape;
    }

    @Override
    public long kept(int batch, int most) {
        return ((long) most + ROWS) * shape.size();
    }

    @Override
    public boolean usesBatchStatistics() {
        return true;
    }

    @Override
    public void forward(Matrix x, Matrix out, Pass pass) {
        if (pass.training()) {
            kernels.columnSums(x, mean);
            kernels.divide(x.rows(), mean);
        } else {
            mean.copyFrom(runningMean);
        }
        row.copyFrom(mean);
        kernels.scale(-1, row);
        kernels.addRow(x, row, normalized);
        if (pass.training()) {
            kernels.columnDots(normalized, normalized, variance);
            kernels.divide(x.rows(), variance);
        } else {
            variance.copyFrom(runningVariance);
        }
        kernels.zip(INVERSE_DEVIATION, variance, variance, spec.epsilon(), inverseDeviation);
        kernels.multiplyRow(normalized, inverseDeviation, normalized);
        kernels.multiplyAddRow(normalized, gamma.value(), beta.value(), out);
        if (pass.training() && pass.tracksStatistics()) {
            follow(runningMean, mean);
            follow(runningVariance, variance);
        }
    }

    /** Compute ∂C/∂β = Σᵢ delta and ∂C/∂γ = Σᵢ delta ⊙ x̂. */
    @Override
    public void gradients(Matrix x, Matrix out, Matrix delta, Pass pass) {
        kernels.columnSums(delta, beta.gradient());
        kernels.columnDots(delta, normalized, gamma.gradient());
    }

    /**
     * Compute ∂C/∂x = γ·r·(delta − (Σᵢ delta + x̂·Σᵢ delta ⊙ x̂) / m); with running statistics, which do not depend on x, it is
     * γ·r·delta.
     */
    @Override
    public void backward(Matrix x, Matrix out, Matrix delta, Matrix dx, Pass pass) {
        if (pass.training()) {
            kernels.columnSums(delta, row);
            kernels.divide(-delta.rows(), row);
            kernels.columnDots(delta, normalized, factor);
            kernels.divide(-delta.rows(), factor);
            kernels.multiplyAddRow(normalized, factor, row, dx);
            kernels.addScaled(1, delta, dx);
        }
        kernels.hadamard(gamma.value(), inverseDeviation, factor);
        kernels.multiplyRow(pass.training() ? dx : delta, factor, dx);
    }

    private void follow(Matrix running, Matrix batch) {
        kernels.scale(spec.momentum(), running);
        kernels.addScaled(1 - spec.momentum(), batch, running);
    }
}
