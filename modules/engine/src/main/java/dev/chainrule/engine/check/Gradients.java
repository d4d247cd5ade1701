package dev.chainrule.engine.check;

import dev.chainrule.api.Parameter;
import dev.chainrule.api.layer.Branches;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.RandomStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The gradients of all quantities by backpropagation.
 *
 * <p>Another batch goes through the network first, then every gradient is overwritten by NaN: this exposes a node that uses
 * state of an earlier pass, adds to previous values or leaves elements unwritten.
 */
final class Gradients {
    private static final int SHAKEN = 4;

    private final CheckedNetwork checked;
    private final List<Matrix> before;
    private final List<Matrix> analytic;

    /** Compute the gradients for the batch that the network has loaded; it has the same batch afterwards. */
    Gradients(CheckedNetwork checked) {
        this.checked = checked;
        Matrix x = copy(checked.x);
        Matrix y = copy(checked.y);
        mix(x, checked.x);
        mix(y, checked.y);
        checked.forward();
        checked.backward();
        this.before = collect();
        checked.x.copyFrom(x);
        checked.y.copyFrom(y);
        this.analytic = compute(Double.NaN);
    }

    /** Return ∂cost/∂θ of the quantity at an index of the list. */
    Matrix of(int quantity) {
        return analytic.get(quantity);
    }

    /** Return the same for the previous batch, which has all but one of these rows, in another order. */
    Matrix ofBatchBefore(int quantity) {
        return before.get(quantity);
    }

    /** Recompute all gradients over zeros, to distinguish an unwritten element from an addition. */
    List<Matrix> overZeros() {
        return compute(0);
    }

    /**
     * Return how much of each gradient is rounding: its largest change when every parameter and input is changed in its last
     * digits. Changes that lead into other branches do not count, nor do gradients that change from pass to pass by
     * themselves.
     */
    List<Matrix> spread() {
        List<Matrix> values = new ArrayList<>();
        checked.network.parameters().stream().map(Parameter::value).forEach(values::add);
        values.add(checked.x);
        List<Matrix> kept = values.stream().map(Gradients::copy).toList();
        List<Matrix> spread = new ArrayList<>();
        analytic.forEach(matrix -> {
            Matrix zeros = new DoubleMatrix(0, 0);
            zeros.reshape(matrix.rows(), matrix.columns());
            zeros.fill(0);
            spread.add(zeros);
        });
        List<Matrix> once = compute(Double.NaN);
        List<Matrix> twice = compute(Double.NaN);
        long branches = branches();
        for (int k = 0; k < SHAKEN; k++) {
            Draws draws = RandomStream.of(k, "gradient_check.shaken").at(0, 0);
            for (int i = 0; i < values.size(); i++) {
                shake(kept.get(i), values.get(i), draws);
            }
            List<Matrix> shaken = compute(Double.NaN);
            if (branches() == branches) {
                for (int i = 0; i < shaken.size(); i++) {
                    widen(spread.get(i), shaken.get(i), once.get(i), twice.get(i));
                }
            }
        }
        for (int i = 0; i < values.size(); i++) {
            values.get(i).copyFrom(kept.get(i));
        }
        checked.forward();
        return spread;
    }

    private List<Matrix> compute(double under) {
        checked.spoilGradients(under);
        checked.forward();
        checked.backward();
        return collect();
    }

    private List<Matrix> collect() {
        return checked.quantities().stream().map(checked::analytic).toList();
    }

    private long branches() {
        Branches branches = new Branches();
        checked.cost(checked.topology.readers(0), branches);
        return branches.fingerprint();
    }

    private static Matrix copy(Matrix matrix) {
        Matrix copy = new DoubleMatrix(0, 0);
        copy.copyFrom(matrix);
        return copy;
    }

    /** Move every row down by one place, with the last on top as well as in its place: the batch without its last but one. */
    private static void mix(Matrix from, Matrix to) {
        for (int i = 0; i < from.rows(); i++) {
            int source = i == from.rows() - 1 || i == 0 ? from.rows() - 1 : i - 1;
            for (int j = 0; j < from.columns(); j++) {
                to.set(i, j, from.get(source, j));
            }
        }
    }

    private static void shake(Matrix from, Matrix to, Draws draws) {
        for (int i = 0; i < from.rows(); i++) {
            for (int j = 0; j < from.columns(); j++) {
                to.set(i, j, from.get(i, j) * (1 + (draws.below(5) - 2) * Math.ulp(1.0)));
            }
        }
    }

    private static void widen(Matrix spread, Matrix shaken, Matrix once, Matrix twice) {
        for (int i = 0; i < spread.rows(); i++) {
            for (int j = 0; j < spread.columns(); j++) {
                if (once.get(i, j) == twice.get(i, j)) {
                    double distance = Math.abs(shaken.get(i, j) - twice.get(i, j));
                    spread.set(i, j, Math.max(spread.get(i, j), distance));
                }
            }
        }
    }
}
