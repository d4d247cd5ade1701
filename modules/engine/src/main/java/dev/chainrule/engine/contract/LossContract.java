package dev.chainrule.engine.contract;

import dev.chainrule.api.Activation;
import dev.chainrule.api.Loss;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.value.Shape;
import dev.chainrule.engine.check.Curve;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.List;
import java.util.stream.Stream;

/**
 * The contract of every {@link Loss}, checked with each kind of target that it accepts (numbers, one-hot classes, class
 * numbers, probabilities of classes):
 *
 * <ul>
 *   <li>costs and gradient write every element of their output, keep its shape and leave their inputs unchanged;
 *   <li>an example's cost depends on that example alone, to the bit;
 *   <li>the gradient agrees with the slopes of the mean cost, and float32 with float64;
 *   <li>the fused form with each output activation that the loss knows gives the costs and the delta of the unfused one, and
 *       stays finite when the activation saturates;
 *   <li>computing again, or with 1, 2 or 3 threads, gives identical bits.
 * </ul>
 */
public final class LossContract {
    private static final int MANY_ELEMENTS = 34_000;

    private final Probe probe = new Probe();
    private final Loss loss;
    private final Findings findings;

    private LossContract(Loss loss, Findings findings) {
        this.loss = loss;
        this.findings = findings;
    }

    /**
     * Return everything that breaks the contract; empty if it is kept.
     *
     * @param outputs the activations that the loss might fuse with
     */
    public static List<Finding> check(Loss loss, List<Activation> outputs) {
        return Findings.of(findings -> new LossContract(loss, findings).check(outputs));
    }

    private void check(List<Activation> outputs) {
        List<Examples> accepted = Stream.concat(
                        Examples.ALL.stream(),
                        loss.acceptsProbabilities() ? Stream.of(Examples.PROBABILITIES) : Stream.empty())
                .filter(this::accepts)
                .toList();
        if (accepted.isEmpty()) {
            findings.add("kinds of targets accepted", 1, 0, "");
        }
        for (Examples one : accepted) {
            checkPlain(one);
            for (Activation output : outputs) {
                loss.fuse(output).ifPresent(fused -> checkFused(one, output, fused));
            }
            checkRepeated(one, outputs);
        }
    }

    /** Repeat the case's examples until kernels split their work. */
    private void checkRepeated(Examples one, List<Activation> outputs) {
        Examples many = one.repeated(MANY_ELEMENTS / one.a()[0].length);
        String with = " with " + one.name();
        findings.repeatable(List.of("costs" + with, "∂C/∂a" + with), kernels -> {
            Matrix outs = Probe.of(kernels, many.a());
            Matrix targets = Probe.of(kernels, many.y());
            return List.of(costs(outs, targets, kernels), gradient(outs, targets, kernels));
        });
        for (Activation output : outputs) {
            loss.fuse(output)
                    .ifPresent(fused ->
                            findings.repeatable(List.of("delta fused with " + output + ", " + one.name()), kernels -> {
                                Matrix z = Probe.of(kernels, many.a());
                                Matrix outs = kernels.matrix(z.rows(), z.columns());
                                output.forward(z, outs, kernels);
                                return List.of(delta(fused, z, outs, Probe.of(kernels, many.y()), kernels));
                            }));
        }
    }

    private boolean accepts(Examples one) {
        try {
            loss.check(Shape.of(one.a()[0].length), one.target());
            return true;
        } catch (InputException refused) {
            return false;
        }
    }

    private void checkPlain(Examples one) {
        String with = " with " + one.name();
        Matrix a = Probe.of(probe.float64(), one.a());
        Matrix y = Probe.of(probe.float64(), one.y());
        Matrix costs = costs(a, y, probe.float64());
        Matrix g = gradient(a, y, probe.float64());
        findings.same("a" + with, Probe.of(probe.float64(), one.a()), a, "a", a);
        findings.same("y" + with, Probe.of(probe.float64(), one.y()), y, "y", Probe.of(probe.float64(), one.y()));
        boolean costsFit = findings.shape("costs" + with, a.rows(), 1, costs);
        boolean gradientFits = findings.shape("∂C/∂a" + with, a.rows(), a.columns(), g);
        if (!costsFit || !gradientFits) {
            return;
        }
        findings.finite("cost" + with, costs, false, "a", a);
        Slopes slopes = new Slopes(findings, "∂C/∂a" + with, "branches()", g);
        for (int i = 0; i < a.rows(); i++) {
            Matrix row = Probe.row(probe.float64(), a, i);
            Matrix alone = costs(row, Probe.row(probe.float64(), y, i), probe.float64());
            findings.same(
                    "cost of an example in a batch" + with, alone, Probe.row(probe.float64(), costs, i), "a", row);
            for (int j = 0; j < a.columns(); j++) {
                Curve curve = Curve.of(
                        a, i, j, () -> mean(costs(a, y, probe.float64())), branches -> loss.branches(a, y, branches));
                slopes.compare(curve, a.get(i, j), g.get(i, j), largest(costs), 1, Findings.at("a", a.get(i, j)));
            }
        }
        slopes.end();
        Matrix a32 = Probe.of(probe.float32(), one.a());
        Matrix y32 = Probe.of(probe.float32(), one.y());
        findings.close("float32 cost" + with, costs, costs(a32, y32, probe.float32()), Probe.FLOAT32_TOLERANCE, "a", a);
        findings.close("float32 ∂C/∂a" + with, g, gradient(a32, y32, probe.float32()), Probe.FLOAT32_TOLERANCE, "a", a);
    }

    private void checkFused(Examples one, Activation output, Loss.Fused fused) {
        String with = " fused with " + output + ", " + one.name();
        Matrix z = probe.draw("logits", one.a().length, one.a()[0].length, -3, 3);
        Matrix y = Probe.of(probe.float64(), one.y());
        Matrix a = Probe.unwritten(probe.float64(), z.rows(), z.columns());
        output.forward(z, a, probe.float64());
        Matrix zBefore = Probe.copy(probe.float64(), z);
        Matrix aBefore = Probe.copy(probe.float64(), a);
        Matrix costs = costs(fused, z, a, y, probe.float64());
        Matrix delta = delta(fused, z, a, y, probe.float64());
        findings.same("z" + with, zBefore, z, "z", zBefore);
        findings.same("a" + with, aBefore, a, "z", zBefore);
        findings.same("y" + with, Probe.of(probe.float64(), one.y()), y, "z", zBefore);
        Matrix unfused = Probe.unwritten(probe.float64(), z.rows(), z.columns());
        output.backward(z, a, gradient(a, y, probe.float64()), unfused, probe.float64());
        // Two exact formulas for the same number: some roundings of 1e-16, multiplied by 1/a, which is below 1,000
        // here.
        double tolerance = 1e-12;
        findings.close("cost" + with, costs(a, y, probe.float64()), costs, tolerance, "z", z);
        findings.close("delta" + with, unfused, delta, tolerance, "z", z);
        Slopes slopes = new Slopes(findings, "delta" + with, "branches()", delta);
        for (int i = 0; i < z.rows(); i++) {
            for (int j = 0; j < z.columns(); j++) {
                Curve curve = Curve.of(z, i, j, () -> {
                    output.forward(z, a, probe.float64());
                    return mean(costs(fused, z, a, y, probe.float64()));
                });
                double place = z.get(i, j);
                slopes.compare(curve, place, delta.get(i, j), largest(costs), 1, Findings.at("z", place));
            }
        }
        slopes.end();
        checkSaturated(one, output, fused, with);
    }

    private void checkSaturated(Examples one, Activation output, Loss.Fused fused, String with) {
        for (Kernels kernels : List.of(probe.float64(), probe.float32())) {
            Matrix y = Probe.of(kernels, one.y());
            Matrix z = kernels.matrix(one.a().length, one.a()[0].length);
            for (int i = 0; i < z.rows(); i++) {
                for (int j = 0; j < z.columns(); j++) {
                    z.set(i, j, (i + j) % 2 == 0 ? 1000 : -1000);
                }
            }
            Matrix a = kernels.matrix(z.rows(), z.columns());
            output.forward(z, a, kernels);
            String precision = kernels == probe.float32() ? "float32 " : "";
            findings.finite(precision + "cost" + with, costs(fused, z, a, y, kernels), false, "z", z);
            findings.finite(precision + "delta" + with, delta(fused, z, a, y, kernels), false, "z", z);
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

    /** Return the size of the numbers that a cost is computed from: costs, outputs and logits; outputs and logits are below 4. */
    private static double largest(Matrix costs) {
        double largest = 4;
        for (int i = 0; i < costs.rows(); i++) {
            largest = Math.max(largest, Math.abs(costs.get(i, 0)));
        }
        return largest;
    }

    private static double mean(Matrix costs) {
        double sum = 0;
        for (int i = 0; i < costs.rows(); i++) {
            sum += costs.get(i, 0);
        }
        return sum / costs.rows();
    }
}
