package dev.chainrule.engine.check;

import dev.chainrule.engine.objective.OutputCost;
import dev.chainrule.math.Matrix;

/**
 * An estimate of how far rounding can move a cost: a few units in the last place of the numbers that it is computed from. To
 * first order, rounding of the output a of a stage moves the cost by ∂C/∂a ⊙ a; and a loss computes with the outputs
 * themselves, which may be much larger than the cost.
 */
final class RoundingFloor {
    private final double network;
    private final CheckedNetwork checked;

    /** Measure the batch that the network has loaded, after a backward pass. */
    RoundingFloor(CheckedNetwork checked, Gradients gradients) {
        this.checked = checked;
        double sum = Math.abs(checked.objective.meanCost()) + outputs();
        for (int i = 0; i < checked.quantities().size(); i++) {
            Quantity quantity = checked.quantities().get(i);
            if (quantity.equation().flowsOn()
                    && quantity.equation() != Equation.SUM // its uses are counted
                    && (quantity.equation() != Equation.LOSS || !checked.objective.isFused(quantity.value()))) {
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
                        checked.parameter(quantity).regularizer().isPresent() ? network + penalty(quantity) : network;
                    default -> network;
                });
    }

    private double penalty(Quantity quantity) {
        double cost = checked.regularizer(quantity).cost(quantity.theta(), checked.examples, checked.kernels);
        return Double.isFinite(cost) ? Math.abs(cost) : 0;
    }

    /** Return the sum over the outputs of the mean over the rows of the largest number that the loss sees. */
    private double outputs() {
        return checked.objective.heads().stream()
                .mapToDouble(head -> head.term().weight() * largest(head))
                .sum();
    }

    private double largest(OutputCost head) {
        Matrix a = head.outputs();
        Matrix z = head.fused().isPresent() ? head.z() : a;
        double sum = 0;
        for (int i = 0; i < a.rows(); i++) {
            double largest = 0;
            for (int j = 0; j < a.columns(); j++) {
                largest = Math.max(largest, Math.abs(a.get(i, j)));
            }
            for (int j = 0; j < z.columns(); j++) {
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
