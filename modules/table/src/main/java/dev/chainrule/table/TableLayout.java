package dev.chainrule.table;

import dev.chainrule.api.error.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The widths of a table's rows: whether they agree, and the most likely reason if they do not. */
record TableLayout(String place, Rows all) {
    /** The most lines at the end that may be a footer. */
    private static final int FOOTER = 3;

    private static final Pattern NUMBER = Pattern.compile("\\s*[+-]?\\d[\\d.,]*([eE][+-]?\\d+)?\\s*");

    /** Return the rows that are not blank lines; in a table of one column blank lines within it are rows without a value. */
    int[] filled() {
        boolean narrow = IntStream.range(0, all.count()).allMatch(i -> all.width(i) == 1);
        int end = all.count();
        while (end > 0 && all.isBlank(end - 1)) {
            end--;
        }
        return IntStream.range(0, end)
                .filter(i -> narrow && all.count() > 0 && i > 0 || !all.isBlank(i))
                .toArray();
    }

    /**
     * Return the number of columns.
     *
     * @throws InputException if rows differ in width from the header, with the line
     */
    int width(int first, int[] data, boolean header) {
        int width = all.width(first);
        // A single cell above a table is a title rather than its header.
        boolean oneMore = header && width > 1 && IntStream.of(data).allMatch(row -> all.width(row) == width + 1);
        if (oneMore) {
            return width + 1;
        }
        for (int row : data) {
            if (all.width(row) != width) {
                throw ragged(row, width, header, data);
            }
        }
        return width;
    }

    /** Return whether a column has no value in any row. */
    boolean isEmpty(int[] data, int column) {
        return IntStream.of(data).allMatch(row -> all.isEmpty(row, column));
    }

    private InputException ragged(int row, int width, boolean header, int[] data) {
        int cells = all.width(row);
        List<String> notes = new ArrayList<>(List.of(
                "Every row must have one cell per column. Enclose a cell that contains a delimiter in quotes."));
        reason(width, data, header).ifPresent(notes::add);
        return new InputException(
                        "the row has " + cells + (cells == 1 ? " cell" : " cells") + ", but "
                                + (header ? "the header" : "the first row") + " has " + width,
                        notes.toArray(String[]::new))
                .inFile(place + ":" + all.line(row));
    }

    /** Return the most likely fault, in a sentence. */
    /** Return whether a row has a number, as headers do not. */
    private boolean hasNumber(int row) {
        return IntStream.range(0, all.width(row))
                .anyMatch(column -> NUMBER.matcher(all.cell(row, column)).matches());
    }

    private Optional<String> reason(int width, int[] data, boolean header) {
        Map<Integer, Integer> counts = new TreeMap<>();
        counts.put(width, 1);
        IntStream.of(data).forEach(row -> counts.merge(all.width(row), 1, Integer::sum));
        int usual = width;
        for (Map.Entry<Integer, Integer> each : counts.entrySet()) {
            usual = each.getValue() > counts.get(usual) ? each.getKey() : usual;
        }
        for (int row : data) {
            if (usual != width && all.width(row) == usual) {
                long line = all.line(row);
                return Optional.of("Most rows have " + usual
                        + (header && hasNumber(row)
                                ? ": the header lacks names, or separates them in another way."
                                : ". Line " + line + " looks like the header: if it is, write skip: " + (line - 1)
                                        + "."));
            }
        }
        int lastLines = Math.max(1, data.length - FOOTER);
        boolean footer = IntStream.range(0, lastLines).allMatch(i -> all.width(data[i]) == width);
        return footer && data.length > FOOTER
                ? Optional.of("If the last lines are a footer, remove them.")
                : Optional.empty();
    }
}
