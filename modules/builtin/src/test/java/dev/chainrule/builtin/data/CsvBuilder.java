package dev.chainrule.builtin.data;

import java.util.List;
import java.util.Optional;

/** Write out a {@link CsvSource} of the file a.csv as YAML would: what is left out has its default. */
final class CsvBuilder {
    private boolean header = true;
    private Optional<List<String>> columns = Optional.empty();
    private Optional<String> target = Optional.empty();
    private Optional<List<String>> targets = Optional.empty();
    private String delimiter = ",";
    private String quote = "\"";
    private Optional<List<String>> categorical = Optional.empty();

    private Missing missing = Missing.ERROR;

    CsvBuilder header(boolean value) {
        header = value;
        return this;
    }

    CsvBuilder columns(String... names) {
        columns = Optional.of(List.of(names));
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

    CsvSource build() {
        return new CsvSource("a.csv", header, columns, target, targets, delimiter, quote, categorical, missing);
    }
}
