package dev.chainrule.table;

import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The format of a file of which nothing is known but the name of one of its columns. That name tells the header's line and the
 * delimiter; what is wrong with the rows is left to {@link TableReader}, which says so.
 */
public final class FormatGuess {
    /** By preference where several fit. */
    private static final char[] DELIMITERS = {',', ';', '\t', '|', TableFormat.WHITESPACE};

    private static final String COMMENTS = "#%";
    private static final int LOOKED_AT = 200;
    /** Lines before the header. */
    private static final int LONGEST_PREAMBLE = 50;

    /** How much fitting counts: first the column, then rows of one width, then their width. */
    private static final int COLUMN_FOUND = 1 << 30;

    private static final int REGULAR = 1 << 29;
    private static final int WIDEST = 1 << 20;

    private final String column;
    private TableFormat best;
    private int bestScore = -1;
    private TableFormat broken;

    private FormatGuess(String column) {
        this.column = column;
    }

    /**
     * {@return how a file is most likely written; numbers and missing values are left as usual}
     *
     * @param column one that the file is said to have
     */
    public static TableFormat of(Path file, String column) {
        TableFormat usual = TableFormat.USUAL.withEncoding(EncodingGuess.of(file));
        FormatGuess guess = new FormatGuess(column);
        for (char delimiter : DELIMITERS) {
            TableFormat format = usual.withDelimiter(delimiter);
            try {
                Rows rows = TableReader.rows(file, format, LOOKED_AT);
                TableFormat quoted = format.withQuote(quote(rows));
                guess.consider(quoted, quoted.equals(format) ? rows : TableReader.rows(file, quoted, LOOKED_AT));
            } catch (TableReader.Broken e) {
                // Under this delimiter a quote stands in an odd place: another may fit.
                guess.broken = guess.broken == null ? format : guess.broken;
            }
        }
        // If nothing fits, an odd quote is the likelier trouble: to be reported by whoever reads the file.
        boolean misread = guess.bestScore < REGULAR && guess.broken != null;
        return misread || guess.best == null ? Objects.requireNonNullElse(guess.broken, usual) : guess.best;
    }

    /** Keep a format if it fits better than those before it. */
    private void consider(TableFormat format, Rows rows) {
        int header = header(rows);
        int first = Math.max(header, 0);
        int width = rows.count() == 0 ? 0 : rows.width(first);
        if (width == 0) {
            return;
        }
        boolean regular = width > 1 && isRegular(rows, first);
        int score = (header >= 0 ? COLUMN_FOUND : 0) + (regular ? REGULAR : 0) + widthScore(format, width);
        if (score > bestScore) {
            bestScore = score;
            best = header >= 0 ? withHeaderAt(format, rows, header) : withoutColumn(format, rows);
        }
    }

    /** Return whether all rows have the width of the first, or all one cell more; lines that look like comments may differ. */
    private static boolean isRegular(Rows rows, int first) {
        int width = rows.width(first);
        int[] widths = IntStream.range(first + 1, rows.count())
                .filter(row -> !rows.isBlank(row) && !isComment(rows, row, width))
                .map(rows::width)
                .distinct()
                .toArray();
        return widths.length == 0 || widths.length == 1 && (widths[0] == width || widths[0] == width + 1);
    }

    private static boolean isComment(Rows rows, int row, int width) {
        return rows.width(row) != width && mark(rows, row) != 0;
    }

    /** Wider is better, but for runs of spaces, which stand within cells, too. */
    private static int widthScore(TableFormat format, int width) {
        return format.delimiter() == TableFormat.WHITESPACE ? 1 : Math.min(width, WIDEST);
    }

    private int header(Rows rows) {
        for (int row = 0; row < Math.min(rows.count(), LONGEST_PREAMBLE); row++) {
            for (int i = 0; i < rows.width(row); i++) {
                if (rows.cell(row, i).equals(column)) {
                    return row;
                }
            }
        }
        return -1;
    }

    private static TableFormat withHeaderAt(TableFormat format, Rows rows, int header) {
        char comment = comment(rows, header);
        boolean skipped = IntStream.range(0, header)
                .anyMatch(row -> !rows.isBlank(row) && (comment == 0 || mark(rows, row) != comment));
        return format.leavingOut(skipped ? (int) rows.line(header) - 1 : 0, comment);
    }

    /** Return the mark of lines before the header, or of odd lines among the rows; 0 if there is none. */
    private static char comment(Rows rows, int header) {
        int width = rows.width(header);
        return (char) IntStream.range(0, rows.count())
                .filter(row -> row < header ? !rows.isBlank(row) : isComment(rows, row, width))
                .map(row -> mark(rows, row))
                .reduce((one, other) -> one == other ? one : 0)
                .orElse(0);
    }

    /** Return the comment mark that a row begins with; 0 if it begins with none. */
    private static char mark(Rows rows, int row) {
        String cell = rows.cell(row, 0);
        return cell.isEmpty() || COMMENTS.indexOf(cell.charAt(0)) < 0 ? 0 : cell.charAt(0);
    }

    /** The column may be one of column_1, column_2, … of a file without a header. */
    private TableFormat withoutColumn(TableFormat format, Rows rows) {
        boolean named = IntStream.range(0, rows.width(0)).noneMatch(i -> NumberForm.PLAIN.isNumber(rows.cell(0, i)));
        return format.withHeader(named && !column.matches("column_[0-9]+"));
    }

    /** Return the single quote if cells stand in it, else the double one. */
    private static char quote(Rows rows) {
        long single = 0;
        long other = 0;
        for (int row = 0; row < rows.count(); row++) {
            for (int i = 0; i < rows.width(row); i++) {
                String cell = rows.cell(row, i);
                boolean quoted = cell.startsWith("'") || cell.endsWith("'");
                single += quoted ? 1 : 0;
                other += quoted || cell.isEmpty() || NumberForm.PLAIN.isNumber(cell) ? 0 : 1;
            }
        }
        return single > other ? '\'' : '"';
    }
}
