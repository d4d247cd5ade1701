package dev.chainrule.model.transform;

import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.InvertibleTransform;
import dev.chainrule.api.data.Transform;
import dev.chainrule.math.Matrix;
import java.util.Arrays;

/** A transform that replaces each number of some inputs by a function of it. The other inputs pass unchanged. */
abstract class InputwiseTransform implements Transform {
    /** The inputs that are transformed, ascending. */
    final int[] inputs;

    private final Encoding encoding;

    InputwiseTransform(int[] inputs, Encoding encoding) {
        this.inputs = inputs;
        this.encoding = ChosenColumns.asNumbers(encoding, inputs);
    }

    /**
     * Transform a number.
     *
     * @param place of its input in {@link #inputs}
     */
    abstract double transformed(int place, double x);

    @Override
    public final Encoding encoding() {
        return encoding;
    }

    @Override
    public final boolean reads(int input) {
        return Arrays.binarySearch(inputs, input) >= 0;
    }

    @Override
    public final Matrix inputs(Matrix x) {
        for (int i = 0; i < x.rows(); i++) {
            for (int place = 0; place < inputs.length; place++) {
                x.set(i, inputs[place], transformed(place, x.get(i, inputs[place])));
            }
        }
        return x;
    }

    /** A transform of numbers that can be undone. */
    abstract static class Invertible extends InputwiseTransform implements InvertibleTransform {
        Invertible(int[] inputs, Encoding encoding) {
            super(inputs, encoding);
        }

        /** Undo {@link #transformed}. */
        abstract double original(int place, double y);

        @Override
        public final Matrix undo(Matrix x) {
            for (int i = 0; i < x.rows(); i++) {
                for (int place = 0; place < inputs.length; place++) {
                    x.set(i, inputs[place], original(place, x.get(i, inputs[place])));
                }
            }
            return x;
        }
    }
}
