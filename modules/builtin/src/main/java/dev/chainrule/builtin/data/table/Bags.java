package dev.chainrule.builtin.data.table;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The names that each row of a column has, with how often it has them, row after row.
 *
 * @param starts the place at which each row begins, and the end
 * @param names the numbers of the names, ascending in each row
 * @param counts how often
 */
record Bags(int[] starts, int[] names, int[] counts) {
    /** The collection of the bags of rows, one after the other. */
    static final class Builder {
        private final int[] starts;
        private int[] names = new int[16];
        private int[] counts = new int[16];
        private int rows;

        Builder(int rows) {
            this.starts = new int[rows + 1];
        }

        /** Add the bag of the next row: names by their numbers, those without a number left out. */
        void add(Stream<Integer> numbers) {
            Map<Integer, Integer> bag = new TreeMap<>();
            numbers.filter(number -> number != null).forEach(number -> bag.merge(number, 1, Integer::sum));
            int end = starts[rows];
            if (end + bag.size() > names.length) {
                int longer = Math.max(end + bag.size(), 2 * names.length);
                names = Arrays.copyOf(names, longer);
                counts = Arrays.copyOf(counts, longer);
            }
            for (Map.Entry<Integer, Integer> each : bag.entrySet()) {
                names[end] = each.getKey();
                counts[end++] = each.getValue();
            }
            starts[++rows] = end;
        }

        Bags build() {
            return new Bags(starts, Arrays.copyOf(names, starts[rows]), Arrays.copyOf(counts, starts[rows]));
        }
    }

    /** Return the members of a set that a cell contains. */
    static List<String> members(String cell, String separator) {
        return Stream.of(cell.split(Pattern.quote(separator)))
                .map(String::strip)
                .filter(member -> !member.isEmpty())
                .distinct()
                .toList();
    }

    /** Return how often a row has a name. */
    int count(int row, int name) {
        int place = Arrays.binarySearch(names, starts[row], starts[row + 1], name);
        return place < 0 ? 0 : counts[place];
    }

    long bytes() {
        return (long) Integer.BYTES * (starts.length + names.length + counts.length);
    }
}
