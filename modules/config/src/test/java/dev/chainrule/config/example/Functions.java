package dev.chainrule.config.example;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Elementwise;
import dev.chainrule.api.Initializer;
import dev.chainrule.api.Loss;
import dev.chainrule.api.Metric;
import dev.chainrule.api.Regularizer;
import dev.chainrule.api.Schedule;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.training.Progress;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.List;

/** Stateless components for tests; only their declarations matter. */
public final class Functions {
    private Functions() {}

    /** Activations that are only declared. */
    interface DeclaredActivation extends Elementwise {
        @Override
        default double value(double z) {
            return z;
        }

        @Override
        default double derivative(double z, double a) {
            return 1;
        }
    }

    @Component("identity")
    @Doc("σ(z) = z.")
    record Identity() implements DeclaredActivation {}

    @Component("relu")
    @Doc("σ(z) = max(z, 0).")
    record Relu() implements DeclaredActivation {}

    @Component("sigmoid")
    @Doc("σ(z) = 1 / (1 + exp(−z)).")
    record Sigmoid() implements DeclaredActivation {}

    @Component("softmax")
    @Doc("σ(z) = exp(z) / Σ exp(z).")
    record Softmax() implements DeclaredActivation {}

    @Component("swish")
    @Doc("σ(z) = z / (1 + exp(−βz)).")
    record Swish(@Doc("β.") @Default("1") double beta) implements DeclaredActivation {}

    /** Initializers that are only declared. */
    interface DeclaredInitializer extends Initializer {
        @Override
        default void fill(Matrix w, int fanIn, int fanOut, Draws draws) {
            throw new UnsupportedOperationException();
        }
    }

    @Component("constant")
    @Doc("Fill with one value.")
    record ConstantInitializer(@Doc("The value.") double value) implements DeclaredInitializer {}

    @Component("normal")
    @Doc("Draw from a normal distribution.")
    record Normal(
            @Doc("Standard deviation.") @Default("0.01") double sigma) implements DeclaredInitializer {
        Normal {
            ParameterException.require(sigma > 0, "sigma", sigma, "above 0");
        }
    }

    @Component("values")
    @Doc("Fill with values that are written out.")
    record Values(@Doc("Row by row.") List<List<Double>> rows) implements DeclaredInitializer {}

    /** Schedules that are only declared. */
    interface DeclaredSchedule extends Schedule {
        @Override
        default double rate(Progress progress) {
            throw new UnsupportedOperationException();
        }
    }

    @Component("constant")
    @Doc("Keep one learning rate.")
    record ConstantSchedule(@Doc("The learning rate.") double value) implements DeclaredSchedule {
        ConstantSchedule {
            ParameterException.require(value >= 0, "value", value, "0 or more");
        }
    }

    @Component("cosine")
    @Doc("Fall along half a cosine.")
    record Cosine(
            @Doc("Where to begin.") double from,
            @Doc("Where to end.") @Default("0") double to) implements DeclaredSchedule {}

    @Component("warmup")
    @Doc("Rise linearly, then follow another schedule.")
    record Warmup(
            @Doc("How many steps to rise.") long steps,
            @Doc("What follows.") Schedule then) implements DeclaredSchedule {}

    @Component("l2")
    @Doc("Add λ/2n Σw².")
    record L2(@Doc("λ.") double lambda) implements Regularizer {
        @Override
        public double cost(Matrix w, long n, Kernels kernels) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void addGradient(Matrix w, long n, Matrix gradient, Kernels kernels) {
            throw new UnsupportedOperationException();
        }
    }

    @Component("cross_entropy")
    @Doc("−Σ y log a.")
    record CrossEntropy() implements Loss {
        @Override
        public void costs(Matrix a, Matrix y, Matrix costs, Kernels kernels) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void gradient(Matrix a, Matrix y, Matrix g, Kernels kernels) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void check(Shape output, Target target) {
            throw new UnsupportedOperationException();
        }
    }

    @Component("accuracy")
    @Doc("The share of examples whose class is right.")
    record Accuracy() implements Metric {
        @Override
        public boolean higherIsBetter() {
            return true;
        }

        @Override
        public void check(Shape output, Target target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Accumulator start() {
            throw new UnsupportedOperationException();
        }
    }
}
