package dev.chainrule.app.shell;

import java.util.ArrayList;
import java.util.List;

/** Lay out text in columns. */
public final class Tables {
    private static final String GAP = "  ";

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
}
