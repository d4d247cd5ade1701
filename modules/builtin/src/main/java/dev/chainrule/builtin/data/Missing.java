package dev.chainrule.builtin.data;

import java.util.Locale;
import java.util.Set;

/** What becomes of rows that lack a value. */
public enum Missing {
    ERROR,
    DROP;

    private static final Set<String> NOTHING = Set.of("", "na", "n/a", "nan", "null", "none", "?", "-");

    /** Return whether a cell stands for no value, to whoever lets such rows be dropped. */
    static boolean isIn(String cell) {
        return NOTHING.contains(cell.toLowerCase(Locale.ROOT));
    }
}
