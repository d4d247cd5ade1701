package dev.chainrule.model.cost;

import dev.chainrule.api.layer.CostlyStage;
import dev.chainrule.api.layer.Join;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.PairFunction;
import dev.chainrule.math.RandomStream;
import dev.chainrule.math.ScalarFunction;
import dev.chainrule.math.Strict;
import java.util.List;

/**
 * The join z = μ + ε ⊙ σ, σ = exp(½·v), of μ = x₀ and v = log σ² = x₁. Row i of ε is drawn at the place (epoch, position + i) of the
 * layer's stream, as by {@code gaussian_noise}. At inference z = μ.
 *
 * <p>An example costs Σⱼ weight·½·(μⱼ² + (e^vⱼ − 1) − vⱼ), each term and the sum in float64, j ascending from +0, rounded once.
 */
final class SampleJoin implements Join, CostlyStage {
    private static final ScalarFunction DEVIATION = new ScalarFunction() {
        @Override
        public double value(double v) {
            return Strict.exp(0.5 * v);
        }

        @Override
        public double derivative(double v, double deviation) {
            return 0.5 * deviation;
        }
    };

    private static final PairFunction DIVERGENCE =
            (mean, v, weight) -> weight * 0.5 * (mean * mean + Strict.expm1(v) - v);
    private static final PairFunction GRADIENT_OF_MEAN = (mean, delta, weight) -> delta + weight * mean;
    /** Given delta·ε·σ, of which the half flows back through σ. */
    private static final PairFunction GRADIENT_OF_VARIANCE =
            (v, flowing, weight) -> 0.5 * flowing + weight * 0.5 * Strict.expm1(v);

    /** Kept for each number: σ and ε ⊙ σ. */
    private static final int KEPT = 2;

    private final double weight;
    private final Shape shape;
    private final RandomStream stream;
    private final Kernels kernels;
    private final Matrix deviations;
    private final Matrix noise; // ε ⊙ σ
    private final Matrix costs;

    SampleJoin(double weight, Shape shape, RandomStream stream, Kernels kernels) {
        this.weight = weight;
        this.shape = shape;
        this.stream = stream;
        this.kernels = kernels;
        this.deviations = kernels.matrix(0, 0);
        this.noise = kernels.matrix(0, 0);
        this.costs = kernels.matrix(0, 1);
    }

    @Override
    public String label() {
        return "sample";
    }

    @Override
    public Shape output() {
        return shape;
    }

    @Override
    public long kept(int batch, int most) {
        return (long) batch * (KEPT * shape.size() + 1);
    }

    @Override
    public void forward(List<Matrix> xs, Matrix out, Pass pass) {
        Matrix mean = xs.get(0);
        Matrix v = xs.get(1);
        out.copyFrom(mean);
        if (pass.training()) {
            noise.reshape(mean.rows(), mean.columns());
            kernels.drawNoise(stream, pass.epoch(), pass.position(), 1, noise);
            kernels.map(DEVIATION, v, deviations);
            kernels.hadamard(noise, deviations, noise);
            kernels.addScaled(1, noise, out);
            kernels.sumRows(DIVERGENCE, mean, v, weight, costs);
        }
    }

    /** ∂C/∂μ = delta + weight·μ / m, ∂C/∂v = ½·delta ⊙ ε ⊙ σ + weight·½·(e^v − 1) / m. */
    @Override
    public void backward(List<Matrix> xs, Matrix out, Matrix delta, int input, Matrix dx, Pass pass) {
        Matrix x = xs.get(input);
        if (!pass.training()) {
            dx.copyFrom(delta);
            kernels.scale(1 - input, dx);
            return;
        }
        double share = weight / pass.batch(x.rows());
        if (input == 0) {
            kernels.zip(GRADIENT_OF_MEAN, x, delta, share, dx);
        } else {
            kernels.hadamard(delta, noise, dx);
            kernels.zip(GRADIENT_OF_VARIANCE, x, dx, share, dx);
        }
    }

    @Override
    public String costLabel() {
        return "KL divergence";
    }

    @Override
    public Matrix costs() {
        return costs;
    }
}
