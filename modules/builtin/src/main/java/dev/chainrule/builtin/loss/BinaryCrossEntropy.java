package dev.chainrule.builtin.loss;

import dev.chainrule.api.Activation;
import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.InputException;
import dev.chainrule.api.Loss;
import dev.chainrule.api.Shape;
import dev.chainrule.api.Target;
import dev.chainrule.builtin.activation.Sigmoid;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Numbers;
import dev.chainrule.math.Strict;
import java.util.Optional;

/**
 * Compute the cost −Σⱼ (y[j]·log a[j] + (1 − y[j])·log(1 − a[j])) of each example, no logarithm's argument below the smallest
 * normal number of the precision; ∂C/∂a = ((1 − y)/(1 − a) − y/a) / batch with the same floors. The sum over the outputs
 * ascends in float64.
 *
 * <p>y [batch, outputs] holds numbers from 0 to 1. A class number is its one-hot row where there are several outputs (the ten
 * sigmoids of Nielsen's digits), and with one output it is 0 or 1 itself.
 *
 * <p>After a sigmoid: cost Σⱼ max(z, 0) − z·y + log(1 + e^−|z|), and delta = (a − y)/batch, finite and right however large
 * |z|. Source: Nielsen, chapter 3, equation 63 and what follows it.
 */
@Component("binary_cross_entropy")
@Doc(
        "The cross-entropy of each output alone, summed over the outputs: use it after sigmoid. Targets are 0 or 1, one-hot, or "
                + "classes; one output tells two classes apart. The cost of a batch is the mean over its examples.")
public record BinaryCrossEntropy() implements Loss {
    @Override
    public void costs(Matrix a, Matrix y, Matrix costs, Kernels kernels) {
        boolean classNumbers = Targets.areClassNumbers(a, y);
        double floor = Targets.floor(a);
        costs.reshape(a.rows(), 1);
        for (int i = 0; i < a.rows(); i++) {
            double sum = 0;
            for (int j = 0; j < a.columns(); j++) {
                double target = target(y, classNumbers, i, j);
                double output = a.get(i, j);
                sum -= target * Strict.log(Math.max(output, floor))
                        + (1 - target) * Strict.log(Math.max(1 - output, floor));
            }
            costs.set(i, 0, sum);
        }
    }

    @Override
    public void gradient(Matrix a, Matrix y, Matrix g, Kernels kernels) {
        boolean classNumbers = Targets.areClassNumbers(a, y);
        double floor = Targets.floor(a);
        g.reshape(a.rows(), a.columns());
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < a.columns(); j++) {
                double target = target(y, classNumbers, i, j);
                double output = a.get(i, j);
                double slope = (1 - target) / Math.max(1 - output, floor) - target / Math.max(output, floor);
                g.set(i, j, slope / a.rows());
            }
        }
    }

    @Override
    public Optional<Fused> fuse(Activation output) {
        return output instanceof Sigmoid ? Optional.of(new WithSigmoid()) : Optional.empty();
    }

    @Override
    public void check(Shape output, Target target) {
        int classes = target.names().size();
        if (target.form() == Target.Form.CLASS_INDEX && output.size() == 1) {
            if (classes != 2) {
                throw new InputException(
                        "one output tells two classes apart, the target has " + classes,
                        "Give the last layer units: " + classes + ", or use softmax with cross_entropy.");
            }
            return;
        }
        Targets.requireWidth(output, target);
    }

    private static double target(Matrix y, boolean classNumbers, int row, int column) {
        double target = Targets.at(y, classNumbers, row, column);
        if (!(target >= 0 && target <= 1)) {
            throw new InputException(
                    "a target of binary_cross_entropy is " + Numbers.format(target),
                    "Targets are numbers from 0 to 1. Use the loss quadratic for others.");
        }
        return target;
    }

    private record WithSigmoid() implements Fused {
        @Override
        public void costs(Matrix z, Matrix a, Matrix y, Matrix costs, Kernels kernels) {
            boolean classNumbers = Targets.areClassNumbers(z, y);
            costs.reshape(z.rows(), 1);
            for (int i = 0; i < z.rows(); i++) {
                double sum = 0;
                for (int j = 0; j < z.columns(); j++) {
                    double logit = z.get(i, j);
                    sum += Math.max(logit, 0)
                            - logit * target(y, classNumbers, i, j)
                            + Strict.log1p(Strict.exp(-Math.abs(logit)));
                }
                costs.set(i, 0, sum);
            }
        }

        @Override
        public void delta(Matrix z, Matrix a, Matrix y, Matrix delta, Kernels kernels) {
            Targets.difference(a, y, delta);
        }
    }
}
