package dev.chainrule.api.data;

import dev.chainrule.api.error.InputException;
import dev.chainrule.math.Matrix;
import java.util.List;

/**
 * The quantity to be learned and its encoding as numbers.
 *
 * @param form the encoding of y
 * @param names the classes in the order of their numbers, or the names of the values
 */
public record Target(Form form, List<String> names) {
    /** The target of examples that are read without one. */
    public static final Target NONE = new Target(Form.VALUES, List.of());

    private static final int NAMES_SHOWN = 20;

    /** The encodings of a target. */
    public enum Form {
        /** y [batch, 1] contains the number of the class. */
        CLASS_INDEX,
        /** y [batch, classes] contains 1 in the class's column and 0 elsewhere. */
        ONE_HOT,
        /** y [batch, values] contains numbers to be approximated. */
        VALUES
    }

    /**
     * Copy the list.
     *
     * @param form the encoding of y
     * @param names the classes in the order of their numbers, or the names of the values
     */
    public Target {
        names = List.copyOf(names);
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof Target target && form == target.form && names.equals(target.names);
    }

    @Override
    public final int hashCode() {
        return names.hashCode();
    }

    /** {@return the columns of y} */
    public int width() {
        return form == Form.CLASS_INDEX ? 1 : names.size();
    }

    /**
     * {@return the class that outputs predict: that of the largest, the lowest one among equals; with a single output 1 if it
     * is above one half, else 0}
     *
     * @param outputs [batch, outputs]. Not modified.
     * @param row the example
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
     * @param y [batch, width]. Not modified.
     * @param row the example
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
