package dev.chainrule.api.data;

import dev.chainrule.api.error.InputException;
import dev.chainrule.math.Matrix;
import java.util.List;

/**
 * The quantity to be learned and its encoding as numbers: a class or values, once for each example, or at each position of it, such
 * as the steps of a sequence or the pixels of an image. Losses and metrics see each position as a row of its own.
 *
 * @param form the encoding of a row of y
 * @param names the classes in the order of their numbers, or the names of the values
 * @param positions the lengths of the axes that precede the last one: [steps] or [height, width]; empty if examples have no positions
 */
public record Target(Form form, List<String> names, List<Integer> positions) {
    /** The target of examples that are read without one. */
    public static final Target NONE = new Target(Form.VALUES, List.of());

    private static final int NAMES_SHOWN = 20;
    private static final int MOST_AXES = 2;

    /** The encodings of a target. */
    public enum Form {
        /** y [rows, 1] contains the number of the class. */
        CLASS_INDEX,
        /** y [rows, classes] contains 1 in the class's column and 0 elsewhere. */
        ONE_HOT,
        /** y [rows, values] contains numbers to be approximated. */
        VALUES
    }

    /**
     * Check the positions.
     *
     * @param form the encoding of a row of y
     * @param names the classes in the order of their numbers, or the names of the values
     * @param positions the lengths of the axes that precede the last one: none, one or two, each at least 1
     */
    public Target {
        names = List.copyOf(names);
        positions = List.copyOf(positions);
        if (positions.size() > MOST_AXES || positions.stream().anyMatch(length -> length < 1)) {
            throw new IllegalArgumentException("no positions " + positions + ": they are [steps] or [height, width]");
        }
    }

    /**
     * Create a target that each example has once.
     *
     * @param form the encoding of y
     * @param names the classes in the order of their numbers, or the names of the values
     */
    public Target(Form form, List<String> names) {
        this(form, names, List.of());
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof Target target
                && form == target.form
                && names.equals(target.names)
                && positions.equals(target.positions);
    }

    @Override
    public final int hashCode() {
        return names.hashCode();
    }

    /** {@return the columns of y, a row of which is an example or one of its positions} */
    public int width() {
        return form == Form.CLASS_INDEX ? 1 : names.size();
    }

    /** {@return the rows of an example in y: 1, or the number of its positions} */
    public int rows() {
        int rows = 1;
        for (int i = 0; i < positions.size(); i++) { // called in every step: neither iterator nor stream
            rows *= positions.get(i);
        }
        return rows;
    }

    /** {@return the numbers of an example: rows times width} */
    public int size() {
        return rows() * width();
    }

    /**
     * {@return the class that outputs predict: that of the largest, the lowest one among equals; with a single output 1 if it
     * is above one half, else 0}
     *
     * @param outputs [rows, outputs]. Not modified.
     * @param row the example, or the position
     */
    public static int predictedClass(Matrix outputs, int row) {
        if (outputs.columns() == 1) {
            return outputs.get(row, 0) > 0.5 ? 1 : 0;
        }
        return outputs.columnOfGreatest(row);
    }

    /**
     * {@return the class of a target: its number if y has one column, else that of the largest}
     *
     * @param y [rows, width]. Not modified.
     * @param row the example, or the position
     */
    public static int trueClass(Matrix y, int row) {
        return y.columns() == 1 ? (int) y.get(row, 0) : predictedClass(y, row);
    }

    /**
     * {@return the number of a class}
     *
     * @param name the name of the class
     * @throws InputException if there is no such class, with the list of classes
     */
    public int classNumber(String name) {
        int number = names.indexOf(name);
        if (number < 0) {
            throw new InputException("the target has no class '" + name + "'", "Classes: " + listed() + ".");
        }
        return number;
    }

    /** {@return the names for a message: {@code cat, dog}, the first ones of many} */
    public String listed() {
        String more = names.size() > NAMES_SHOWN ? ", … (" + names.size() + " in all)" : "";
        return String.join(", ", names.subList(0, Math.min(names.size(), NAMES_SHOWN))) + more;
    }

    /** {@return whether examples belong to classes} */
    public boolean isClass() {
        return form != Form.VALUES;
    }
}
