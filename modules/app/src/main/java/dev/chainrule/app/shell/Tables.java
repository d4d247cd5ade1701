package dev.chainrule.app.shell;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The layout of text in columns. */
public final class Tables {
    private static final String GAP = "  ";
    private static final int SHORTEST = 8;

    private Tables() {}

    /**
     * Return a table, its lines without trailing spaces.
     *
     * @param rows the first is the heading; all of one length
     * @param right which columns are aligned to the right
     */
    public static List<String> format(List<List<String>> rows, boolean... right) {
        int[] widths = new int[rows.get(0).size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String padding = " ".repeat(widths[i] - row.get(i).length());
                line.append(i == 0 ? "" : GAP).append(right[i] ? padding + row.get(i) : row.get(i) + padding);
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    /**
     * Return a table that fits a width, followed by a line with the names of columns that were left out for lack of room. If two
     * columns are still too wide, headings and then texts lose their beginnings.
     *
     * @param rows the first is the heading; all of one length
     * @param right which columns are aligned to the right
     * @param wanted the importance of each column: the lowest are left out first
     * @param room in columns of the terminal, of which a line takes all but the last
     */
    public static List<String> fit(List<List<String>> rows, boolean[] right, int[] wanted, int room) {
        List<Integer> kept =
                new ArrayList<>(IntStream.range(0, right.length).boxed().toList());
        List<Integer> out = new ArrayList<>();
        while (kept.size() > 2 && width(rows, kept) >= room) {
            Integer least = kept.stream()
                    .min(Comparator.comparingInt((Integer column) -> wanted[column])
                            .thenComparing(Comparator.reverseOrder()))
                    .orElseThrow();
            kept.remove(least);
            out.add(least);
        }
        int[] widths = fittingWidths(rows, kept, width(rows, kept) - (room - 1));
        List<List<String>> fitting = rows.stream()
                .map(row -> IntStream.range(0, kept.size())
                        .mapToObj(i -> ending(row.get(kept.get(i)), widths[i]))
                        .toList())
                .toList();
        boolean[] alignment = new boolean[kept.size()];
        for (int i = 0; i < alignment.length; i++) {
            alignment[i] = right[kept.get(i)];
        }
        List<String> lines = new ArrayList<>(format(fitting, alignment));
        if (!out.isEmpty()) {
            String names = out.stream().sorted().map(rows.get(0)::get).collect(Collectors.joining(", "));
            lines.addAll(
                    Words.wrap("no room for " + names + ": choose with --columns, or see all with --format csv", room));
        }
        return lines;
    }

    /** Return whether a table with all its columns fits a width. */
    public static boolean fits(List<List<String>> rows, int room) {
        return width(rows, IntStream.range(0, rows.get(0).size()).boxed().toList()) < room;
    }

    /** Shorten headings that are longer than the cells below them, then the longest texts, until the excess is removed. */
    private static int[] fittingWidths(List<List<String>> rows, List<Integer> columns, int excess) {
        int[] widths = new int[columns.size()];
        int left = Math.max(0, excess);
        for (int i = 0; i < widths.length; i++) {
            int column = columns.get(i);
            int below = longest(rows.subList(1, rows.size()), column);
            int heading = rows.get(0).get(column).length();
            int taken = Math.min(left, Math.max(0, heading - Math.max(below, SHORTEST)));
            widths[i] = Math.max(below, heading) - taken;
            left -= taken;
        }
        for (; left > 0; left--) {
            int longest = IntStream.range(0, widths.length)
                    .reduce((a, b) -> widths[b] > widths[a] ? b : a)
                    .orElseThrow();
            widths[longest] = Math.max(1, widths[longest] - 1);
        }
        return widths;
    }

    private static int longest(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private static int width(List<List<String>> rows, List<Integer> columns) {
        int width = GAP.length() * (columns.size() - 1);
        for (int column : columns) {
            width += longest(rows, column);
        }
        return width;
    }

    private static String ending(String text, int most) {
        return text.length() <= most ? text : "…" + text.substring(text.length() - most + 1);
    }
}
