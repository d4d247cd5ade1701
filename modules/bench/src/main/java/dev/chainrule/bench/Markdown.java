package dev.chainrule.bench;

import java.util.ArrayList;
import java.util.List;

/** Print a table that can be pasted into docs/RESULTS.md. */
final class Markdown {
    private final List<String> lines = new ArrayList<>();

    Markdown(String... headings) {
        row(headings);
        lines.add("|" + "---|".repeat(headings.length));
    }

    Markdown row(String... cells) {
        lines.add("| " + String.join(" | ", cells) + " |");
        return this;
    }

    void print() {
        lines.forEach(System.out::println);
        System.out.println();
    }
}
