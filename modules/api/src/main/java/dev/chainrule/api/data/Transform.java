package dev.chainrule.api.data;

import dev.chainrule.api.error.InputException;
import dev.chainrule.api.training.Stateful;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Matrix;
import java.util.function.Consumer;

/**
 * A change of batches of examples before the network sees them. Its state is all that {@link #fit} learns: matrices, which
 * become tensors of the model and have the same names and shapes from its creation on.
 */
public interface Transform extends Stateful {
    /** {@return the encoding of the transformed examples} */
    Encoding encoding();

    /**
     * {@return whether the transform computes with an input; if not, the input passes unchanged} Numbers that are not read may be
     * outside {@link dev.chainrule.api.TransformSpec#takes}.
     *
     * @param input from 0
     */
    default boolean reads(int input) {
        return true;
    }

    /**
     * Learn from the training examples, and from them only. Called once, before any batch, unless state is restored.
     *
     * @param training in a fixed order; may be iterated several times
     */
    default void fit(Examples training) {}

    /**
     * Transform inputs.
     *
     * @param x [batch, in]. May be modified.
     * @return x, or a matrix [batch, out] owned by the transform, valid until the next call
     */
    default Matrix inputs(Matrix x) {
        return x;
    }

    /**
     * Transform inputs of training examples, in every pass over them. A transform that learns from targets gives an example numbers to which
     * its own target does not contribute; the default is {@link #inputs}.
     *
     * @param x [batch, in]. May be modified.
     * @param origin the examples of the rows
     * @return x, or a matrix [batch, out] owned by the transform, valid until the next call
     */
    default Matrix trainingInputs(Matrix x, Origin origin) {
        return inputs(x);
    }

    /**
     * Transform targets.
     *
     * @param y [rows, width], a row for each example, or for each position of each example. May be modified.
     * @return y, or a matrix owned by the transform, valid until the next call
     */
    default Matrix targets(Matrix y) {
        return y;
    }

    /** The training examples that the rows of a batch come from. */
    @FunctionalInterface
    interface Origin {
        /**
         * {@return the random draws of a row's example, from their beginning: the same in all passes and in {@link Examples#forEach}} Valid
         * until the next call. The stream is {@code transforms.<number of the transform>} at (0, number of the example).
         *
         * @param row of the batch
         */
        Draws draws(int row);
    }

    /** A consumer of training examples. */
    @FunctionalInterface
    interface ExampleConsumer {
        /**
         * Take an example.
         *
         * @param x its input, in float64. Reused.
         * @param y its target as the source gives it: the number of the class, or numbers. Reused.
         * @param draws its random draws, from their beginning
         */
        void accept(double[] x, double[] y, Draws draws);
    }

    /** The training examples, in a fixed order, after the transforms that precede this one. */
    interface Examples {
        /** {@return their number} */
        int size();

        /**
         * Pass each example's input to a consumer, in float64. The array is reused.
         *
         * @param consumer receives one example at a time
         */
        void forEachInput(Consumer<double[]> consumer);

        /**
         * Pass each example's input and target to a consumer.
         *
         * @param consumer receives one example at a time
         */
        void forEach(ExampleConsumer consumer);

        /**
         * {@return a problem with an example, with the example's place if known}
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
