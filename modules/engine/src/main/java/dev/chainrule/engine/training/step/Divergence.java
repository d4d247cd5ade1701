package dev.chainrule.engine.training.step;

import dev.chainrule.api.Parameter;
import dev.chainrule.api.error.RunException;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Numbers;
import dev.chainrule.model.network.Network;
import jakarta.inject.Inject;
import java.util.Optional;

/** The bounds of a run: NaN and ∞ end it, with epoch, step and parameter. */
public final class Divergence {
    private static final String ADVICE = "." + Overflow.USUAL;

    private final Network network;
    private final Kernels kernels;

    @Inject
    public Divergence(Network network) {
        this.network = network;
        this.kernels = network.kernels();
    }

    /**
     * Return the failure of a step whose loss or gradient norm is not finite.
     *
     * @param x [batch, in] its inputs. Not modified.
     * @param y [batch, target] its targets. Not modified.
     */
    RunException of(int epoch, long step, double loss, double gradientNorm, Matrix x, Matrix y) {
        String where = firstNonFinite(true).or(() -> firstNonFinite(false)).orElseGet(this::steepest);
        return new RunException("the run diverged in epoch " + (epoch + 1) + ", step " + (step + 1) + ": the loss is "
                + shown(loss) + ", the gradient norm " + shown(gradientNorm) + "; " + where + "."
                + Overflow.advice(step == 0, Double.isInfinite(loss) || Double.isInfinite(gradientNorm), x, y));
    }

    /** Require that all parameters are finite. */
    public void check(int epoch, long step) {
        firstNonFinite(true).ifPresent(where -> {
            throw new RunException(
                    "the run diverged in epoch " + (epoch + 1) + ", step " + step + ": " + where + ADVICE);
        });
    }

    /** Return whether all parameters are finite. */
    public boolean isNone() {
        return firstNonFinite(true).isEmpty();
    }

    private Optional<String> firstNonFinite(boolean values) {
        for (Parameter parameter : network.parameters()) {
            Matrix matrix = values ? parameter.value() : parameter.gradient();
            if (Double.isFinite(kernels.sumOfMagnitudes(matrix))) {
                continue;
            }
            for (int i = 0; i < matrix.rows(); i++) {
                for (int j = 0; j < matrix.columns(); j++) {
                    if (!Double.isFinite(matrix.get(i, j))) {
                        return Optional.of((values ? "" : "the gradient of ") + parameter.name() + "[" + i + ", " + j
                                + "] is " + shown(matrix.get(i, j)));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Return the largest gradient in words, if all are finite and only their squares or the cost are not. */
    private String steepest() {
        double largest = -1;
        String where = "there are no parameters";
        for (Parameter parameter : network.parameters()) {
            Matrix gradient = parameter.gradient();
            for (int i = 0; i < gradient.rows(); i++) {
                for (int j = 0; j < gradient.columns(); j++) {
                    if (Math.abs(gradient.get(i, j)) > largest) {
                        largest = Math.abs(gradient.get(i, j));
                        where = "the largest gradient is that of " + parameter.name() + "[" + i + ", " + j + "], "
                                + Numbers.format(gradient.get(i, j));
                    }
                }
            }
        }
        return where;
    }

    private static String shown(double value) {
        return Double.isFinite(value) ? Numbers.format(value) : Double.isNaN(value) ? "not a number" : "infinite";
    }
}
