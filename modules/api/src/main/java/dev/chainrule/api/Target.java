package dev.chainrule.api;

import java.util.List;

/**
 * Say what is learned and how it is written as numbers.
 *
 * @param form how y is written
 * @param names the classes in the order of their numbers, or the names of the values
 */
public record Target(Form form, List<String> names) {
    /** How a target is written. */
    public enum Form {
        /** y [batch, 1] holds the number of the class. */
        CLASS_INDEX,
        /** y [batch, classes] holds 1 in the class's column and 0 elsewhere. */
        ONE_HOT,
        /** y [batch, values] holds numbers to be approximated. */
        VALUES
    }

    public Target {
        names = List.copyOf(names);
    }

    /** Return the columns of y. */
    public int width() {
        return form == Form.CLASS_INDEX ? 1 : names.size();
    }

    /** Return whether examples belong to classes. */
    public boolean isClass() {
        return form != Form.VALUES;
    }
}
