package dev.chainrule.api;

import dev.chainrule.math.Matrix;
import java.util.Collections;
import java.util.SortedMap;
import java.util.function.Consumer;

/** Change a batch of examples before the network sees it. */
public interface Transform {
    /** {@return the encoding of what comes out} */
    Encoding encoding();

    /**
     * Learn from the training examples, and from them only. Called once, before any batch, unless state is restored.
     *
     * @param training in a fixed order; may be gone through several times
     */
    default void fit(Examples training) {}

    /** {@return what {@link #fit} learned, by name} Saved with the model; restored by writing into these matrices. */
    default SortedMap<String, Matrix> state() {
        return Collections.emptySortedMap();
    }

    /**
     * Transform inputs.
     *
     * @param x [batch, in]. May be modified.
     * @return x, or a matrix [batch, out] of the transform's own, valid until the next call
     */
    default Matrix inputs(Matrix x) {
        return x;
    }

    /**
     * Transform targets.
     *
     * @param y [batch, width]. May be modified.
     * @return y, or a matrix of the transform's own, valid until the next call
     */
    default Matrix targets(Matrix y) {
        return y;
    }

    /** Read the training examples, as the transforms before this one leave them, in a fixed order. */
    interface Examples {
        /** {@return their number} */
        int size();

        /**
         * Pass each example's input, in float64. The array is reused.
         *
         * @param consumer takes one example at a time
         */
        void forEachInput(Consumer<double[]> consumer);

        /**
         * {@return the problem of an example, with its place if that is known}
         *
         * @param example from 0, in the order of {@link #forEachInput}
         * @param message as {@link InputException} takes it
         * @param notes as {@link InputException} takes them
         */
        default InputException problem(int example, String message, String... notes) {
            return new InputException(message, notes);
        }
    }
}
