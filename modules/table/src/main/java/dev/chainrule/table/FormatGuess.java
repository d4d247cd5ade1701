package dev.chainrule.table;

import dev.chainrule.api.error.InputException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A guess of a file's format from the name of one of its columns. That name determines the header's line and the
 * delimiter; faults in the rows are left to {@link TableReader}, which reports them.
 */
public final class FormatGuess {
    /** In order of preference, if several fit. */
    private static final char[] DELIMITERS = {',', ';', '\t', '|', TableFormat.WHITESPACE};

    private static final char SINGLE = '\'';
    private static final int LOOKED_AT = 200;

    private final Path file;
    private final String column;
    private FormatCandidate best;
    private TableFormat broken;

    private FormatGuess(Path file, String column) {
        this.file = file;
        this.column = column;
    }

    /**
     * {@return the most likely format of a file; numbers and missing values are left as usual}
     *
     * @param column the name of a column that the file should have
     * @throws InputException if a line may be a comment or a row
     */
    public static TableFormat of(Path file, String column) {
        TableFormat usual = TableFormat.USUAL.withEncoding(EncodingGuess.of(file));
        FormatGuess guess = new FormatGuess(file, column);
        for (char delimiter : DELIMITERS) {
            guess.consider(usual.withDelimiter(delimiter));
        }
        // If nothing fits, an odd quote is the most likely fault: reading the file reports it.
        boolean misread = guess.broken != null && (guess.best == null || !guess.best.isLikely());
        if (misread || guess.best == null) {
            return Objects.requireNonNullElse(guess.broken, usual);
        }
        TableFormat format = guess.best.format();
        guess.refuseCommentsAsRows(format);
        return guess.withoutRowsAsComments(format);
    }

    /** Try a delimiter with double and with single quotes. */
    private void consider(TableFormat format) {
        try {
            Rows rows = TableReader.rows(file, format, LOOKED_AT);
            boolean single = SingleQuotes.around(rows);
            keepBetter(new FormatCandidate(format, rows, column, !single));
            considerSingleQuotes(format.withQuote(SINGLE), single);
        } catch (TableReader.Broken e) {
            // Under this delimiter a quote is in an odd place: another delimiter may fit.
            broken = broken == null ? format : broken;
        }
    }

    private void considerSingleQuotes(TableFormat format, boolean likely) {
        try {
            keepBetter(new FormatCandidate(format, TableReader.rows(file, format, LOOKED_AT), column, likely));
        } catch (TableReader.Broken e) {
            // An apostrophe.
        }
    }

    private void keepBetter(FormatCandidate candidate) {
        // Spaces between the words of a footer do not make it a row if another delimiter separates the header as well.
        boolean worse = best != null
                && (candidate.score() <= best.score()
                        || candidate.isSpaced() && best.hasColumn() && best.width() == candidate.width());
        if (candidate.width() > 0 && !worse) {
            best = candidate;
        }
    }

    /**
     * Return the format without comments if lines that begin with the mark and have a cell for each column are rows:
     * then only lines before the header are skipped.
     */
    private TableFormat withoutRowsAsComments(TableFormat format) {
        if (format.comment() == 0) {
            return format;
        }
        try {
            Rows rows = TableReader.rows(file, format.leavingOut(0, (char) 0), Integer.MAX_VALUE);
            int header = best.header();
            boolean doubtful = IntStream.range(header + 1, rows.count())
                    .anyMatch(row -> rows.width(row) == rows.width(header)
                            && FormatCandidate.mark(rows, row) == format.comment());
            return doubtful ? format.leavingOut(rows.line(header) - 1, (char) 0) : format;
        } catch (TableReader.Broken e) {
            // A comment with an odd quote: the lines are not rows.
            return format;
        }
    }

    /** Refuse lines that may be comments or rows: a comment may have as many words as there are columns. */
    private void refuseCommentsAsRows(TableFormat format) {
        if (format.delimiter() != TableFormat.WHITESPACE || format.comment() != 0) {
            return;
        }
        try {
            Rows rows = TableReader.rows(file, format, Integer.MAX_VALUE);
            IntStream.range(1, rows.count())
                    .filter(row -> FormatCandidate.mark(rows, row) != 0
                            && rows.cell(row, 0).length() == 1)
                    .findFirst()
                    .ifPresent(row -> {
                        throw new InputException(
                                        "the line may be a comment or a row",
                                        "Remove it if it is a comment. If it is a row, write a config by hand.")
                                .inFile(file + ":" + rows.line(row));
                    });
        } catch (TableReader.Broken e) {
            // Reading the file reports it.
        }
    }
}
