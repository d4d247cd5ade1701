package dev.chainrule.table;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.RecordType;
import dev.chainrule.api.error.InputException;
import dev.chainrule.math.Heap;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A reader of a table's rows from a file of a given format. */
public final class TableReader {
    private static final Pattern WHERE = Pattern.compile(" \\(record starting at line ([0-9]+)\\)");
    /** The first line of a table for Excel, which contains the delimiter. */
    private static final Pattern SEPARATOR = Pattern.compile("\"?sep=(.)\"?", Pattern.CASE_INSENSITIVE);

    private static final Pattern LONGEST_CELL = Pattern.compile("The maximum buffer size of ([0-9]+) is insufficient");

    private static final int LONGEST_SEPARATOR = 16;

    private TableReader() {}

    /**
     * Read and check a file.
     *
     * @throws InputException if it is too large, or not a table of that format, with the line
     */
    public static Table read(Path path, TableFormat format) {
        String place = path.toString();
        TableMemory.require(path, format, Heap.size());
        try {
            Rows rows = rows(path, format, Integer.MAX_VALUE);
            rows.trim();
            return Table.of(place, rows, format);
        } catch (Broken e) {
            throw e.problem;
        } catch (Cells.TooLarge e) {
            throw new InputException("the table is too large: its cells have more than 2 GB of text", "Split the file.")
                    .inFile(place);
        } catch (OutOfMemoryError e) {
            throw TableMemory.problem(path, format);
        }
    }

    /** Return the first rows of a file unchecked, without blank lines. */
    static Rows rows(Path path, TableFormat format, int most) {
        return TableText.read(
                path,
                format.encoding(),
                text -> rows(text, format, most, path.toString(), most == Integer.MAX_VALUE ? Files.size(path) : 0));
    }

    private static Rows rows(BufferedReader lines, TableFormat format, int most, String place, long bytes)
            throws IOException {
        int line = 0;
        char delimiter = format.delimiter();
        lines.mark(LONGEST_SEPARATOR + 2);
        char[] beginning = new char[LONGEST_SEPARATOR];
        int size = Math.max(0, lines.read(beginning));
        lines.reset();
        Matcher separator = SEPARATOR.matcher(new String(beginning, 0, size).split("[\r\n]", 2)[0]);
        if (separator.matches()) {
            delimiter = separator.group(1).charAt(0);
            lines.readLine();
            line++;
        }
        for (; line < format.skip(); line++) {
            if (lines.readLine() == null) {
                throw new InputException("the file has only " + line + " lines, but skip is " + format.skip())
                        .inFile(place);
            }
        }
        // Spaces around quotes are not trimmed there, as the parser takes a tab for one.
        char unspaced = delimiter == '\t' ? format.quote() : 0;
        Collector collector = new Collector(line, place, unspaced, new Rows(bytes));
        if (delimiter == TableFormat.WHITESPACE) {
            SpacedRows.read(lines, format, collector, most);
        } else {
            parse(lines, format.withDelimiter(delimiter), collector, most);
        }
        return collector.rows;
    }

    private static void parse(Reader text, TableFormat format, Collector collector, int most) throws IOException {
        CsvReader.CsvReaderBuilder builder = CsvReader.builder()
                .fieldSeparator(format.delimiter())
                .quoteCharacter(format.quote())
                .skipEmptyLines(false)
                .allowUnclosedQuote(false)
                // Widths are checked once all are known, with a better reason.
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .trimWhitespacesAroundQuotes(format.delimiter() != ' ' && format.delimiter() != '\t');
        if (format.comment() != 0) {
            builder.commentStrategy(CommentStrategy.SKIP).commentCharacter(format.comment());
        }
        try (CsvReader<Boolean> reader = builder.build(collector, text)) {
            for (Boolean ignored : reader) {
                if (collector.rows.count() >= most) {
                    break;
                }
            }
        } catch (CsvParseException e) {
            rethrow(e.getCause());
            throw new Broken(broken(collector, e.getMessage()));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Throw a failure to read, or a lack of memory, as it was: the parser reports both as a fault of the text. */
    private static void rethrow(Throwable cause) throws IOException {
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof IOException io) {
            throw io;
        }
        if (cause instanceof RuntimeException ours && !(cause instanceof CsvParseException)) {
            throw ours;
        }
    }

    /** Turn the parser's message into ours: its text begins in upper case and ends with the line. */
    private static InputException broken(Collector collector, String text) {
        Matcher where = WHERE.matcher(text);
        String at = collector.place + (where.find() ? ":" + (collector.before + Long.parseLong(where.group(1))) : "");
        Matcher longest = LONGEST_CELL.matcher(text);
        String message = longest.lookingAt()
                ? "a cell has more than " + longest.group(1) + " characters"
                : where.reset().replaceAll("");
        return new InputException(
                        message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1),
                        "A cell that begins with a quote must end with one; a quote within it is doubled.")
                .inFile(at);
    }

    /** The failure of a text that is not a table under a format, whose quotes are in odd places. */
    static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient InputException problem;

        private Broken(InputException problem) {
            this.problem = problem;
        }
    }

    /** A receiver of cells from a parser. */
    static final class Collector extends AbstractBaseCsvCallbackHandler<Boolean> {
        private final Rows rows;
        private final int before;
        private final String place;
        private final char unspaced;
        private long line;

        /**
         * Create a collector.
         *
         * @param before lines that were read before the parser's first
         * @param unspaced a quote that must not follow a space, where it would be taken for text; 0 for none
         * @param rows receives the cells
         */
        Collector(int before, String place, char unspaced, Rows rows) {
            this.before = before;
            this.place = place;
            this.unspaced = unspaced;
            this.rows = rows;
        }

        Rows rows() {
            return rows;
        }

        @Override
        protected void handleBegin(long number) {
            line = before + number;
        }

        /** Return a problem of the most recent row. */
        Broken broken(String message, String note) {
            return new Broken(new InputException(message, note).inFile(place + ":" + line));
        }

        @Override
        protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
            for (int i = offset; i < offset + length; i++) {
                if (buffer[i] == 0) {
                    throw broken(
                            "the text has a NUL character",
                            "UTF-16 without a byte order mark looks like that: specify encoding: utf-16le or utf-16be.");
                }
            }
            if (unspaced != 0 && !quoted && isSpacedQuote(buffer, offset, offset + length)) {
                throw broken(
                        "a quote follows a space",
                        "Remove the space, or specify delimiter: whitespace if spaces are between the cells, too.");
            }
            if (index == 0) {
                rows.begin(line);
            }
            rows.add(buffer, offset, length);
        }

        private boolean isSpacedQuote(char[] text, int from, int end) {
            int at = from;
            while (at < end && NumberForm.isSpace(text[at])) {
                at++;
            }
            return at > from && at < end && text[at] == unspaced;
        }

        @Override
        protected void handleEmpty() {
            rows.begin(line);
            rows.add(new char[0], 0, 0);
        }

        @Override
        protected Boolean buildRecord() {
            return getRecordType() != RecordType.COMMENT;
        }
    }
}
