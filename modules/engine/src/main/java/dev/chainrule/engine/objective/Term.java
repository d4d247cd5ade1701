package dev.chainrule.engine.objective;

import dev.chainrule.api.Loss;

/**
 * The contribution of one output of a network to the cost.
 *
 * @param name of the output; empty for the only one
 * @param weight the factor of its cost
 * @param classes the weights of its examples
 * @param targets the columns of y that it learns, after those of the outputs before it; all for the only one
 * @param positions the number of rows that the loss sees of an example
 */
public record Term(String name, Loss loss, double weight, ClassWeights classes, int targets, int positions) {
    /** Return the contribution of the only output. */
    public static Term of(Loss loss, ClassWeights classes) {
        return new Term("", loss, 1, classes, 0, 1);
    }
}
