package dev.chainrule.engine.contract;

import dev.chainrule.api.Activation;
import dev.chainrule.api.Elementwise;
import dev.chainrule.engine.check.Curve;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * The contract of every {@link Activation}:
 *
 * <ul>
 *   <li>forward and backward write every element of their output, keep its shape and leave their inputs unchanged;
 *   <li>backward is the derivative of forward: in float64 it agrees with the slope of forward, kinks left out;
 *   <li>forward and backward of an {@link Elementwise} are bit-identical to value and derivative;
 *   <li>float32 agrees with float64, up to |z| = 10,000 if both are finite;
 *   <li>a row's outputs depend on that row alone, to the bit;
 *   <li>for |z| up to 20 all outputs are finite, for |z| up to 10,000 none is NaN, in both precisions;
 *   <li>computing again, or with 1, 2 or 3 threads, gives identical bits.
 * </ul>
 */
public final class ActivationContract {
    private static final int DRAWN_ROWS = 7;
    private static final int COLUMNS = 5;
    private static final double[][] CHOSEN = {
        {0, 0.5, 1, 2, 5}, {-0.5, -1, -2, -5, 0}, {0, 0, 0, 0, 0}, {-0.015625, 0.015625, -0.25, 0.25, 3}
    };
    private static final double[][] ORDINARY = {{-20, -10, 0, 10, 20}, {20, 20, 20, 20, 20}, {-20, -20, -20, -20, -20}};
    private static final double[][] LARGE = {
        {-100, -50, 0, 50, 100},
        {100, 100, 100, 100, 100},
        {-100, -90, -100, -90, -100},
        {-10_000, -1000, 0, 1000, 10_000}
    };

    private final Probe probe = new Probe();
    private final Activation activation;
    private final Findings findings;

    private ActivationContract(Activation activation, Findings findings) {
        this.activation = activation;
        this.findings = findings;
    }

    /** Return everything that breaks the contract; empty if it is kept. */
    public static List<Finding> check(Activation activation) {
        return Findings.of(findings -> new ActivationContract(activation, findings).check());
    }

    private void check() {
        Matrix z = places();
        Matrix g = probe.draw("gradient", z.rows(), z.columns(), 0.5, 1.5);
        Matrix a = forward("a", z, probe.float64());
        Matrix delta = backward("delta", z, a, g, probe.float64());
        Matrix z32 = Probe.copy(probe.float32(), z);
        Matrix a32 = forward("float32 a", z32, probe.float32());
        Matrix delta32 = backward("float32 delta", z32, a32, Probe.copy(probe.float32(), g), probe.float32());
        // An output of the wrong shape, or an unwritten one, would only be reported again and again.
        if (!findings.none()) {
            return;
        }
        checkRows(z, a, g, delta);
        checkDerivative(z, g, delta);
        checkSingly(z, a, g, delta, probe.float64());
        checkSingly(z32, a32, Probe.copy(probe.float32(), g), delta32, probe.float32());
        findings.close("float32 a", a, a32, Probe.FLOAT32_TOLERANCE, "z", z);
        findings.close("float32 delta", delta, delta32, Probe.FLOAT32_TOLERANCE, "z", z);
        for (Kernels kernels : List.of(probe.float64(), probe.float32())) {
            checkFinite(Probe.of(kernels, ORDINARY), kernels, false);
            checkFinite(Probe.of(kernels, LARGE), kernels, true);
        }
        checkSaturation();
        Matrix large = probe.large("z", -4, 4);
        Matrix weights = probe.large("gradient", 0.5, 1.5);
        findings.repeatable(List.of("a", "delta"), kernels -> {
            Matrix in = Probe.copy(kernels, large);
            Matrix out = kernels.matrix(in.rows(), in.columns());
            Matrix back = kernels.matrix(in.rows(), in.columns());
            activation.forward(in, out, kernels);
            activation.backward(in, out, Probe.copy(kernels, weights), back, kernels);
            return List.of(out, back);
        });
    }

    /** Compare the results of an {@link Elementwise} for whole matrices with those for single numbers. */
    private void checkSingly(Matrix z, Matrix a, Matrix g, Matrix delta, Kernels kernels) {
        if (activation instanceof Elementwise function) {
            Matrix values = kernels.matrix(z.rows(), z.columns());
            Matrix products = kernels.matrix(z.rows(), z.columns());
            kernels.map(function, z, values);
            kernels.mapBackward(function, z, a, g, products);
            findings.same("a after forward, with value(z)", values, a, "z", z);
            findings.same("delta after backward, with g·derivative(z, a)", products, delta, "z", z);
        }
    }

    /**
     * Compare the precisions where exponentials overflow or vanish, first in float32: it may be infinite there, but not a
     * different number.
     */
    private void checkSaturation() {
        Matrix z = Probe.of(probe.float64(), LARGE);
        Matrix z32 = Probe.of(probe.float32(), LARGE);
        Matrix a = probe.float64().matrix(z.rows(), z.columns());
        Matrix a32 = probe.float32().matrix(z.rows(), z.columns());
        activation.forward(z, a, probe.float64());
        activation.forward(z32, a32, probe.float32());
        for (int i = 0; i < z.rows(); i++) {
            for (int j = 0; j < z.columns(); j++) {
                double allowed = Probe.FLOAT32_TOLERANCE * Math.max(1, Math.abs(a.get(i, j)));
                if (Double.isFinite(a32.get(i, j)) && !(Math.abs(a.get(i, j) - a32.get(i, j)) <= allowed)) {
                    findings.add("float32 a", a.get(i, j), a32.get(i, j), Findings.at("z", z.get(i, j)));
                }
            }
        }
    }

    private Matrix places() {
        Matrix drawn = probe.draw("z", DRAWN_ROWS, COLUMNS, -4, 4);
        Matrix z = probe.float64().matrix(CHOSEN.length + DRAWN_ROWS, COLUMNS);
        for (int i = 0; i < z.rows(); i++) {
            for (int j = 0; j < COLUMNS; j++) {
                z.set(i, j, i < CHOSEN.length ? CHOSEN[i][j] : drawn.get(i - CHOSEN.length, j));
            }
        }
        return z;
    }

    private Matrix forward(String value, Matrix z, Kernels kernels) {
        Matrix before = Probe.copy(kernels, z);
        Matrix a = Probe.unwritten(kernels, z.rows(), z.columns());
        activation.forward(z, a, kernels);
        findings.same("z after forward", before, z, "z", before);
        if (findings.shape(value, before.rows(), before.columns(), a)) {
            findings.finite(value, a, false, "z", before);
        }
        return a;
    }

    private Matrix backward(String value, Matrix z, Matrix a, Matrix g, Kernels kernels) {
        Matrix zBefore = Probe.copy(kernels, z);
        Matrix aBefore = Probe.copy(kernels, a);
        Matrix gBefore = Probe.copy(kernels, g);
        Matrix delta = Probe.unwritten(kernels, z.rows(), z.columns());
        activation.backward(z, a, g, delta, kernels);
        findings.same("z after backward", zBefore, z, "z", zBefore);
        findings.same("a after backward", aBefore, a, "z", zBefore);
        findings.same("g after backward", gBefore, g, "z", zBefore);
        if (findings.shape(value, zBefore.rows(), zBefore.columns(), delta)) {
            findings.finite(value, delta, false, "z", zBefore);
        }
        return delta;
    }

    /** Compare with the slopes of C = Σⱼ g[j]·a[j], row by row; for an {@link Elementwise}, σ′(z) is reported. */
    private void checkDerivative(Matrix z, Matrix g, Matrix delta) {
        boolean elementwise = activation instanceof Elementwise;
        Slopes slopes = new Slopes(findings, elementwise ? "derivative" : "delta", "kinks()", delta);
        for (int i = 0; i < z.rows(); i++) {
            Matrix row = Probe.row(probe.float64(), z, i);
            Matrix weights = Probe.row(probe.float64(), g, i);
            Matrix a = probe.float64().matrix(1, z.columns());
            DoubleSupplier cost = () -> {
                activation.forward(row, a, probe.float64());
                return Probe.dot(weights, a, false);
            };
            activation.forward(row, a, probe.float64());
            double terms = Probe.dot(weights, a, true);
            for (int j = 0; j < z.columns(); j++) {
                double place = z.get(i, j);
                Curve curve = Curve.of(row, 0, j, cost, branches -> activation.branches(row, branches));
                double unit = elementwise ? weights.get(0, j) : 1;
                slopes.compare(curve, place, delta.get(i, j), terms, unit, Findings.at("z", place));
            }
        }
        slopes.end();
    }

    private void checkRows(Matrix z, Matrix a, Matrix g, Matrix delta) {
        for (int i = 0; i < z.rows(); i++) {
            Matrix row = Probe.row(probe.float64(), z, i);
            Matrix alone = probe.float64().matrix(1, z.columns());
            Matrix deltaAlone = probe.float64().matrix(1, z.columns());
            activation.forward(row, alone, probe.float64());
            activation.backward(row, alone, Probe.row(probe.float64(), g, i), deltaAlone, probe.float64());
            findings.same("a of a row in a batch", alone, Probe.row(probe.float64(), a, i), "z", row);
            findings.same("delta of a row in a batch", deltaAlone, Probe.row(probe.float64(), delta, i), "z", row);
        }
    }

    private void checkFinite(Matrix z, Kernels kernels, boolean infinityAllowed) {
        String precision = kernels == probe.float32() ? "float32 " : "";
        Matrix a = kernels.matrix(z.rows(), z.columns());
        Matrix delta = kernels.matrix(z.rows(), z.columns());
        Matrix g = kernels.matrix(z.rows(), z.columns());
        g.fill(1);
        activation.forward(z, a, kernels);
        activation.backward(z, a, g, delta, kernels);
        findings.finite(precision + "a", a, infinityAllowed, "z", z);
        findings.finite(precision + "delta", delta, infinityAllowed, "z", z);
    }
}
