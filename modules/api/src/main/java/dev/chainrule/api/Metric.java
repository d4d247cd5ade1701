package dev.chainrule.api;

import dev.chainrule.math.Matrix;

/** Measure how good outputs are. A metric has no state: {@link #start} gives the sum of one evaluation. */
public interface Metric {
    /** {@return whether a higher value is better} */
    boolean higherIsBetter();

    /** {@return the bounds of its value, so that an expectation out of reach is noticed before training} */
    default Bounds values() {
        return Bounds.NONE;
    }

    /**
     * Check that this metric can compare such outputs with such targets.
     *
     * @param output the shape of an example's output
     * @param target what is learned
     * @throws InputException saying what does not fit; at config path {@link Loss#LAST_LAYER} where the layer that gives the
     *     outputs is to be changed rather than the metric
     */
    void check(Shape output, Target target);

    /**
     * Begin an evaluation.
     *
     * @return a new sum
     */
    Accumulator start();

    /**
     * Begin an evaluation of targets that {@link #check} accepts. A metric that needs to know more of them than the numbers, such
     * as the names of the classes, overrides this; the host always calls it.
     *
     * @param target what is learned
     * @return a new sum
     */
    default Accumulator start(Target target) {
        return start();
    }

    /** Collect one evaluation. Values are summed example by example, so that the size of the batches changes nothing. */
    interface Accumulator {
        /**
         * Add a batch.
         *
         * @param a [batch, outputs]. Not modified.
         * @param y [batch, {@link Target#width}]. Not modified.
         * @param costs [batch, 1] the loss of each example. Not modified.
         */
        void add(Matrix a, Matrix y, Matrix costs);

        /** {@return the metric over all examples added; NaN when there were none} */
        double value();

        /**
         * Put everything that was added into {@code to}, so that a run can be saved within an epoch.
         *
         * @param to empty. Modified.
         */
        void save(State to);

        /**
         * Take over what {@link #save} put in: adding goes on from there and gives the same bits.
         *
         * @param from what was saved
         */
        void restore(State from);
    }
}
