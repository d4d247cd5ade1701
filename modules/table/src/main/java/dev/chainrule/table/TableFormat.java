package dev.chainrule.table;

import java.nio.charset.Charset;
import java.util.Optional;

/**
 * The format of a table in a text file.
 *
 * @param header whether the first row contains the columns' names; otherwise they are column_1, column_2, …
 * @param delimiter the character between cells; {@link #WHITESPACE} for any run of spaces and tabs
 * @param quote the character around cells that contain delimiters, line breaks or quotes
 * @param skip lines at the beginning that are not part of the table
 * @param comment the character at the beginning of lines that are not part of the table; 0 for none
 * @param encoding of the text; empty for UTF-8. A byte order mark overrules it
 * @param numbers the form of numbers
 * @param missing texts for a missing value
 */
public record TableFormat(
        boolean header,
        char delimiter,
        char quote,
        int skip,
        char comment,
        Optional<Charset> encoding,
        NumberForm numbers,
        MissingValues missing) {
    /** As delimiter: any run of spaces and tabs. */
    public static final char WHITESPACE = 0;

    /** A header, commas, double quotes, UTF-8, plain numbers. */
    public static final TableFormat USUAL =
            new TableFormat(true, ',', '"', 0, (char) 0, Optional.empty(), NumberForm.PLAIN, MissingValues.NONE);

    /** {@return this format with another header} */
    public TableFormat withHeader(boolean value) {
        return new TableFormat(value, delimiter, quote, skip, comment, encoding, numbers, missing);
    }

    /** {@return this format with another delimiter} */
    public TableFormat withDelimiter(char value) {
        return new TableFormat(header, value, quote, skip, comment, encoding, numbers, missing);
    }

    /** {@return this format with another quote} */
    public TableFormat withQuote(char value) {
        return new TableFormat(header, delimiter, value, skip, comment, encoding, numbers, missing);
    }

    /** {@return this format with other lines skipped} */
    public TableFormat leavingOut(int lines, char lineComment) {
        return new TableFormat(header, delimiter, quote, lines, lineComment, encoding, numbers, missing);
    }

    /** {@return this format with another encoding} */
    public TableFormat withEncoding(Optional<Charset> value) {
        return new TableFormat(header, delimiter, quote, skip, comment, value, numbers, missing);
    }

    /** {@return this format with another form of numbers} */
    public TableFormat withNumbers(NumberForm value) {
        return new TableFormat(header, delimiter, quote, skip, comment, encoding, value, missing);
    }

    /** {@return this format with other texts for missing values} */
    public TableFormat withMissing(MissingValues value) {
        return new TableFormat(header, delimiter, quote, skip, comment, encoding, numbers, value);
    }
}
