package dev.chainrule.table;

import java.io.BufferedReader;
import java.io.IOException;

/**
 * Lines whose cells are separated by runs of spaces and tabs; a cell with spaces is in quotes, which are doubled
 * within.
 */
final class SpacedRows {
    private final char quote;
    private final TableReader.Collector collector;
    private final StringBuilder cell = new StringBuilder();

    private SpacedRows(char quote, TableReader.Collector collector) {
        this.quote = quote;
        this.collector = collector;
    }

    static void read(BufferedReader lines, TableFormat format, TableReader.Collector collector, int most)
            throws IOException {
        SpacedRows rows = new SpacedRows(format.quote(), collector);
        long number = 1;
        for (String line = lines.readLine(); line != null; line = lines.readLine(), number++) {
            if (collector.rows().count() >= most) {
                return;
            }
            boolean comment = format.comment() != 0 && !line.isEmpty() && line.charAt(0) == format.comment();
            if (!comment) {
                collector.handleBegin(number);
                rows.split(line);
            }
        }
    }

    private void split(String line) {
        int at = 0;
        int cells = 0;
        while (true) {
            while (at < line.length() && NumberForm.isSpace(line.charAt(at))) {
                at++;
            }
            if (at == line.length()) {
                break;
            }
            at = line.charAt(at) == quote ? quoted(line, at + 1) : plain(line, at);
            add(cells++);
        }
        if (cells == 0) {
            add(0);
        }
    }

    private int plain(String line, int from) {
        int at = from;
        while (at < line.length() && !NumberForm.isSpace(line.charAt(at))) {
            cell.append(line.charAt(at++));
        }
        return at;
    }

    private int quoted(String line, int from) {
        int at = from;
        for (; at < line.length(); at++) {
            char c = line.charAt(at);
            boolean doubled = c == quote && at + 1 < line.length() && line.charAt(at + 1) == quote;
            if (c == quote && !doubled) {
                return closed(line, at + 1);
            }
            at += doubled ? 1 : 0;
            cell.append(c);
        }
        throw collector.broken(
                "a quote is never closed",
                "A cell that begins with a quote must end with one; a quote within it is doubled.");
    }

    private int closed(String line, int at) {
        if (at < line.length() && !NumberForm.isSpace(line.charAt(at))) {
            throw collector.broken("unexpected character after closing quote", "A space must follow.");
        }
        return at;
    }

    private void add(int index) {
        char[] text = cell.toString().toCharArray();
        cell.setLength(0);
        collector.handleField(index, text, 0, text.length, false);
    }
}
