package dev.chainrule.builtin.data.idx;

import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.value.Shape;
import java.util.List;

/** A check of examples against those that the network was trained on. */
final class TrainingFit {
    private TrainingFit() {}

    /**
     * Check that inputs have the training examples' shape.
     *
     * @param place the file, for the message
     */
    static void requireShape(Encoding training, Shape shape, String place) {
        if (!training.shape().equals(shape)) {
            throw new InputException("an input is " + shape.named() + ", but the training examples are "
                            + training.shape().named())
                    .inFile(place);
        }
    }

    /** Return the names of the training examples' classes. */
    static List<String> classes(Encoding training) {
        if (!training.target().isClass()) {
            throw new InputException("the targets are classes, but those of the training examples are numbers ("
                    + String.join(", ", training.target().names()) + ")");
        }
        return training.target().names();
    }
}
