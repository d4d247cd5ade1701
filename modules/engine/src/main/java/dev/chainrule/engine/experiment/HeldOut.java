package dev.chainrule.engine.experiment;

import dev.chainrule.api.DataSourceSpec;
import dev.chainrule.api.Doc;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.value.Inline;
import java.util.Locale;
import java.util.Optional;

/** Examples that are not trained on: a separate source, or a part of the training source. */
@Doc("Examples that are not trained on: a data source, or a part split off from train.")
public record HeldOut(
        @Doc("Share of the training source to split off, above 0 and below 1.")
        Optional<Double> fraction,

        @Doc("Number of examples to split off from the training source.")
        Optional<Integer> count,

        @Doc(
                "Which examples are split off: shuffled (a seeded random choice) or last (the end of the source); by default shuffled.")
        Optional<Order> order,

        @Doc("Whether each class keeps its share, as near as whole examples allow: true or false; by default false.")
        Optional<Boolean> stratify,

        @Doc(
                "A column of the training source: rows with equal cells stay together, in one part. It is not an input, unless columns "
                        + "lists it.")
        Optional<String> by,

        @Doc(
                "A column of the training source, such as an identifier: a hash of the cell decides, so that appended rows move no "
                        + "other row to another part. It is not an input, unless columns lists it.")
        Optional<String> hash,

        @Doc("A column of the training source that gives the part of each row: train, test or validation.")
        Optional<String> column,

        @Doc("The cell that marks the rows of this part, with column; by default the name of the part.")
        Optional<String> value,

        @Doc("A separate data source.") @Inline Optional<DataSourceSpec> source) {

    /** The stream of random draws that decides by hash. */
    public static final String HASH_STREAM = "split.hash";

    /** The order from which examples are split off. */
    public enum Order {
        SHUFFLED,
        LAST
    }

    public HeldOut {
        if (fraction.isPresent()) {
            double f = fraction.get();
            ParameterException.require(f > 0 && f < 1, "fraction", f, "above 0 and below 1");
        }
        if (count.isPresent()) {
            ParameterException.require(count.get() >= 1, "count", count.get(), "1 or more");
        }
        boolean both = stratify.orElse(false) && order.equals(Optional.of(Order.LAST));
        ParameterException.require(!both, "stratify", true, "false if order is last");
        int columns = given(by, hash, column);
        if (columns > 1) {
            throw new IllegalArgumentException("one of by, hash and column can decide; " + columns + " are given");
        }
        boolean drawn = column.isEmpty();
        ParameterException.require(
                columns == 0 || !stratify.orElse(false), "stratify", true, "false if a column decides");
        ParameterException.require(
                columns == 0 || order.isEmpty(), "order", word(order), "no value if a column decides");
        ParameterException.require(drawn || fraction.isEmpty(), "fraction", shown(fraction), "no value with column");
        ParameterException.require(drawn || count.isEmpty(), "count", shown(count), "no value with column");
        ParameterException.require(
                hash.isEmpty() || count.isEmpty(), "count", shown(count), "no value with hash: give a fraction");
        ParameterException.require(!drawn || value.isEmpty(), "value", value.orElse(""), "no value without column");
        int given = given(fraction, count, column, source);
        if (given != 1) {
            throw new IllegalArgumentException(
                    "one of fraction, count, column, or a data source (type: …) is required; "
                            + (given == 0 ? "none is given" : given + " are given"));
        }
    }

    private static int given(Optional<?>... values) {
        int given = 0;
        for (Optional<?> value : values) {
            given += value.isPresent() ? 1 : 0;
        }
        return given;
    }

    private static Object shown(Optional<?> value) {
        return value.isPresent() ? value.get() : "absent";
    }

    private static String word(Optional<Order> order) {
        return order.isPresent() ? order.get().name().toLowerCase(Locale.ROOT) : "";
    }

    /** Return the column whose cells decide which rows are split off, if one does. */
    public Optional<String> decidingColumn() {
        return by.isPresent() ? by : hash.isPresent() ? hash : column;
    }

    /** Return the number of examples that are to be split off from a source with a number of examples. */
    public long size(int all) {
        return count.map(Integer::longValue).orElseGet(() -> Math.round(fraction.orElseThrow() * all));
    }

    /** Return the stream of random draws that decides, if chance does. */
    public Optional<String> stream(String part) {
        boolean drawn = source.isEmpty() && column.isEmpty() && !order.equals(Optional.of(Order.LAST));
        return drawn ? Optional.of(hash.isPresent() ? HASH_STREAM : "split." + part) : Optional.empty();
    }
}
