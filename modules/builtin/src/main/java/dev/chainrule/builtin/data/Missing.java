package dev.chainrule.builtin.data;

import java.util.List;
import java.util.Locale;

/** What becomes of rows that lack a value. */
public enum Missing {
    ERROR,
    DROP;

    private static final List<String> NOTHING = List.of("", "na", "n/a", "nan", "null", "none", "?", "-");

    /** Return whether a cell stands for no value, to whoever lets such rows be dropped. */
    static boolean isIn(String cell) {
        return NOTHING.contains(cell.toLowerCase(Locale.ROOT));
    }
}
