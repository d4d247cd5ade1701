package dev.chainrule.table;

import java.util.Arrays;

/** The rows of a table's file: cells, widths, and the line where each begins. The header is the first of them. */
final class Rows {
    private final Cells cells;
    /** The first cell of each row. */
    private int[] starts = new int[1 << 6];

    private int[] lines = new int[1 << 6];
    private int count;

    /**
     * Create a list of no rows.
     *
     * @param size of their text in bytes, as far as known
     */
    Rows(long size) {
        cells = new Cells(size);
    }

    /** Begin a row; cells added from now on belong to it. */
    void begin(long line) {
        if (count + 1 >= starts.length) {
            starts = Arrays.copyOf(starts, 2 * starts.length);
            lines = Arrays.copyOf(lines, 2 * lines.length);
        }
        lines[count] = (int) Math.min(Integer.MAX_VALUE, line);
        starts[count++] = cells.count();
        starts[count] = cells.count();
    }

    /** Append a cell to the most recent row. */
    void add(char[] from, int offset, int size) {
        cells.add(from, offset, size);
        starts[count] = cells.count();
    }

    /** Give up the memory for more rows. */
    void trim() {
        cells.trim();
        starts = Arrays.copyOf(starts, count + 1);
        lines = Arrays.copyOf(lines, count);
    }

    int count() {
        return count;
    }

    int width(int row) {
        return starts[row + 1] - starts[row];
    }

    int line(int row) {
        return lines[row];
    }

    String cell(int row, int column) {
        return cells.get(starts[row] + column);
    }

    double plainNumber(int row, int column, NumberForm form) {
        return cells.plainNumber(starts[row] + column, form);
    }

    boolean isEmpty(int row, int column) {
        return cells.isEmpty(starts[row] + column);
    }

    /** Return whether the row is a line without anything but spaces. */
    boolean isBlank(int row) {
        return width(row) == 1 && isEmpty(row, 0);
    }
}
