package dev.chainrule.bench.measure;

import java.util.ArrayList;
import java.util.List;

/** A table that can be pasted into docs/RESULTS.md. */
public final class Markdown {
    private static final int HEAD = 2;

    private final List<String> lines = new ArrayList<>();

    /** Begin a table. */
    public Markdown(String... headings) {
        row(headings);
        lines.add("|" + "---|".repeat(headings.length));
    }

    /** Add a row. */
    public void row(String... cells) {
        lines.add("| " + String.join(" | ", cells) + " |");
    }

    /** Print the table under a heading, unless it has no rows. */
    public void print(String heading) {
        if (lines.size() > HEAD) {
            System.out.println("#### " + heading + "\n");
            lines.forEach(System.out::println);
            System.out.println();
        }
    }
}
