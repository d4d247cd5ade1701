package dev.chainrule.table;

import dev.chainrule.api.InputException;
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
     * {@return how a file is most likely written; numbers and missing values are left as usual}
     *
     * @param column one that the file is said to have
     * @throws InputException if a line may be a comment or a row
     */
    public static TableFormat of(Path file, String column) {
        TableFormat usual = TableFormat.USUAL.withEncoding(EncodingGuess.of(file));
        FormatGuess guess = new FormatGuess(file, column);
        for (char delimiter : DELIMITERS) {
            guess.consider(usual.withDelimiter(delimiter));
        }
        // If nothing fits, an odd quote is the likelier trouble: to be reported by whoever reads the file.
        boolean misread = guess.broken != null && (guess.best == null || !guess.best.isLikely());
        if (misread || guess.best == null) {
            return Objects.requireNonNullElse(guess.broken, usual);
        }
        TableFormat format = guess.best.format();
        guess.refuseCommentsAsRows(format);
        return guess.withoutRowsAsComments(format);
    }

    /** Consider a delimiter with double and with single quotes. */
    private void consider(TableFormat format) {
        try {
            Rows rows = TableReader.rows(file, format, LOOKED_AT);
            boolean single = SingleQuotes.around(rows);
            keepBetter(new FormatCandidate(format, rows, column, !single));
            considerSingleQuotes(format.withQuote(SINGLE), single);
        } catch (TableReader.Broken e) {
            // Under this delimiter a quote stands in an odd place: another may fit.
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
        // Spaces between the words of a footer do not make it a row where another delimiter parts the header as well.
        boolean worse = best != null
                && (candidate.score() <= best.score()
                        || candidate.isSpaced() && best.hasColumn() && best.width() == candidate.width());
        if (candidate.width() > 0 && !worse) {
            best = candidate;
        }
    }

    /** Lines that begin with the mark and have a cell for each column are rows: then only lines before the header are left out. */
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
            // A comment with an odd quote: the lines are no rows.
            return format;
        }
    }

    /** A comment may have as many words as there are columns. */
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
            // To be reported by whoever reads the file.
        }
    }
}
