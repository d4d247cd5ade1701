package dev.chainrule.engine.check;

import dev.chainrule.math.Matrix;

/**
 * An estimate of how far rounding can move a cost: a few units in the last place of the numbers that it is computed from. To
 * first order, rounding of the output a of a node moves the cost by ∂C/∂a ⊙ a; and a loss computes with the outputs
 * themselves, which may be much larger than the cost.
 */
final class Magnitudes {
    private final double network;
    private final Specimen specimen;

    /** Measure the batch that the specimen has loaded, after a backward pass. */
    Magnitudes(Specimen specimen, Gradients gradients) {
        this.specimen = specimen;
        double sum = Math.abs(specimen.objective.meanCost(specimen.y)) + outputs();
        for (int i = 0; i < specimen.quantities().size(); i++) {
            Quantity quantity = specimen.quantities().get(i);
            if (quantity.equation().flowsOn()
                    && (quantity.equation() != Equation.LOSS
                            || specimen.objective.fused().isEmpty())) {
                sum += norm(gradients.of(i), quantity.theta());
            }
        }
        this.network = sum;
    }

    double noise(Quantity quantity, Matrix analytic) {
        return SlopeCheck.noise(
                switch (quantity.equation()) {
                    case LOSS -> network + norm(analytic, quantity.theta());
                    case REGULARIZER -> penalty(quantity);
                    case BP3, BP4, PARAMETERS ->
                        specimen.parameter(quantity).regularizer().isPresent() ? network + penalty(quantity) : network;
                    default -> network;
                });
    }

    private double penalty(Quantity quantity) {
        double cost = specimen.regularizer(quantity).cost(quantity.theta(), specimen.examples, specimen.kernels);
        return Double.isFinite(cost) ? Math.abs(cost) : 0;
    }

    /** Return the mean over the examples of the largest number that the loss sees. */
    private double outputs() {
        int last = specimen.network.nodes().size() - 1;
        Matrix a = specimen.network.output(last);
        Matrix z = specimen.network.input(last);
        double sum = 0;
        for (int i = 0; i < a.rows(); i++) {
            double largest = 0;
            for (int j = 0; j < a.columns(); j++) {
                largest = Math.max(largest, Math.abs(a.get(i, j)));
            }
            for (int j = 0; specimen.objective.fused().isPresent() && j < z.columns(); j++) {
                largest = Math.max(largest, Math.abs(z.get(i, j)));
            }
            sum += largest;
        }
        return sum / a.rows();
    }

    private static double norm(Matrix gradient, Matrix theta) {
        double sum = 0;
        for (int i = 0; i < theta.rows(); i++) {
            for (int j = 0; j < theta.columns(); j++) {
                double product = gradient.get(i, j) * theta.get(i, j);
                sum += product * product;
            }
        }
        return Double.isFinite(sum) ? Math.sqrt(sum) : 0;
    }
}
