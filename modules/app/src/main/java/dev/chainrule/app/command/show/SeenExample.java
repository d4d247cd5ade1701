package dev.chainrule.app.command.show;

import java.util.Arrays;

/**
 * An example as the network sees it in training.
 *
 * @param number of the example among the training examples, from 0
 * @param inputs after transforms and augmentation
 * @param label the target in words
 */
record SeenExample(int number, double[] inputs, String label) {
    /** Return the same example without the inputs before one of them. */
    SeenExample from(int first) {
        return new SeenExample(number, Arrays.copyOfRange(inputs, first, inputs.length), label);
    }
}
