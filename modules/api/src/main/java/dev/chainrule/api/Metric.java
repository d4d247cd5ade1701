package dev.chainrule.api;

import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.training.State;
import dev.chainrule.api.training.Stateful;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Matrix;

/** A measure of the quality of outputs. A metric has no state: {@link #start} returns the accumulator of one evaluation. */
public interface Metric {
    /** {@return whether a higher value is better} */
    boolean higherIsBetter();

    /** {@return the bounds of its value, so that an unreachable expectation is noticed before training} */
    default Bounds values() {
        return Bounds.NONE;
    }

    /**
     * {@return whether it depends on the predicted class of each example alone, so that the outputs may be replaced by 1 for that
     * class and 0 for the others: if a model has a threshold between two classes, such metrics are measured with it}
     */
    default boolean judgesClasses() {
        return false;
    }

    /**
     * Check that this metric can compare such outputs with such targets.
     *
     * @param output the shape of an example's output
     * @param target the quantity to be learned
     * @throws InputException with the mismatch; at config path {@link Loss#LAST_LAYER} if the layer that computes the outputs
     *     is to be changed rather than the metric
     */
    void check(Shape output, Target target);

    /**
     * Begin an evaluation.
     *
     * @return a new accumulator
     */
    Accumulator start();

    /**
     * Begin an evaluation of targets that {@link #check} accepts. The host always calls this method. A metric that needs more
     * than the numbers, such as the names of the classes, overrides it.
     *
     * @param target the quantity to be learned
     * @return a new accumulator
     */
    default Accumulator start(Target target) {
        return start();
    }

    /** The accumulated values of one evaluation, summed example by example, so that the batch size does not matter. */
    interface Accumulator extends Stateful {
        /**
         * Add a batch.
         *
         * @param a [batch, outputs]. Not modified.
         * @param y [batch, {@link Target#width}]. Not modified.
         * @param costs [batch, 1] the loss of each example. Not modified.
         */
        void add(Matrix a, Matrix y, Matrix costs);

        /** {@return the metric over all examples added; NaN if there were none} */
        double value();

        /**
         * Put the accumulated values into {@code to}, so that a run can be saved within an epoch.
         *
         * @param to empty. Modified.
         */
        @Override
        void save(State to);

        /**
         * Restore the values that {@link #save} put in: adding continues from there with bit-identical results.
         *
         * @param from the saved values. Not modified.
         */
        @Override
        void restore(State from);
    }
}
