package dev.chainrule.app.command;

import dev.chainrule.config.write.Explanation;
import java.util.ArrayList;
import java.util.List;

/** The values of a config in columns, each followed by its description. */
final class ExplanationPrinter {
    private static final int WIDTH = 100;
    private static final int WIDEST_PATH = 44;
    private static final int WIDEST_VALUE = 24;
    private static final String INDENT = "    ";

    private ExplanationPrinter() {}

    static List<String> print(List<Explanation.Line> lines) {
        int path = widest(lines.stream().map(Explanation.Line::path).toList(), "path", WIDEST_PATH);
        int value = widest(lines.stream().map(Explanation.Line::value).toList(), "value", WIDEST_VALUE);
        List<String> printed = new ArrayList<>();
        printed.add(row("path", path, "value", value, "from"));
        for (Explanation.Line line : lines) {
            printed.add(row(line.path(), path, cut(line.value()), value, line.origin()));
            printed.addAll(wrapped(line.doc()));
        }
        return printed;
    }

    private static int widest(List<String> cells, String heading, int most) {
        int widest = cells.stream().mapToInt(String::length).max().orElse(0);
        return Math.min(most, Math.max(widest, heading.length()));
    }

    private static String row(String path, int pathWidth, String value, int valueWidth, String from) {
        return padded(path, pathWidth) + "  " + padded(value, valueWidth) + "  " + from;
    }

    private static String padded(String cell, int width) {
        return cell + " ".repeat(Math.max(0, width - cell.length()));
    }

    private static String cut(String value) {
        String line = value.replaceAll("\\p{Cntrl}", "�");
        return line.length() <= WIDEST_VALUE ? line : line.substring(0, WIDEST_VALUE - 1) + "…";
    }

    private static List<String> wrapped(String doc) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(INDENT);
        for (String word : doc.split("\\s+")) {
            if (line.length() + word.length() > WIDTH && line.length() > INDENT.length()) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(INDENT);
            }
            line.append(word).append(' ');
        }
        if (!line.toString().isBlank()) {
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
