package dev.chainrule.engine.contract;

import dev.chainrule.api.Regularizer;
import dev.chainrule.engine.check.Curve;
import dev.chainrule.math.Matrix;
import java.util.List;

/**
 * The contract of every {@link Regularizer}:
 *
 * <ul>
 *   <li>w is not modified; the gradient is added to the present values, which are not overwritten;
 *   <li>the added values agree with the slopes of the cost in float64, kinks left out; float32 agrees with float64;
 *   <li>R(w) is divided by n: twice the examples, half the cost and half the gradient; or, if it declares that it is not divided, the
 *       same cost and the same gradient;
 *   <li>computing again, or with 1, 2 or 3 threads, gives identical bits.
 * </ul>
 */
public final class RegularizerContract {
    private static final long EXAMPLES = 4;
    private static final int ROWS = 6;
    private static final int COLUMNS = 5;

    private final Probe probe = new Probe();
    private final Regularizer regularizer;
    private final Findings findings;

    private RegularizerContract(Regularizer regularizer, Findings findings) {
        this.regularizer = regularizer;
        this.findings = findings;
    }

    /** Return everything that breaks the contract; empty if it is kept. */
    public static List<Finding> check(Regularizer regularizer) {
        return Findings.of(findings -> new RegularizerContract(regularizer, findings).check());
    }

    private void check() {
        Matrix w = probe.draw("w", ROWS, COLUMNS, -3, 3);
        for (int j = 0; j < COLUMNS; j++) {
            w.set(0, j, 0);
        }
        Matrix before = Probe.copy(probe.float64(), w);
        double cost = regularizer.cost(w, EXAMPLES, probe.float64());
        Matrix pull = gradient(w, EXAMPLES, 0);
        findings.same("w", before, w, "w", before);
        findings.require(Double.isFinite(cost), "cost", "a finite number", cost);
        findings.finite("∂C/∂w", pull, false, "w", before);
        if (!findings.none()) {
            return;
        }
        checkSlopes(w, pull, cost);
        checkAdding(w, pull);
        checkExamples(w, pull, cost);
        Matrix w32 = Probe.copy(probe.float32(), w);
        Matrix pull32 = probe.float32().matrix(ROWS, COLUMNS);
        regularizer.addGradient(w32, EXAMPLES, pull32, probe.float32());
        findings.close("float32 ∂C/∂w", pull, pull32, Probe.FLOAT32_TOLERANCE, "w", w);
        double cost32 = regularizer.cost(w32, EXAMPLES, probe.float32());
        findings.require(near(cost, cost32, Probe.FLOAT32_TOLERANCE), "float32 cost", cost, cost32);
        Matrix large = probe.large("w", -3, 3);
        findings.repeatable(List.of("cost", "∂C/∂w"), kernels -> {
            Matrix many = Probe.copy(kernels, large);
            Matrix whole = kernels.matrix(1, 1);
            whole.set(0, 0, regularizer.cost(many, EXAMPLES, kernels));
            Matrix added = kernels.matrix(many.rows(), many.columns());
            regularizer.addGradient(many, EXAMPLES, added, kernels);
            return List.of(whole, added);
        });
    }

    private void checkSlopes(Matrix w, Matrix pull, double cost) {
        Slopes slopes = new Slopes(findings, "∂C/∂w", "kinks()", pull);
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < COLUMNS; j++) {
                int row = i;
                int column = j;
                double place = w.get(i, j);
                Curve curve = Curve.of(w, i, j, () -> regularizer.cost(w, EXAMPLES, probe.float64()), branches -> {
                    for (double kink : regularizer.kinks()) {
                        branches.addSide(w.get(row, column), kink);
                    }
                });
                slopes.compare(curve, place, pull.get(i, j), Math.abs(cost), 1, Findings.at("w", place));
            }
        }
        slopes.end();
    }

    /** Two ways to the same sum: the difference of two roundings. */
    private void checkAdding(Matrix w, Matrix pull) {
        Matrix onOne = gradient(w, EXAMPLES, 1);
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < COLUMNS; j++) {
                double expected = 1 + pull.get(i, j);
                if (!near(expected, onOne.get(i, j), 0x1p-50)) {
                    findings.add("∂C/∂w added to 1", expected, onOne.get(i, j), Findings.at("w", w.get(i, j)));
                }
            }
        }
    }

    private void checkExamples(Matrix w, Matrix pull, double cost) {
        double divisor = regularizer.isDivided() ? 2 : 1;
        double divided = regularizer.cost(w, 2 * EXAMPLES, probe.float64());
        findings.require(
                near(cost / divisor, divided, 0x1p-50), "cost with twice the examples", cost / divisor, divided);
        Matrix restored = gradient(w, 2 * EXAMPLES, 0);
        probe.float64().scale(divisor, restored);
        String times = regularizer.isDivided() ? "twice " : "";
        findings.close(times + "∂C/∂w with twice the examples", pull, restored, 0x1p-50, "w", w);
    }

    private Matrix gradient(Matrix w, long examples, double start) {
        Matrix gradient = probe.float64().matrix(w.rows(), w.columns());
        gradient.fill(start);
        regularizer.addGradient(w, examples, gradient, probe.float64());
        return gradient;
    }

    private static boolean near(double expected, double got, double tolerance) {
        return Math.abs(expected - got) <= tolerance * Math.max(1, Math.abs(expected));
    }
}
