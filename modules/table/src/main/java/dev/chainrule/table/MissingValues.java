package dev.chainrule.table;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The texts for a missing value. An empty cell is always missing; {@link #WORDS} are in columns of numbers; a name such
 * as none is a name unless the user specifies otherwise.
 *
 * @param everywhere texts for all columns
 * @param byColumn texts for one column
 */
public record MissingValues(List<String> everywhere, Map<String, List<String>> byColumn) {
    /** No text but the empty one. */
    public static final MissingValues NONE = new MissingValues(List.of(), Map.of());

    /** Words for a missing number, in lower case. */
    public static final List<String> WORDS = List.of("na", "n/a", "nan", "null", "none", "?", "-");

    private static final int LONGEST_WORD = 4;

    /** Copy the lists. */
    public MissingValues {
        everywhere = List.copyOf(everywhere);
        byColumn = Collections.unmodifiableMap(new LinkedHashMap<>(byColumn));
    }

    /** Return these texts, and others for one column. */
    public MissingValues with(String column, List<String> texts) {
        Set<String> own = new LinkedHashSet<>(byColumn.getOrDefault(column, List.of()));
        own.addAll(texts);
        own.removeAll(everywhere);
        if (own.isEmpty()) {
            return this;
        }
        Map<String, List<String>> more = new LinkedHashMap<>(byColumn);
        more.put(column, List.copyOf(own));
        return new MissingValues(everywhere, more);
    }

    /** Return whether a cell of a column is empty or one of the user's texts. */
    public boolean contains(String column, String cell) {
        return cell.isEmpty()
                || !everywhere.isEmpty() && everywhere.contains(cell)
                || !byColumn.isEmpty()
                        && byColumn.getOrDefault(column, List.of()).contains(cell);
    }

    /** Return whether only empty cells of a column are missing. */
    boolean isEmptyAlone(String column) {
        return everywhere.isEmpty() && !byColumn.containsKey(column);
    }

    /** Return whether a cell among numbers is a word for a missing one. */
    public static boolean isWord(String cell) {
        return cell.length() <= LONGEST_WORD && WORDS.contains(cell.toLowerCase(Locale.ROOT));
    }
}
