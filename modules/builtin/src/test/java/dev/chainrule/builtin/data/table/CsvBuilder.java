package dev.chainrule.builtin.data.table;

import dev.chainrule.builtin.data.Unknown;
import dev.chainrule.builtin.data.picture.PictureColumn;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A {@link CsvSource} as YAML would write it: keys that are left out have their defaults. */
final class CsvBuilder {
    private final String file;
    private boolean header = true;
    private Optional<List<String>> columns = Optional.empty();
    private Optional<Map<String, List<String>>> inputs = Optional.empty();
    private Optional<String> target = Optional.empty();
    private Optional<List<String>> targets = Optional.empty();
    private String delimiter = ",";
    private String quote = "\"";
    private Optional<List<String>> categorical = Optional.empty();

    private Optional<Map<String, PictureColumn>> pictures = Optional.empty();
    private Missing missing = Missing.ERROR;
    private Optional<List<String>> missingValues = Optional.empty();
    private Optional<Map<String, List<String>>> missingValuesOf = Optional.empty();
    private Unknown unknown = Unknown.ERROR;
    private String decimal = ".";
    private Optional<String> thousands = Optional.empty();
    private Optional<List<String>> units = Optional.empty();
    private int skip;
    private Optional<String> comment = Optional.empty();
    private Optional<String> encoding = Optional.empty();

    CsvBuilder() {
        this("a.csv");
    }

    CsvBuilder(String file) {
        this.file = file;
    }

    CsvBuilder header(boolean value) {
        header = value;
        return this;
    }

    CsvBuilder columns(String... names) {
        columns = Optional.of(List.of(names));
        return this;
    }

    CsvBuilder inputs(Map<String, List<String>> groups) {
        inputs = Optional.of(groups);
        return this;
    }

    CsvBuilder pictures(Map<String, PictureColumn> byInput) {
        pictures = Optional.of(byInput);
        return this;
    }

    CsvBuilder target(String name) {
        target = Optional.of(name);
        return this;
    }

    CsvBuilder targets(String... names) {
        targets = Optional.of(List.of(names));
        return this;
    }

    CsvBuilder delimiter(String text) {
        delimiter = text;
        return this;
    }

    CsvBuilder quote(String text) {
        quote = text;
        return this;
    }

    CsvBuilder categorical(String... names) {
        categorical = Optional.of(List.of(names));
        return this;
    }

    CsvBuilder missing(Missing value) {
        missing = value;
        return this;
    }

    CsvBuilder missingValues(String... texts) {
        missingValues = Optional.of(List.of(texts));
        return this;
    }

    CsvBuilder missingValuesOf(String column, String... texts) {
        missingValuesOf = Optional.of(Map.of(column, List.of(texts)));
        return this;
    }

    CsvBuilder unknown(Unknown value) {
        unknown = value;
        return this;
    }

    CsvBuilder decimal(String text) {
        decimal = text;
        return this;
    }

    CsvBuilder thousands(String text) {
        thousands = Optional.of(text);
        return this;
    }

    CsvBuilder units(String... texts) {
        units = Optional.of(List.of(texts));
        return this;
    }

    CsvBuilder skip(int lines) {
        skip = lines;
        return this;
    }

    CsvBuilder comment(String text) {
        comment = Optional.of(text);
        return this;
    }

    CsvBuilder encoding(String text) {
        encoding = Optional.of(text);
        return this;
    }

    CsvSource build() {
        return new CsvSource(
                file,
                header,
                columns,
                inputs,
                target,
                targets,
                Optional.empty(),
                delimiter,
                quote,
                categorical,
                Optional.empty(),
                pictures,
                missing,
                missingValues,
                missingValuesOf,
                unknown,
                decimal,
                thousands,
                units,
                skip,
                comment,
                encoding);
    }
}
