package dev.chainrule.engine.check;

import dev.chainrule.api.Activation;
import dev.chainrule.api.ActivationNode;
import dev.chainrule.api.Component;
import dev.chainrule.api.Elementwise;
import dev.chainrule.api.Initializer;
import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.Loss;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.Regularizer;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.layer.Value;
import dev.chainrule.api.value.Shape;
import dev.chainrule.engine.check.Tampering.Memory;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Strict;
import java.util.Optional;

/** Components that compute right values and, where they are told to, wrong gradients. */
final class FaultyParts {
    private FaultyParts() {}

    /** Draws that are neither small nor equal. */
    record Spread(double scale) implements Initializer {
        @Override
        public void fill(Matrix w, int fanIn, int fanOut, Draws draws) {
            for (int i = 0; i < w.rows(); i++) {
                for (int j = 0; j < w.columns(); j++) {
                    w.set(i, j, scale * draws.normal());
                }
            }
        }
    }

    /** The derivative that a function σ(z) claims. */
    interface Claim {
        double derivative(Elementwise right, double z, double a);
    }

    /** A function of one number with a derivative that may be wrong. */
    record Claiming(Elementwise right, Claim claim) implements Elementwise {
        @Override
        public double value(double z) {
            return right.value(z);
        }

        @Override
        public double derivative(double z, double a) {
            return claim.derivative(right, z, a);
        }

        @Override
        public double[] kinks() {
            return right.kinks();
        }
    }

    record Tanh() implements Elementwise {
        @Override
        public double value(double z) {
            return Strict.tanh(z);
        }

        @Override
        public double derivative(double z, double a) {
            return 1 - Strict.tanh(z) * Strict.tanh(z);
        }
    }

    record Identity() implements Elementwise {
        @Override
        public double value(double z) {
            return z;
        }

        @Override
        public double derivative(double z, double a) {
            return 1;
        }
    }

    record Leaky(double slope) implements Elementwise {
        @Override
        public double value(double z) {
            return z > 0 ? z : slope * z;
        }

        @Override
        public double derivative(double z, double a) {
            return z > 0 ? 1 : slope;
        }

        @Override
        public double[] kinks() {
            return new double[] {0};
        }
    }

    /** An activation whose delta is tampered with. */
    record Tampered(Activation right, Tampering tampering, Memory memory) implements Activation {
        @Override
        public void forward(Matrix z, Matrix a, Kernels kernels) {
            right.forward(z, a, kernels);
        }

        @Override
        public void backward(Matrix z, Matrix a, Matrix g, Matrix delta, Kernels kernels) {
            Matrix before = Tampering.copy(delta);
            right.backward(z, a, g, delta, kernels);
            tampering.apply(delta, before, z.rows(), memory);
        }

        @Override
        public double[] kinks() {
            return right.kinks();
        }
    }

    /** Which of a layer's gradients is tampered with. */
    enum Place {
        NOWHERE,
        WEIGHTS,
        BIASES,
        PRODUCT,
        FIRST_EXAMPLE_OF_WEIGHTS,
        LAST_EXAMPLE_OF_BIASES,
        UNTRANSPOSED_PRODUCT
    }

    /** z = x·w + b. */
    @Component("dense")
    record Dense(int units, Activation activation, Optional<Regularizer> regularizer, Place place, Tampering tampering)
            implements LayerSpec {
        Dense(int units, Activation activation) {
            this(units, activation, Optional.empty(), Place.NOWHERE, Tampering.NONE);
        }

        Dense with(Place place, Tampering tampering) {
            return new Dense(units, activation, regularizer, place, tampering);
        }

        Dense with(Activation other) {
            return new Dense(units, other, regularizer, place, tampering);
        }

        Dense with(Regularizer other) {
            return new Dense(units, activation, Optional.of(other), place, tampering);
        }

        @Override
        public Value build(LayerContext context) {
            int in = context.input().size();
            Parameter w = context.parameter("weights", in, units, new Spread(0.6), in, units)
                    .regularizer(regularizer);
            Parameter b = context.parameter("biases", 1, units, new Spread(0.3), in, units);
            return context.chain(
                    new Affine(w, b, place, tampering, new Memory(), context.kernels()),
                    new ActivationNode(activation, Shape.of(units), context.kernels()));
        }
    }

    private record Affine(Parameter w, Parameter b, Place place, Tampering tampering, Memory memory, Kernels kernels)
            implements Node {
        @Override
        public String label() {
            return "affine";
        }

        @Override
        public Shape output() {
            return Shape.of(w.value().columns());
        }

        @Override
        public void forward(Matrix x, Matrix out, Pass pass) {
            kernels.multiply(x, w.value(), out, false);
            kernels.addRow(out, b.value());
        }

        @Override
        public void gradients(Matrix x, Matrix out, Matrix delta, Pass pass) {
            Matrix wBefore = Tampering.copy(w.gradient());
            Matrix bBefore = Tampering.copy(b.gradient());
            kernels.columnSums(delta, b.gradient());
            kernels.multiplyTransA(x, delta, w.gradient(), false);
            if (place == Place.WEIGHTS) {
                tampering.apply(w.gradient(), wBefore, x.rows(), memory);
            } else if (place == Place.BIASES) {
                tampering.apply(b.gradient(), bBefore, x.rows(), memory);
            } else if (place == Place.FIRST_EXAMPLE_OF_WEIGHTS) {
                for (int i = 0; i < x.columns(); i++) {
                    for (int j = 0; j < delta.columns(); j++) {
                        w.gradient().set(i, j, w.gradient().get(i, j) - x.get(0, i) * delta.get(0, j));
                    }
                }
            } else if (place == Place.LAST_EXAMPLE_OF_BIASES) {
                for (int j = 0; j < delta.columns(); j++) {
                    b.gradient().set(0, j, b.gradient().get(0, j) - delta.get(delta.rows() - 1, j));
                }
            }
        }

        @Override
        public void backward(Matrix x, Matrix out, Matrix delta, Matrix dx, Pass pass) {
            Matrix before = Tampering.copy(dx);
            if (place == Place.UNTRANSPOSED_PRODUCT) {
                kernels.multiply(delta, w.value(), dx, false);
                return;
            }
            kernels.multiplyTransB(delta, w.value(), dx, false);
            if (place == Place.PRODUCT) {
                tampering.apply(dx, before, x.rows(), memory);
            }
        }
    }

    /** The mistake of a layer without z. */
    enum LayerFault {
        NONE,
        INPUTS,
        PARAMETERS,
        MASK_FORGOTTEN,
        MASK_INVERTED,
        MASK_OF_OTHER_ROWS,
        MASK_OF_OTHER_COLUMNS,
        MASK_WITHOUT_SCALE,
        MEAN_AS_CONSTANT,
        MEAN_OF_ONE_LESS,
        UNTRANSPOSED_MIXTURE
    }

    /** out = ((x − column means) ⊙ mask)·mixture ⊙ gamma: a mean over the batch, a mask, a fixed product and a parameter. */
    @Component("blend")
    record Blend(LayerFault fault, Tampering tampering) implements LayerSpec {
        @Override
        public Value build(LayerContext context) {
            int size = context.input().size();
            return context.chain(new BlendNode(
                    this, context.parameter("gamma", 1, size, new Spread(1), 1, 1), new Memory(), context.kernels()));
        }
    }

    private record BlendNode(Blend spec, Parameter gamma, Memory memory, Kernels kernels) implements Node {
        private static final double KEPT = 1.5;

        @Override
        public String label() {
            return "blend";
        }

        @Override
        public Shape output() {
            return Shape.of(gamma.value().columns());
        }

        private double mask(int row, int column) {
            return (row * 5 + column * 3) % 7 < 2 ? 0 : KEPT;
        }

        private double mixture(int row, int column) {
            return row == column ? 1 : 0.1 * row + 0.3 * column;
        }

        private Matrix mixed(Matrix x) {
            Matrix mixed = kernels.matrix(x.rows(), x.columns());
            for (int i = 0; i < x.rows(); i++) {
                for (int j = 0; j < x.columns(); j++) {
                    double sum = 0;
                    for (int k = 0; k < x.columns(); k++) {
                        sum += (x.get(i, k) - mean(x, k)) * mask(i, k) * mixture(k, j);
                    }
                    mixed.set(i, j, sum);
                }
            }
            return mixed;
        }

        private static double mean(Matrix x, int column) {
            double sum = 0;
            for (int i = 0; i < x.rows(); i++) {
                sum += x.get(i, column);
            }
            return sum / x.rows();
        }

        @Override
        public void forward(Matrix x, Matrix out, Pass pass) {
            Matrix mixed = mixed(x);
            for (int i = 0; i < x.rows(); i++) {
                for (int j = 0; j < x.columns(); j++) {
                    out.set(i, j, mixed.get(i, j) * gamma.value().get(0, j));
                }
            }
        }

        @Override
        public void gradients(Matrix x, Matrix out, Matrix delta, Pass pass) {
            Matrix before = Tampering.copy(gamma.gradient());
            kernels.columnDots(delta, mixed(x), gamma.gradient());
            if (spec.fault() == LayerFault.PARAMETERS) {
                spec.tampering().apply(gamma.gradient(), before, x.rows(), memory);
            }
        }

        @Override
        public void backward(Matrix x, Matrix out, Matrix delta, Matrix dx, Pass pass) {
            Matrix before = Tampering.copy(dx);
            for (int i = 0; i < x.rows(); i++) {
                for (int k = 0; k < x.columns(); k++) {
                    double sum = 0;
                    for (int j = 0; j < x.columns(); j++) {
                        double through =
                                spec.fault() == LayerFault.UNTRANSPOSED_MIXTURE ? mixture(j, k) : mixture(k, j);
                        sum += delta.get(i, j) * gamma.value().get(0, j) * through;
                    }
                    dx.set(i, k, sum * backwardMask(i, k));
                }
            }
            Matrix centred = Tampering.copy(dx);
            for (int i = 0; i < x.rows() && spec.fault() != LayerFault.MEAN_AS_CONSTANT; i++) {
                for (int k = 0; k < x.columns(); k++) {
                    double share = spec.fault() == LayerFault.MEAN_OF_ONE_LESS
                            ? mean(centred, k) * x.rows() / (x.rows() - 1)
                            : mean(centred, k);
                    dx.set(i, k, centred.get(i, k) - share);
                }
            }
            if (spec.fault() == LayerFault.INPUTS) {
                spec.tampering().apply(dx, before, x.rows(), memory);
            }
        }

        private double backwardMask(int i, int k) {
            return switch (spec.fault()) {
                case MASK_FORGOTTEN -> 1;
                case MASK_INVERTED -> KEPT - mask(i, k);
                case MASK_OF_OTHER_ROWS -> mask(i + 1, k);
                case MASK_OF_OTHER_COLUMNS -> mask(i, k + 1);
                case MASK_WITHOUT_SCALE -> mask(i, k) / KEPT;
                default -> mask(i, k);
            };
        }
    }

    /** ½‖a − y‖², in one piece with {@link Identity} where that is asked for. */
    @Component("half_square")
    record HalfSquare(boolean fuses, Tampering ofGradient, Tampering ofDelta, Tampering ofCosts, Memory memory)
            implements Loss {
        HalfSquare() {
            this(false, Tampering.NONE, Tampering.NONE, Tampering.NONE, new Memory());
        }

        /** Return one that fuses, and tampers with the fused computation. */
        static HalfSquare fused(Tampering ofDelta, Tampering ofCosts) {
            return new HalfSquare(true, Tampering.NONE, ofDelta, ofCosts, new Memory());
        }

        @Override
        public void costs(Matrix a, Matrix y, Matrix costs, Kernels kernels) {
            for (int i = 0; i < a.rows(); i++) {
                double sum = 0;
                for (int j = 0; j < a.columns(); j++) {
                    sum += (a.get(i, j) - y.get(i, j)) * (a.get(i, j) - y.get(i, j));
                }
                costs.set(i, 0, sum / 2);
            }
        }

        @Override
        public void gradient(Matrix a, Matrix y, Matrix g, Kernels kernels) {
            Matrix before = Tampering.copy(g);
            kernels.subtractDivide(a, y, a.rows(), g);
            ofGradient.apply(g, before, a.rows(), memory);
        }

        @Override
        public Optional<Fused> fuse(Activation output) {
            return fuses && output instanceof Identity ? Optional.of(new Whole(this)) : Optional.empty();
        }

        @Override
        public void check(Shape output, Target target) {}
    }

    private record Whole(HalfSquare loss) implements Loss.Fused {
        @Override
        public void costs(Matrix z, Matrix a, Matrix y, Matrix costs, Kernels kernels) {
            Matrix before = Tampering.copy(costs);
            loss.costs(a, y, costs, kernels);
            loss.ofCosts().apply(costs, before, a.rows(), new Memory());
        }

        @Override
        public void delta(Matrix z, Matrix a, Matrix y, Matrix delta, Kernels kernels) {
            Matrix before = Tampering.copy(delta);
            kernels.subtractDivide(a, y, a.rows(), delta);
            loss.ofDelta().apply(delta, before, a.rows(), loss.memory());
        }
    }

    /** λ/(2n)·Σ w². */
    @Component("pull")
    record Pull(double lambda, Tampering tampering, Memory memory) implements Regularizer {
        Pull(double lambda) {
            this(lambda, Tampering.NONE, new Memory());
        }

        @Override
        public double cost(Matrix w, long n, Kernels kernels) {
            return lambda / (2.0 * n) * kernels.sumOfSquares(w);
        }

        @Override
        public void addGradient(Matrix w, long n, Matrix gradient, Kernels kernels) {
            Matrix pull = Tampering.copy(w);
            kernels.scale(lambda / n, pull);
            tampering.apply(pull, pull, (int) n, memory);
            kernels.addScaled(1, pull, gradient);
        }
    }
}
