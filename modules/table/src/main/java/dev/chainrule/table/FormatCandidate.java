package dev.chainrule.table;

import java.util.stream.IntStream;

/** A format that a file may have, and how well the first rows fit it. */
final class FormatCandidate {
    private static final String COMMENTS = "#%";
    /** The most lines before the header. */
    private static final int LONGEST_PREAMBLE = 50;

    /**
     * The parts of a score by weight: the column, rows of one width, how early the header is, the width, the quotes.
     */
    private static final long COLUMN_FOUND = 1L << 40;

    private static final long REGULAR = 1L << 39;
    /** All rows have one cell more than the header. */
    private static final long ROW_NAMES = 1L << 38;

    private static final long EARLIER = 1L << 30;
    private static final long WIDER = 1L << 1;
    private static final int WIDEST = 1 << 20;

    /** Without a header a comma is the delimiter only if no other one is: it may be a decimal mark. */
    private static final String LIKELIER = ",|;\t";

    private final TableFormat format;
    private final Rows rows;
    private final String column;
    private final boolean likely;
    private final int header;

    /**
     * Create a candidate.
     *
     * @param rows the first ones, as that format reads them
     * @param column the name of a column that the file should have
     * @param likely whether cells look as if they were in the format's quotes
     */
    FormatCandidate(TableFormat format, Rows rows, String column, boolean likely) {
        this.format = format;
        this.rows = rows;
        this.column = column;
        this.likely = likely;
        this.header = find();
    }

    /** Return whether the file has the column under this format. */
    boolean hasColumn() {
        return header >= 0;
    }

    /** Return whether the file has the column under this format, or rows of one width. */
    boolean isLikely() {
        return hasColumn() || width() > 1 && regularity() > 0;
    }

    /** Return the row with the column's name; -1 if there is none. */
    int header() {
        return header;
    }

    boolean isSpaced() {
        return format.delimiter() == TableFormat.WHITESPACE;
    }

    int width() {
        return rows.count() == 0 ? 0 : rows.width(first());
    }

    /** Return how well it fits: more is better. */
    long score() {
        long quotes = likely ? 1 : 0;
        long regular = width() > 1 ? regularity() : 0;
        if (!hasColumn()) {
            return regular + WIDER * (isSpaced() ? 0 : 1 + LIKELIER.indexOf(format.delimiter())) + quotes;
        }
        // Runs of spaces occur within cells, too.
        int width = isSpaced() ? 1 : Math.min(width(), WIDEST);
        return COLUMN_FOUND + regular + EARLIER * (LONGEST_PREAMBLE - header) + WIDER * width + quotes;
    }

    private int first() {
        return Math.max(header, 0);
    }

    private int find() {
        for (int row = 0; row < Math.min(rows.count(), LONGEST_PREAMBLE); row++) {
            for (int i = 0; i < rows.width(row); i++) {
                if (rows.cell(row, i).equals(column)) {
                    return row;
                }
            }
        }
        return -1;
    }

    /** Return whether all rows have the width of the first, or all one cell more; lines that look like comments may differ. */
    private long regularity() {
        int width = width();
        int[] widths = IntStream.range(first() + 1, rows.count())
                .filter(row -> !rows.isBlank(row) && !isComment(row, width))
                .map(rows::width)
                .distinct()
                .toArray();
        if (widths.length == 0 || widths.length == 1 && widths[0] == width) {
            return REGULAR;
        }
        return widths.length == 1 && widths[0] == width + 1 ? ROW_NAMES : 0;
    }

    /** Return whether a line looks like a comment and differs in width from the header. */
    private boolean isComment(int row, int width) {
        return rows.width(row) != width && mark(rows, row) != 0;
    }

    /** Return the format with the header, skipped lines and comments of the rows. */
    TableFormat format() {
        if (!hasColumn()) {
            // The column may be one of column_1, column_2, … of a file without a header.
            boolean named =
                    IntStream.range(0, rows.width(0)).noneMatch(i -> NumberForm.PLAIN.isNumber(rows.cell(0, i)));
            return format.withHeader(named && !column.matches("column_[0-9]+"));
        }
        char comment = comment();
        boolean skipped = IntStream.range(0, header)
                .anyMatch(row -> !rows.isBlank(row) && (comment == 0 || mark(rows, row) != comment));
        return format.leavingOut(skipped ? rows.line(header) - 1 : 0, comment);
    }

    /** Return the mark of lines before the header, or of odd lines among the rows; 0 if there is none. */
    private char comment() {
        int width = rows.width(header);
        return (char) IntStream.range(0, rows.count())
                .filter(row -> row < header ? !rows.isBlank(row) : isComment(row, width))
                .map(row -> mark(rows, row))
                .reduce((one, other) -> one == other ? one : 0)
                .orElse(0);
    }

    /** Return the comment mark at the beginning of a row; 0 if there is none. */
    static char mark(Rows rows, int row) {
        String cell = rows.cell(row, 0);
        return cell.isEmpty() || COMMENTS.indexOf(cell.charAt(0)) < 0 ? 0 : cell.charAt(0);
    }
}
