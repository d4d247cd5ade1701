package dev.chainrule.builtin.data.table;

import dev.chainrule.api.error.ParameterException;
import dev.chainrule.table.Encodings;
import dev.chainrule.table.MissingValues;
import dev.chainrule.table.NumberForm;
import dev.chainrule.table.TableFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The format of a table, from the keys of a {@link CsvSource}. */
final class CsvFormat {
    private static final String WHITESPACE = "whitespace";

    private CsvFormat() {}

    static TableFormat of(CsvSource source) {
        return new TableFormat(
                source.header(),
                source.delimiter().equals(WHITESPACE) ? TableFormat.WHITESPACE : character(source.delimiter()),
                character(source.quote()),
                source.skip(),
                source.comment().map(CsvFormat::character).orElse((char) 0),
                source.encoding().flatMap(Encodings::of),
                new NumberForm(
                        character(source.decimal()),
                        source.thousands().map(CsvFormat::character).orElse((char) 0),
                        source.units().orElse(List.of())),
                new MissingValues(
                        source.missingValues().orElse(List.of()),
                        source.missingValuesOf().orElse(Map.of())));
    }

    /** Check keys that describe a format. */
    static void check(
            String delimiter,
            String quote,
            String decimal,
            Optional<String> thousands,
            Optional<List<String>> units,
            int skip,
            Optional<String> comment,
            Optional<String> encoding) {
        if (!delimiter.equals(WHITESPACE)) {
            requireCharacter("delimiter", delimiter, "one character other than a line break, or whitespace");
        }
        requireCharacter("quote", quote, "one character other than a line break");
        ParameterException.require(!delimiter.equals(quote), "quote", quote, "a character other than the delimiter");
        requireMark("decimal", decimal);
        thousands.ifPresent(text -> {
            requireMark("thousands", text);
            ParameterException.require(!text.equals(decimal), "thousands", text, "a character other than decimal");
        });
        units.ifPresent(list -> list.forEach(unit -> ParameterException.require(
                !unit.isBlank() && !unit.matches(".*[0-9].*"), "units", list, "texts without digits")));
        ParameterException.require(skip >= 0, "skip", skip, "at least 0");
        comment.ifPresent(text -> requireCharacter("comment", text, "one character other than a line break"));
        encoding.ifPresent(name -> ParameterException.require(
                Encodings.of(name).isPresent(), "encoding", name, "such as utf-8, latin-1, windows-1252 or utf-16le"));
    }

    private static void requireMark(String parameter, String text) {
        boolean fits = text.length() == 1 && !Character.isLetterOrDigit(text.charAt(0)) && "+-".indexOf(text) < 0;
        ParameterException.require(fits, parameter, "'" + text + "'", "one character, such as a point or a comma");
    }

    private static void requireCharacter(String parameter, String text, String allowed) {
        boolean fits = text.length() == 1 && "\r\n".indexOf(text.charAt(0)) < 0;
        ParameterException.require(fits, parameter, "'" + text + "'", allowed);
    }

    private static char character(String text) {
        return text.charAt(0);
    }
}
