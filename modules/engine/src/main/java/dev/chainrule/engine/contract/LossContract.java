package dev.chainrule.engine.contract;

import static dev.chainrule.engine.contract.Probe.FLOAT32;
import static dev.chainrule.engine.contract.Probe.FLOAT64;

import dev.chainrule.api.Activation;
import dev.chainrule.api.InputException;
import dev.chainrule.api.Loss;
import dev.chainrule.api.Shape;
import dev.chainrule.api.Target;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.List;

/**
 * Check what every {@link Loss} promises, with each kind of target it accepts (numbers, one-hot classes, class numbers):
 *
 * <ul>
 *   <li>costs and gradient write every element of their output, keep its shape and leave their inputs as they are;
 *   <li>an example's cost depends on that example alone, to the bit;
 *   <li>the gradient agrees with central differences of the mean cost, and float32 with float64;
 *   <li>the fused form with each output activation that the loss knows gives the costs and the delta of the unfused one, and
 *       stays finite where the activation saturates.
 * </ul>
 */
public final class LossContract {
    private static final double[][] OUTPUTS = {
        {0.5, 0.25, 0.25}, {0.125, 0.75, 0.125}, {0.0625, 0.3125, 0.625}, {0.25, 0.5, 0.25}
    };
    private static final double[][] ONE_OUTPUT = {{0.75}, {0.125}, {0.5}, {0.3125}};

    private final Loss loss;
    private final Findings findings = new Findings();

    private LossContract(Loss loss) {
        this.loss = loss;
    }

    /** Pair outputs with targets of one form. */
    private record Case(String name, Target target, double[][] a, double[][] y) {}

    private static final List<Case> CASES = List.of(
            new Case("numbers", new Target(Target.Form.VALUES, List.of("u", "v", "w")), OUTPUTS, new double[][] {
                {0.25, 0.5, 0.75}, {0, 1, 0.5}, {0.125, 0.875, 0.625}, {1, 0, 0.25}
            }),
            new Case("one number", new Target(Target.Form.VALUES, List.of("u")), ONE_OUTPUT, new double[][] {
                {0.25}, {0}, {1}, {0.625}
            }),
            new Case(
                    "one-hot classes",
                    new Target(Target.Form.ONE_HOT, List.of("u", "v", "w")),
                    OUTPUTS,
                    new double[][] {{1, 0, 0}, {0, 0, 1}, {0, 1, 0}, {0, 1, 0}}),
            new Case(
                    "class numbers",
                    new Target(Target.Form.CLASS_INDEX, List.of("u", "v", "w")),
                    OUTPUTS,
                    new double[][] {{0}, {2}, {1}, {1}}),
            new Case(
                    "class numbers, one output",
                    new Target(Target.Form.CLASS_INDEX, List.of("u", "v")),
                    ONE_OUTPUT,
                    new double[][] {{1}, {0}, {0}, {1}}));

    /**
     * Return everything that breaks the contract; empty when it is kept.
     *
     * @param outputs the activations that the loss might fuse with
     */
    public static List<Finding> check(Loss loss, List<Activation> outputs) {
        LossContract contract = new LossContract(loss);
        List<Case> accepted = CASES.stream().filter(contract::accepts).toList();
        if (accepted.isEmpty()) {
            contract.findings.add("kinds of targets accepted", 1, 0, "");
        }
        for (Case one : accepted) {
            contract.checkPlain(one);
            for (Activation output : outputs) {
                contract.loss.fuse(output).ifPresent(fused -> contract.checkFused(one, output, fused));
            }
        }
        return contract.findings.all();
    }

    private boolean accepts(Case one) {
        try {
            loss.check(Shape.of(one.a()[0].length), one.target());
            return true;
        } catch (InputException refused) {
            return false;
        }
    }

    private void checkPlain(Case one) {
        String with = " with " + one.name();
        Matrix a = Probe.of(FLOAT64, one.a());
        Matrix y = Probe.of(FLOAT64, one.y());
        Matrix costs = costs(a, y, FLOAT64);
        Matrix g = gradient(a, y, FLOAT64);
        findings.same("a" + with, Probe.of(FLOAT64, one.a()), a, "a", a);
        findings.same("y" + with, Probe.of(FLOAT64, one.y()), y, "y", Probe.of(FLOAT64, one.y()));
        if (!findings.shape("costs" + with, a.rows(), 1, costs)
                | !findings.shape("∂C/∂a" + with, a.rows(), a.columns(), g)) {
            return;
        }
        findings.finite("cost" + with, costs, false, "a", a);
        for (int i = 0; i < a.rows(); i++) {
            Matrix row = Probe.row(FLOAT64, a, i);
            Matrix alone = costs(row, Probe.row(FLOAT64, y, i), FLOAT64);
            findings.same("cost of an example in a batch" + with, alone, Probe.row(FLOAT64, costs, i), "a", row);
            for (int j = 0; j < a.columns(); j++) {
                double expected = Probe.difference(a, i, j, () -> mean(costs(a, y, FLOAT64)));
                compare("∂C/∂a" + with, expected, g.get(i, j), Findings.at("a", a.get(i, j)));
            }
        }
        Matrix a32 = Probe.of(FLOAT32, one.a());
        Matrix y32 = Probe.of(FLOAT32, one.y());
        findings.close("float32 cost" + with, costs, costs(a32, y32, FLOAT32), Probe.FLOAT32_TOLERANCE, "a", a);
        findings.close("float32 ∂C/∂a" + with, g, gradient(a32, y32, FLOAT32), Probe.FLOAT32_TOLERANCE, "a", a);
    }

    private void checkFused(Case one, Activation output, Loss.Fused fused) {
        String with = " fused with " + output + ", " + one.name();
        Matrix z = Probe.draw("logits", one.a().length, one.a()[0].length, -3, 3);
        Matrix y = Probe.of(FLOAT64, one.y());
        Matrix a = Probe.unwritten(FLOAT64, z.rows(), z.columns());
        output.forward(z, a, FLOAT64);
        Matrix zBefore = Probe.copy(FLOAT64, z);
        Matrix aBefore = Probe.copy(FLOAT64, a);
        Matrix costs = costs(fused, z, a, y, FLOAT64);
        Matrix delta = delta(fused, z, a, y, FLOAT64);
        findings.same("z" + with, zBefore, z, "z", zBefore);
        findings.same("a" + with, aBefore, a, "z", zBefore);
        findings.same("y" + with, Probe.of(FLOAT64, one.y()), y, "z", zBefore);
        Matrix unfused = Probe.unwritten(FLOAT64, z.rows(), z.columns());
        output.backward(z, a, gradient(a, y, FLOAT64), unfused, FLOAT64);
        // Two exact formulas for the same number: some roundings of 1e-16, multiplied by 1/a, which is below 1,000
        // here.
        double tolerance = 1e-12;
        findings.close("cost" + with, costs(a, y, FLOAT64), costs, tolerance, "z", z);
        findings.close("delta" + with, unfused, delta, tolerance, "z", z);
        for (int i = 0; i < z.rows(); i++) {
            for (int j = 0; j < z.columns(); j++) {
                double expected = Probe.difference(z, i, j, () -> {
                    output.forward(z, a, FLOAT64);
                    return mean(costs(fused, z, a, y, FLOAT64));
                });
                compare("delta" + with, expected, delta.get(i, j), Findings.at("z", z.get(i, j)));
            }
        }
        checkSaturated(one, output, fused, with);
    }

    private void checkSaturated(Case one, Activation output, Loss.Fused fused, String with) {
        for (Kernels kernels : List.of(FLOAT64, FLOAT32)) {
            Matrix y = Probe.of(kernels, one.y());
            Matrix z = kernels.matrix(one.a().length, one.a()[0].length);
            for (int i = 0; i < z.rows(); i++) {
                for (int j = 0; j < z.columns(); j++) {
                    z.set(i, j, (i + j) % 2 == 0 ? 1000 : -1000);
                }
            }
            Matrix a = kernels.matrix(z.rows(), z.columns());
            output.forward(z, a, kernels);
            String precision = kernels == FLOAT32 ? "float32 " : "";
            findings.finite(precision + "cost" + with, costs(fused, z, a, y, kernels), false, "z", z);
            findings.finite(precision + "delta" + with, delta(fused, z, a, y, kernels), false, "z", z);
        }
    }

    private void compare(String value, double expected, double got, String at) {
        if (!(Math.abs(expected - got) <= Probe.DIFFERENCE_TOLERANCE * Math.max(1, Math.abs(expected)))) {
            findings.add(value, Probe.rounded(expected), got, at);
        }
    }

    private Matrix costs(Matrix a, Matrix y, Kernels kernels) {
        Matrix costs = Probe.unwritten(kernels, a.rows(), 1);
        loss.costs(a, y, costs, kernels);
        return costs;
    }

    private Matrix gradient(Matrix a, Matrix y, Kernels kernels) {
        Matrix g = Probe.unwritten(kernels, a.rows(), a.columns());
        loss.gradient(a, y, g, kernels);
        return g;
    }

    private static Matrix costs(Loss.Fused fused, Matrix z, Matrix a, Matrix y, Kernels kernels) {
        Matrix costs = Probe.unwritten(kernels, z.rows(), 1);
        fused.costs(z, a, y, costs, kernels);
        return costs;
    }

    private static Matrix delta(Loss.Fused fused, Matrix z, Matrix a, Matrix y, Kernels kernels) {
        Matrix delta = Probe.unwritten(kernels, z.rows(), z.columns());
        fused.delta(z, a, y, delta, kernels);
        return delta;
    }

    private static double mean(Matrix costs) {
        double sum = 0;
        for (int i = 0; i < costs.rows(); i++) {
            sum += costs.get(i, 0);
        }
        return sum / costs.rows();
    }
}
