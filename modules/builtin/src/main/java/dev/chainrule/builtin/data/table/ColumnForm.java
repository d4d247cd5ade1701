package dev.chainrule.builtin.data.table;

import dev.chainrule.api.Doc;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.value.WordOr;
import dev.chainrule.table.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The form in which the cells of a column become inputs, if it is another than numbers or one input for each name. */
@Doc("The form in which the cells of a column become inputs.")
public record ColumnForm(
        @Doc(
                "ordinal: one input, the number of the name, from 0, which layers and transforms such as embed and target_mean read. hash: "
                        + "an input for each bucket, into which names are hashed. dates: an input for each part of a date. sets: an input for "
                        + "each member of the sets, 1 if the cell has it. words: an input for each word of a text, how often it occurs.")
        Kind as,

        @Doc("All names of an ordinal column, in order; by default those of the training file, by code point.")
        Optional<List<String>> order,

        @Doc("The number of buckets of a hash.") Optional<Integer> buckets,

        @Doc(
                "The parts of a date, each an input: year, month, day, weekday (Monday is 1), day_of_year, days (since 1970), hour or "
                        + "minute; by default year, month, day and weekday.")
        Optional<List<DatePart>> parts,

        @Doc(
                "Whether the parts of a date that recur, such as month and weekday, are two inputs each, the sine and cosine of their share "
                        + "of a turn, so that December lies next to January; by default false.")
        Optional<Boolean> cyclic,

        @Doc(
                "The format of dates in the notation of Java's DateTimeFormatter, such as d.M.yyyy HH:mm; by default 2024-01-31, with or "
                        + "without a time such as 12:30 or 12:30:45 after a space or T.")
        Optional<String> format,

        @Doc("The text between the members of a set; by default a comma.")
        Optional<String> separator,

        @Doc(
                "The largest number of words that become inputs, the most frequent ones of the training file; by default 1000.")
        Optional<Integer> most) {
    /** The kinds of forms. */
    public enum Kind {
        /** One input: the number of the name. */
        ORDINAL,
        /** An input for each bucket. */
        HASH,
        /** An input for each part of a date. */
        DATES,
        /** An input for each member. */
        SETS,
        /** An input for each word. */
        WORDS
    }

    private static final int MOST_BUCKETS = 100_000;
    private static final int USUAL_WORDS = 1000;

    public ColumnForm {
        requireOf(Kind.ORDINAL, as, "order", order);
        requireOf(Kind.HASH, as, "buckets", buckets);
        requireOf(Kind.DATES, as, "parts", parts);
        requireOf(Kind.DATES, as, "cyclic", cyclic);
        requireOf(Kind.DATES, as, "format", format);
        requireOf(Kind.SETS, as, "separator", separator);
        requireOf(Kind.WORDS, as, "most", most);
        ParameterException.require(as != Kind.HASH || buckets.isPresent(), "as", "hash", "hash with buckets");
        order.ifPresent(names -> {
            ParameterException.require(names.size() > 1, "order", names, "two names or more");
            requireDistinct("order", names);
        });
        buckets.ifPresent(count -> ParameterException.require(
                count >= 2 && count <= MOST_BUCKETS, "buckets", count, "an integer from 2 to " + MOST_BUCKETS));
        parts.ifPresent(list -> {
            ParameterException.require(!list.isEmpty(), "parts", "empty", "at least one part");
            requireDistinct(
                    "parts",
                    list.stream()
                            .map(part -> part.name().toLowerCase(Locale.ROOT))
                            .toList());
        });
        format.ifPresent(text -> ParameterException.require(
                DateInput.isReadable(text),
                "format",
                text,
                "a format of year, month and day, such as d.M.yyyy or yyyy/MM/dd HH:mm"));
        separator.ifPresent(text -> ParameterException.require(!text.isEmpty(), "separator", "empty", "a text"));
        most.ifPresent(count -> ParameterException.require(
                count >= 1 && count <= MOST_BUCKETS, "most", count, "an integer from 1 to " + MOST_BUCKETS));
        order = order.map(List::copyOf);
        parts = parts.map(List::copyOf);
    }

    private static void requireOf(Kind kind, Kind as, String key, Optional<?> value) {
        ParameterException.require(
                as == kind || value.isEmpty(),
                key,
                value.isPresent() ? value.get() : "absent",
                "no value unless as is " + kind.name().toLowerCase(Locale.ROOT));
    }

    private static void requireDistinct(String key, List<?> values) {
        ParameterException.require(values.stream().distinct().count() == values.size(), key, values, "each value once");
    }

    /**
     * Return the forms that a config writes, each as a word or with more keys.
     *
     * @param table the training file, which must have the columns; empty for other files, which may lack those that are not used
     * @throws InputException at a column that the table lacks
     */
    static Map<String, ColumnForm> of(Map<String, WordOr<Kind, ColumnForm>> written, Optional<Table> table) {
        Map<String, ColumnForm> forms = new LinkedHashMap<>();
        written.forEach((name, form) -> {
            try {
                table.ifPresent(known -> known.column(name, "be encoded"));
            } catch (InputException e) {
                throw e.atConfig("encode." + name);
            }
            ColumnForm whole = form.value().orElseGet(() -> plain(form.word().orElseThrow()));
            table.ifPresent(known -> whole.requireNewNames(name, known));
            forms.put(name, whole);
        });
        return forms;
    }

    private void requireNewNames(String column, Table table) {
        dates(column).stream()
                .filter(date -> table.names().contains(date.name()))
                .findFirst()
                .ifPresent(date -> {
                    throw new InputException(
                                    "the input " + date.name() + " from column '" + column
                                            + "' has the name of another column",
                                    "List other parts, or rename that column in the file.")
                            .atConfig("encode." + column);
                });
    }

    private static ColumnForm plain(Kind kind) {
        return new ColumnForm(
                kind,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Return the inputs of a column of dates; none for another form. */
    List<DateInput> dates(String column) {
        return as == Kind.DATES
                ? DateInput.of(column, parts.orElse(DatePart.USUAL), cyclic.orElse(false), format)
                : List.of();
    }

    /** Return whether a cell has several names: members of a set, or words. */
    boolean isBag() {
        return as == Kind.SETS || as == Kind.WORDS;
    }

    /** Return the names in a cell, in their order, each as often as it occurs. */
    List<String> names(String cell) {
        return as == Kind.WORDS ? WordRule.words(cell) : Bags.members(cell, separator.orElse(","));
    }

    /** Return the largest number of names that become inputs. */
    int mostNames() {
        return as == Kind.WORDS ? most.orElse(USUAL_WORDS) : Integer.MAX_VALUE;
    }
}
