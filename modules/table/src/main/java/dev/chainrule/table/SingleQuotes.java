package dev.chainrule.table;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Single quotes around cells, distinguished from apostrophes within them. */
final class SingleQuotes {
    private static final char QUOTE = '\'';
    private static final Pattern DOUBLED_WITHIN = Pattern.compile("'(?:[^']|'')*''(?:[^']|'')*'");

    private SingleQuotes() {}

    /**
     * Return whether cells are in single quotes: most texts begin or end with one, or all texts of a column do both, or
     * one has them doubled within.
     *
     * @param rows as they are read if double quotes are the quotes
     */
    static boolean around(Rows rows) {
        long quoted = 0;
        long other = 0;
        Map<Integer, int[]> columns = new TreeMap<>();
        for (int row = 0; row < rows.count(); row++) {
            for (int i = 0; i < rows.width(row); i++) {
                String cell = rows.cell(row, i);
                if (DOUBLED_WITHIN.matcher(cell).matches()) {
                    return true;
                }
                if (isText(cell)) {
                    boolean begins = cell.charAt(0) == QUOTE;
                    boolean ends = cell.charAt(cell.length() - 1) == QUOTE;
                    quoted += begins || ends ? 1 : 0;
                    other += begins || ends ? 0 : 1;
                    int[] counts = columns.computeIfAbsent(i, key -> new int[2]);
                    counts[begins && ends && cell.length() > 1 ? 0 : 1] += row == 0 ? 0 : 1;
                }
            }
        }
        return quoted > other || columns.values().stream().anyMatch(counts -> counts[0] > 1 && counts[1] == 0);
    }

    private static boolean isText(String cell) {
        return !cell.isEmpty()
                && !MissingValues.isWord(cell)
                && LookAlike.of(cell).isEmpty()
                && !NumberForm.PLAIN.isNumber(cell);
    }
}
