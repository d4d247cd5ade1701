package dev.chainrule.builtin.optimizer;

import dev.chainrule.api.Parameter;
import dev.chainrule.api.training.State;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.List;

/**
 * The last pairs (s, y) of L-BFGS: the changes of the parameters and of their gradients, and the product of the inverse Hessian that they
 * approximate with a gradient.
 *
 * <p>A dot product is a sum by lanes within a parameter; the sums of the parameters are added in their order, in float64. Besides the
 * pairs there is one slot for the present update: its direction d and the gradient at its start become s and y, so that nothing is copied.
 */
final class Curvature {
    /** A pair is left out unless sᵀy is above this share of yᵀy: the spacing of float64 at 1. */
    private static final double LEAST = 0x1p-52;

    private final Parameter[] parameters;
    private final Kernels kernels;
    /** By slot and parameter. */
    private final Matrix[][] s;

    private final Matrix[][] y;
    /** sᵀy by slot. */
    private final double[] products;

    private final double[] alphas;

    private int pairs;
    private int present;
    /** sᵀy / yᵀy of the last pair. */
    private double scale;

    Curvature(List<Parameter> parameters, int history, Kernels kernels) {
        this.parameters = parameters.toArray(Parameter[]::new);
        this.kernels = kernels;
        this.s = new Matrix[history + 1][];
        this.y = new Matrix[history + 1][];
        for (int slot = 0; slot <= history; slot++) {
            s[slot] = zeros();
            y[slot] = zeros();
        }
        this.products = new double[history + 1];
        this.alphas = new double[history + 1];
    }

    /** Return a matrix of zeros for each parameter. */
    Matrix[] zeros() {
        Matrix[] zeros = new Matrix[parameters.length];
        for (int i = 0; i < zeros.length; i++) {
            zeros[i] = kernels.matrix(
                    parameters[i].value().rows(), parameters[i].value().columns());
        }
        return zeros;
    }

    /** Return whether there are no pairs. */
    boolean isEmpty() {
        return pairs == 0;
    }

    /** Forget all pairs. */
    void clear() {
        pairs = 0;
    }

    /** Keep the present gradients, and compute the direction d = −H·g from them (algorithm 7.4). */
    void begin() {
        Matrix[] d = s[present];
        for (int i = 0; i < parameters.length; i++) {
            y[present][i].copyFrom(parameters[i].gradient());
            d[i].copyFrom(parameters[i].gradient());
        }
        for (int back = 1; back <= pairs; back++) {
            int slot = slot(back);
            alphas[slot] = dot(s[slot], d) / products[slot];
            add(-alphas[slot], y[slot], d);
        }
        scale(pairs == 0 ? -1 : -scale, d);
        for (int back = pairs; back >= 1; back--) {
            int slot = slot(back);
            // d is −r: the second loop of r, with the sign of its additions changed
            double beta = -dot(y[slot], d) / products[slot];
            add(beta - alphas[slot], s[slot], d);
        }
    }

    private int slot(int back) {
        return Math.floorMod(present - back, s.length);
    }

    /** Return the direction. */
    Matrix[] direction() {
        return s[present];
    }

    /** Return gᵀd, with the present gradients. */
    double slope() {
        double sum = 0;
        for (int i = 0; i < parameters.length; i++) {
            sum += kernels.dot(parameters[i].gradient(), s[present][i]);
        }
        return sum;
    }

    /** Make a pair of the direction times a length and of the change of the gradients to the present ones. */
    void end(double length) {
        scale(length, s[present]);
        scale(-1, y[present]);
        for (int i = 0; i < parameters.length; i++) {
            kernels.addScaled(1, parameters[i].gradient(), y[present][i]);
        }
        measure(present);
        if (products[present] > LEAST * dot(y[present], y[present])) {
            present = (present + 1) % s.length;
            pairs = Math.min(pairs + 1, s.length - 1);
        }
    }

    private void measure(int slot) {
        products[slot] = dot(s[slot], y[slot]);
        scale = products[slot] / dot(y[slot], y[slot]);
    }

    private double dot(Matrix[] a, Matrix[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += kernels.dot(a[i], b[i]);
        }
        return sum;
    }

    private void add(double factor, Matrix[] from, Matrix[] to) {
        for (int i = 0; i < to.length; i++) {
            kernels.addScaled(factor, from[i], to[i]);
        }
    }

    private void scale(double factor, Matrix[] matrices) {
        for (Matrix matrix : matrices) {
            kernels.scale(factor, matrix);
        }
    }

    void save(State to) {
        to.put("pairs", pairs).put("present", present);
        for (int slot = 0; slot < s.length; slot++) {
            for (int i = 0; i < parameters.length; i++) {
                to.put(parameters[i].name() + ".s_" + slot, s[slot][i]);
                to.put(parameters[i].name() + ".y_" + slot, y[slot][i]);
            }
        }
    }

    void restore(State from) {
        pairs = Math.toIntExact(from.whole("pairs"));
        present = Math.toIntExact(from.whole("present"));
        for (int slot = 0; slot < s.length; slot++) {
            for (int i = 0; i < parameters.length; i++) {
                s[slot][i].copyFrom(from.matrix(parameters[i].name() + ".s_" + slot));
                y[slot][i].copyFrom(from.matrix(parameters[i].name() + ".y_" + slot));
            }
        }
        for (int back = pairs; back >= 1; back--) {
            measure(slot(back));
        }
    }
}
