package dev.chainrule.app.plugged;

import dev.chainrule.api.Api;
import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Plugin;
import dev.chainrule.api.Regularizer;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.List;

/** Add λ/(4n)·Σw⁴ to the cost. */
@Component("fourth")
@Doc("A quarter of lambda times the sum of fourth powers.")
public record Fourth(
        @Doc("How strong it is.") @Default("0.01") double lambda) implements Regularizer {
    @Override
    public double cost(Matrix w, long n, Kernels kernels) {
        double sum = 0;
        for (int i = 0; i < w.rows(); i++) {
            for (int j = 0; j < w.columns(); j++) {
                double square = w.get(i, j) * w.get(i, j);
                sum += square * square;
            }
        }
        return lambda * sum / (4 * n);
    }

    @Override
    public void addGradient(Matrix w, long n, Matrix gradient, Kernels kernels) {
        for (int i = 0; i < w.rows(); i++) {
            for (int j = 0; j < w.columns(); j++) {
                double v = w.get(i, j);
                gradient.set(i, j, gradient.get(i, j) + lambda * v * v * v / n);
            }
        }
    }

    /** Name the one component. */
    public static final class Entry implements Plugin {
        @Override
        public int apiLevel() {
            return Api.LEVEL;
        }

        @Override
        public List<Class<? extends Record>> components() {
            return List.of(Fourth.class);
        }
    }
}
