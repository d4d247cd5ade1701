package dev.chainrule.builtin;

import static dev.chainrule.builtin.Matrices.FLOAT32;
import static dev.chainrule.builtin.Matrices.FLOAT64;
import static dev.chainrule.builtin.Matrices.assertClose;
import static dev.chainrule.builtin.Matrices.assertSame;
import static dev.chainrule.builtin.Matrices.copy;
import static dev.chainrule.builtin.Matrices.garbage;
import static dev.chainrule.builtin.Matrices.random;

import dev.chainrule.api.Activation;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.Loss;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.function.DoubleSupplier;

/**
 * Check analytic gradients against central differences (f(v + h) − f(v − h)) / 2h in float64, h = 1e-5·max(1, |v|).
 *
 * <p>The tolerance: truncation costs h²/6·|f‴| ≈ 2e-11·|f‴| and rounding ε·|f|/h ≈ 2e-11·|f|. The tests keep |f| and |f‴| below
 * some hundreds, so 1e-8 covers the differences, and an error of formula is many orders larger. In float32 a result carries
 * some rounding errors of 6e-8 relative to its largest term: 2e-5 covers sums of a hundred terms.
 */
public final class Gradients {
    private static final double STEP = 1e-5;
    private static final double TOLERANCE = 1e-8;
    private static final double FLOAT32_TOLERANCE = 2e-5;

    private Gradients() {}

    /** Check a layer with C = Σ r ⊙ out for random r: every parameter, the input, and that nothing else is modified. */
    public static void assertLayer(LayerSpec spec, Shape input, int rows, Pass pass) {
        Matrix x = random(FLOAT64, rows, input.size(), 11);
        TestLayer layer = new TestLayer(spec, input, FLOAT64);
        layer.parameters()
                .values()
                .forEach(p -> p.value()
                        .copyFrom(random(FLOAT64, p.value().rows(), p.value().columns(), 12)));

        Matrix before = copy(FLOAT64, x);
        Matrix out = layer.forward(x, pass);
        Matrix r = random(FLOAT64, out.rows(), out.columns(), 13);
        Matrix outBefore = copy(FLOAT64, out);
        Matrix rBefore = copy(FLOAT64, r);
        Matrix dx = copy(FLOAT64, layer.backward(r, pass));
        assertSame(before, x, "x is not modified");
        assertSame(outBefore, out, "out is not modified by backward");
        assertSame(rBefore, r, "delta is not modified");

        DoubleSupplier cost = () -> dot(r, layer.forward(x, pass));
        assertClose(numeric(x, cost), dx, TOLERANCE, "dx");
        layer.parameters()
                .forEach((name, p) -> assertClose(
                        numeric(p.value(), cost), copy(FLOAT64, p.gradient()), TOLERANCE, "gradient of " + name));
        assertFloat32Agrees(spec, input, layer, x, r, pass);
    }

    private static void assertFloat32Agrees(
            LayerSpec spec, Shape input, TestLayer exact, Matrix x, Matrix r, Pass pass) {
        TestLayer layer = new TestLayer(spec, input, FLOAT32);
        layer.parameters().forEach((name, p) -> p.value().copyFrom(exact.value(name)));
        assertClose(exact.forward(x, pass), layer.forward(copy(FLOAT32, x), pass), FLOAT32_TOLERANCE, "float32 out");
        assertClose(exact.backward(r, pass), layer.backward(copy(FLOAT32, r), pass), FLOAT32_TOLERANCE, "float32 dx");
        layer.parameters()
                .forEach((name, p) -> assertClose(
                        exact.gradient(name), p.gradient(), FLOAT32_TOLERANCE, "float32 gradient of " + name));
    }

    /** Check an activation with C = Σ r ⊙ a for random r, at random z. */
    public static void assertActivation(Activation activation) {
        Matrix z = random(FLOAT64, 7, 5, 21);
        Matrix r = random(FLOAT64, 7, 5, 22);
        Matrix before = copy(FLOAT64, z);
        Matrix delta = delta(activation, z, r, FLOAT64);
        assertSame(before, z, "z is not modified");
        DoubleSupplier cost = () -> dot(r, activate(activation, z, FLOAT64));
        assertClose(numeric(z, cost), delta, TOLERANCE, "delta");

        Matrix z32 = copy(FLOAT32, z);
        assertClose(
                activate(activation, z, FLOAT64), activate(activation, z32, FLOAT32), FLOAT32_TOLERANCE, "float32 a");
        assertClose(delta, delta(activation, z32, copy(FLOAT32, r), FLOAT32), FLOAT32_TOLERANCE, "float32 delta");
    }

    /** Check ∂C/∂a of a loss, and that float32 agrees. */
    public static void assertLoss(Loss loss, Matrix a, Matrix y) {
        Matrix aBefore = copy(FLOAT64, a);
        Matrix yBefore = copy(FLOAT64, y);
        Matrix g = garbage(FLOAT64, a.rows(), a.columns());
        loss.gradient(a, y, g, FLOAT64);
        DoubleSupplier cost = () -> mean(costs(loss, a, y, FLOAT64));
        assertClose(numeric(a, cost), g, TOLERANCE, "∂C/∂a");
        assertSame(aBefore, a, "a is not modified");
        assertSame(yBefore, y, "y is not modified");

        Matrix a32 = copy(FLOAT32, a);
        Matrix y32 = copy(FLOAT32, y);
        Matrix g32 = garbage(FLOAT32, a.rows(), a.columns());
        loss.gradient(a32, y32, g32, FLOAT32);
        assertClose(g, g32, FLOAT32_TOLERANCE, "float32 ∂C/∂a");
        assertClose(costs(loss, a, y, FLOAT64), costs(loss, a32, y32, FLOAT32), FLOAT32_TOLERANCE, "float32 costs");
    }

    /** Check delta of a loss fused with an activation, and that both ways give the same costs and delta. */
    public static void assertFused(Loss loss, Activation output, Matrix z, Matrix y) {
        Loss.Fused fused = loss.fuse(output).orElseThrow();
        Matrix a = activate(output, z, FLOAT64);
        Matrix zBefore = copy(FLOAT64, z);
        Matrix aBefore = copy(FLOAT64, a);
        Matrix delta = garbage(FLOAT64, z.rows(), z.columns());
        fused.delta(z, a, y, delta, FLOAT64);
        DoubleSupplier cost = () -> mean(costs(fused, z, activate(output, z, FLOAT64), y, FLOAT64));
        assertClose(numeric(z, cost), delta, TOLERANCE, "delta");

        Matrix g = garbage(FLOAT64, z.rows(), z.columns());
        loss.gradient(a, y, g, FLOAT64);
        // Both are exact formulas: a few roundings of 1e-16, multiplied by 1/a where a is small.
        assertClose(delta(output, z, g, FLOAT64), delta, 1e-13, "fused and unfused delta");
        assertClose(costs(loss, a, y, FLOAT64), costs(fused, z, a, y, FLOAT64), 1e-13, "fused and unfused costs");
        assertSame(zBefore, z, "z is not modified");
        assertSame(aBefore, a, "a is not modified");
    }

    /** Return the costs of each example. */
    public static Matrix costs(Loss loss, Matrix a, Matrix y, Kernels kernels) {
        Matrix costs = garbage(kernels, a.rows(), 1);
        loss.costs(a, y, costs, kernels);
        return costs;
    }

    /** Return the costs of each example by the fused form. */
    public static Matrix costs(Loss.Fused fused, Matrix z, Matrix a, Matrix y, Kernels kernels) {
        Matrix costs = garbage(kernels, z.rows(), 1);
        fused.costs(z, a, y, costs, kernels);
        return costs;
    }

    /** Return σ(z). */
    public static Matrix activate(Activation activation, Matrix z, Kernels kernels) {
        Matrix a = garbage(kernels, z.rows(), z.columns());
        activation.forward(z, a, kernels);
        return a;
    }

    /** Return ∂C/∂z given g = ∂C/∂a. */
    public static Matrix delta(Activation activation, Matrix z, Matrix g, Kernels kernels) {
        Matrix delta = garbage(kernels, z.rows(), z.columns());
        activation.backward(z, activate(activation, z, kernels), g, delta, kernels);
        return delta;
    }

    /** Return the central differences of a cost by every element of a matrix, which is left as it was. */
    public static Matrix numeric(Matrix at, DoubleSupplier cost) {
        Matrix result = FLOAT64.matrix(at.rows(), at.columns());
        for (int i = 0; i < at.rows(); i++) {
            for (int j = 0; j < at.columns(); j++) {
                double value = at.get(i, j);
                double above = value + STEP * Math.max(1, Math.abs(value));
                double below = value - STEP * Math.max(1, Math.abs(value));
                at.set(i, j, above);
                double costAbove = cost.getAsDouble();
                at.set(i, j, below);
                double costBelow = cost.getAsDouble();
                at.set(i, j, value);
                result.set(i, j, (costAbove - costBelow) / (above - below));
            }
        }
        return result;
    }

    private static double dot(Matrix r, Matrix out) {
        double sum = 0;
        for (int i = 0; i < r.rows(); i++) {
            for (int j = 0; j < r.columns(); j++) {
                sum += r.get(i, j) * out.get(i, j);
            }
        }
        return sum;
    }

    private static double mean(Matrix costs) {
        return FLOAT64.sum(costs) / costs.rows();
    }
}
