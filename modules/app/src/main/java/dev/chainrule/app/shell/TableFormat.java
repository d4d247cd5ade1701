package dev.chainrule.app.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The formats of tables, for people and for other programs. */
public enum TableFormat {
    /** Text in columns, for a terminal. */
    TABLE,
    /** RFC 4180, with line feeds. */
    CSV,
    /** A pipe table, as GitHub shows it. */
    MARKDOWN,
    /** A tabular environment that needs no package. */
    LATEX,
    /** For programs, with exact numbers. */
    JSON;

    private static final Map<Integer, String> LATEX_ESCAPES = latexEscapes();
    private static final String MARKDOWN_SPECIAL = "\\`*_{}[]<>|#~&!";

    private static Map<Integer, String> latexEscapes() {
        Map<Integer, String> escapes = new LinkedHashMap<>();
        "#$%&_{}".chars().forEach(c -> escapes.put(c, "\\" + (char) c));
        escapes.put((int) '\\', "\\textbackslash{}");
        escapes.put((int) '~', "\\textasciitilde{}");
        escapes.put((int) '^', "\\textasciicircum{}");
        escapes.put((int) '<', "\\textless{}");
        escapes.put((int) '>', "\\textgreater{}");
        escapes.put((int) '|', "\\textbar{}");
        escapes.put((int) '"', "{''}");
        escapes.put((int) '[', "{[}"); // which would be an argument at the beginning of a row
        escapes.put((int) ']', "{]}");
        escapes.put((int) '–', "--");
        return Collections.unmodifiableMap(escapes);
    }

    /**
     * Return the lines of a table: as CSV, Markdown or LaTeX.
     *
     * @param rows the first is the heading; all of one length
     * @param right which columns are aligned to the right
     */
    public List<String> lines(List<List<String>> rows, boolean... right) {
        return switch (this) {
            case CSV -> rows.stream().map(TableFormat::csv).toList();
            case MARKDOWN -> markdown(rows, right);
            case LATEX -> latex(rows, right);
            case TABLE, JSON -> Tables.format(rows, right);
        };
    }

    private static String csv(List<String> row) {
        return row.stream()
                .map(cell ->
                        cell.matches("(?s).*[\",\r\n].*|\\s.*|.*\\s") ? '"' + cell.replace("\"", "\"\"") + '"' : cell)
                .collect(Collectors.joining(","));
    }

    private static List<String> markdown(List<List<String>> rows, boolean... right) {
        List<List<String>> escaped = rows.stream()
                .map(row -> row.stream().map(TableFormat::markdown).toList())
                .toList();
        int[] widths = new int[right.length];
        Arrays.fill(widths, 3);
        escaped.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        List<String> lines = new ArrayList<>();
        for (List<String> row : escaped) {
            StringBuilder line = new StringBuilder("|");
            StringBuilder rule = new StringBuilder("|");
            for (int i = 0; i < widths.length; i++) {
                String padding = " ".repeat(widths[i] - row.get(i).length());
                line.append(' ')
                        .append(right[i] ? padding + row.get(i) : row.get(i) + padding)
                        .append(" |");
                rule.append(' ')
                        .append("-".repeat(widths[i] - 1))
                        .append(right[i] ? ':' : '-')
                        .append(" |");
            }
            lines.add(line.toString());
            if (lines.size() == 1) {
                lines.add(rule.toString());
            }
        }
        return lines;
    }

    private static String markdown(String cell) {
        StringBuilder text = new StringBuilder();
        cell.replaceAll("\\R", " ").chars().forEach(c -> {
            text.append(MARKDOWN_SPECIAL.indexOf(c) >= 0 ? "\\" : "").append((char) c);
        });
        return text.toString();
    }

    private static List<String> latex(List<List<String>> rows, boolean... right) {
        StringBuilder alignment = new StringBuilder();
        for (boolean isRight : right) {
            alignment.append(isRight ? 'r' : 'l');
        }
        List<String> lines = new ArrayList<>(List.of("\\begin{tabular}{" + alignment + "}", "\\hline"));
        for (List<String> row : rows) {
            lines.add(row.stream().map(TableFormat::latex).collect(Collectors.joining(" & ")) + " \\\\");
            if (lines.size() == 3) {
                lines.add("\\hline");
            }
        }
        lines.add("\\hline");
        lines.add("\\end{tabular}");
        return lines;
    }

    private static String latex(String cell) {
        return cell.replaceAll("\\R", " ")
                .chars()
                .mapToObj(c -> LATEX_ESCAPES.getOrDefault(c, String.valueOf((char) c)))
                .collect(Collectors.joining());
    }
}
