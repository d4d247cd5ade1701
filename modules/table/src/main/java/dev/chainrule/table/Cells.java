package dev.chainrule.table;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The texts of a table's cells, one after the other in one array of UTF-8: a fifth of the memory of strings. */
final class Cells {
    /** The most elements that an array has on every JVM. */
    private static final long MOST = Integer.MAX_VALUE - 8L;
    /** The array has room for this many bytes more than a file has, as {@link #add} reserves more than it takes. */
    private static final int SLACK = 1 << 12;

    private byte[] text;
    private int[] ends = new int[1 << 8];
    private int count;
    private int length;

    /**
     * Create a list of no cells.
     *
     * @param size of their text in bytes, as far as known: an array that grows takes up to two and a half times as much memory
     */
    Cells(long size) {
        text = new byte[(int) Math.min(size + SLACK, MOST)];
    }

    /** Append a cell, without the spaces around it. */
    void add(char[] from, int offset, int size) {
        int begin = offset;
        int end = offset + size;
        while (begin < end && NumberForm.isSpace(from[begin])) {
            begin++;
        }
        while (end > begin && NumberForm.isSpace(from[end - 1])) {
            end--;
        }
        reserve(3L * (end - begin));
        int plain = begin;
        while (plain < end && from[plain] < 0x80) {
            text[length++] = (byte) from[plain++];
        }
        if (plain < end) {
            byte[] rest = new String(from, plain, end - plain).getBytes(StandardCharsets.UTF_8);
            System.arraycopy(rest, 0, text, length, rest.length);
            length += rest.length;
        }
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, grown(count, count + 1L));
        }
        ends[count++] = length;
    }

    /** Give up the memory for more cells. */
    void trim() {
        text = Arrays.copyOf(text, length);
        ends = Arrays.copyOf(ends, count);
    }

    /** Return the number of cells. */
    int count() {
        return count;
    }

    String get(int index) {
        int from = from(index);
        return new String(text, from, ends[index] - from, StandardCharsets.UTF_8);
    }

    /** Return the value of a plain number; NaN for any other cell, as {@link NumberForm#parsePlain} does. */
    double plainNumber(int index, NumberForm form) {
        return form.parsePlain(text, from(index), ends[index]);
    }

    boolean isEmpty(int index) {
        return from(index) == ends[index];
    }

    /** Return a text without the spaces around it, no-break and thin ones included. */
    static String strip(String cell) {
        int begin = 0;
        int end = cell.length();
        while (begin < end && NumberForm.isSpace(cell.charAt(begin))) {
            begin++;
        }
        while (end > begin && NumberForm.isSpace(cell.charAt(end - 1))) {
            end--;
        }
        return cell.substring(begin, end);
    }

    private int from(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }

    private void reserve(long more) {
        if (length + more > text.length) {
            text = Arrays.copyOf(text, grown(text.length, length + more));
        }
    }

    private static int grown(int now, long needed) {
        if (needed > MOST) {
            throw new TooLarge();
        }
        return (int) Math.min(MOST, Math.max(needed, now + (long) now / 2));
    }

    /** The failure of a table whose cells do not fit into the largest possible array. */
    static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
