package dev.chainrule.engine;

import dev.chainrule.api.ActivationNode;
import dev.chainrule.api.GradientReport;
import dev.chainrule.api.Node;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.Shape;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Precision;
import dev.chainrule.math.RandomStream;
import dev.chainrule.math.ThreadTeam;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Compare the gradients of backpropagation with central differences, in float64 on a copy of the network.
 *
 * <p>n = (4·D(h/2) − D(h)) / 3 with D(h) = (C(θ + h) − C(θ − h)) / 2h, Richardson's extrapolation, whose error is of the order
 * h⁴; h = ε^⅕·max(1, |θ|) balances it against the rounding error εC/h (Press et al., Numerical Recipes, 3rd ed., section 5.7). The
 * uncertainty of n is |D(h/2) − D(h)|, which bounds the truncation error, and the rounding of C over h. The error reported is
 * |a − n| / max(|a| + |n|, uncertainty / tolerance), so that a difference as small as the uncertainty passes. An
 * entry whose step crosses a kink of an activation or regularizer is tried again with smaller steps, then left out and counted.
 * Dropout masks are fixed by the batch's place; batch statistics are computed anew and running averages left alone.
 */
final class GradientChecker {
    private static final double EPSILON = Math.ulp(1.0);
    private static final double STEP = StrictMath.pow(EPSILON, 0.2);
    private static final double ROUNDINGS = 16;
    private static final int RETRIES = 2;
    private static final double SHRINK = 1.0 / 16;

    private final Network copy;
    private final Objective objective;
    private final BatchPass pass;
    private final long seed;
    private final Matrix x = new DoubleMatrix(0, 0);
    private final Matrix y = new DoubleMatrix(0, 0);

    /**
     * Create a checker for a network.
     *
     * @param input the shape of an example after transforms
     * @param examples n, by which regularizers are divided
     */
    GradientChecker(Experiment experiment, Shape input, long examples) {
        Kernels kernels = Kernels.of(Precision.FLOAT64, new ThreadTeam(1));
        this.copy = Network.build(experiment.model(), input, kernels, experiment.seed());
        this.objective = new Objective(copy, experiment.loss(), examples);
        this.pass = BatchPass.forChecking();
        this.seed = experiment.seed();
    }

    /**
     * Check every parameter at the network's present values.
     *
     * @param x [batch, in]. Not modified.
     * @param y [batch, target]. Not modified.
     */
    GradientReport check(Network network, Matrix x, Matrix y, GradientReport.Options options) {
        copy.copyTensors(network);
        this.x.copyFrom(x);
        this.y.copyFrom(y);
        cost();
        objective.backward(this.y, pass);
        List<Matrix> analytic = new ArrayList<>();
        for (Parameter parameter : copy.parameters()) {
            Matrix gradient = new DoubleMatrix(0, 0);
            gradient.copyFrom(parameter.gradient());
            analytic.add(gradient);
        }
        List<GradientReport.Row> rows = new ArrayList<>();
        for (int i = 0; i < analytic.size(); i++) {
            rows.add(check(copy.parameters().get(i), analytic.get(i), options));
        }
        return new GradientReport(rows);
    }

    private GradientReport.Row check(Parameter parameter, Matrix analytic, GradientReport.Options options) {
        Matrix value = parameter.value();
        int[] order =
                RandomStream.of(seed, "gradient_check." + parameter.name()).permutation(value.size(), 0);
        int[] sample = Arrays.copyOf(order, Math.min(options.samples(), order.length));
        Arrays.sort(sample);
        int checked = 0;
        int atKink = 0;
        int failed = 0;
        GradientReport.Entry worst = new GradientReport.Entry(0, 0, 0, 0, 0);
        for (int place : sample) {
            int row = place / value.columns();
            int column = place % value.columns();
            GradientReport.Entry entry = compare(parameter, row, column, analytic.get(row, column), options);
            if (entry == null) {
                atKink++;
                continue;
            }
            checked++;
            // Written so that NaN fails.
            failed += entry.relativeError() <= options.tolerance() ? 0 : 1;
            worst = Double.compare(entry.relativeError(), worst.relativeError()) > 0 ? entry : worst;
        }
        return new GradientReport.Row(equation(parameter), parameter.name(), checked, atKink, failed, worst);
    }

    /** Return the comparison of one entry, or null where every step crosses a kink. */
    private GradientReport.Entry compare(
            Parameter parameter, int row, int column, double analytic, GradientReport.Options options) {
        Matrix value = parameter.value();
        double theta = value.get(row, column);
        double[] kinks = parameter.regularizer().map(r -> r.kinks()).orElse(new double[0]);
        double h = STEP * Math.max(1, Math.abs(theta));
        for (int attempt = 0; attempt <= RETRIES; attempt++, h *= SHRINK) {
            Difference wide = difference(value, row, column, h);
            Difference narrow = difference(value, row, column, h / 2);
            double reach = h;
            boolean crosses = !wide.smooth()
                    || !narrow.smooth()
                    || Arrays.stream(kinks).anyMatch(kink -> Math.abs(kink - theta) <= reach);
            if (!crosses) {
                double numeric = narrow.slope() + (narrow.slope() - wide.slope()) / 3;
                double uncertainty = Math.abs(narrow.slope() - wide.slope()) + narrow.rounding();
                double size = Math.max(Math.abs(analytic) + Math.abs(numeric), uncertainty / options.tolerance());
                double error = analytic == numeric ? 0 : Math.abs(analytic - numeric) / size;
                return new GradientReport.Entry(row, column, analytic, numeric, error);
            }
        }
        return null;
    }

    /**
     * Hold a central difference.
     *
     * @param slope D(h)
     * @param rounding what rounding of C can do to it
     * @param smooth whether every branch is the same on both sides
     */
    private record Difference(double slope, double rounding, boolean smooth) {}

    private Difference difference(Matrix value, int row, int column, double h) {
        double theta = value.get(row, column);
        // The exact distance of the two points, after rounding of θ ± h.
        double above = theta + h;
        double below = theta - h;
        value.set(row, column, above);
        double costAbove = cost();
        long branchesAbove = branches();
        value.set(row, column, below);
        double costBelow = cost();
        long branchesBelow = branches();
        value.set(row, column, theta);
        double rounding = ROUNDINGS * EPSILON * Math.max(Math.abs(costAbove), Math.abs(costBelow)) / h;
        return new Difference((costAbove - costBelow) / (above - below), rounding, branchesAbove == branchesBelow);
    }

    private double cost() {
        objective.forward(x, y, pass);
        return objective.meanCost() + objective.penalty();
    }

    /** Return a fingerprint of which side of its kinks every z is on. */
    private long branches() {
        long fingerprint = 0;
        List<Node> nodes = copy.nodes();
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i) instanceof ActivationNode node) {
                double[] kinks = node.activation().kinks();
                Matrix z = copy.input(i);
                for (int j = 0; kinks.length > 0 && j < z.size(); j++) {
                    double at = z.get(j / z.columns(), j % z.columns());
                    for (double kink : kinks) {
                        fingerprint = 31 * fingerprint + Double.compare(at, kink);
                    }
                }
            }
        }
        return fingerprint;
    }

    private static String equation(Parameter parameter) {
        return parameter.name().endsWith(".biases") ? "BP3" : parameter.name().endsWith(".weights") ? "BP4" : "";
    }
}
