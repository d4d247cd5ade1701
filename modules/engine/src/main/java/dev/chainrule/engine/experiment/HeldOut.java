package dev.chainrule.engine.experiment;

import dev.chainrule.api.DataSourceSpec;
import dev.chainrule.api.Doc;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.value.Inline;
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

        @Doc("A separate data source.") @Inline Optional<DataSourceSpec> source) {

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
        int given = (fraction.isPresent() ? 1 : 0) + (count.isPresent() ? 1 : 0) + (source.isPresent() ? 1 : 0);
        if (given != 1) {
            throw new IllegalArgumentException("one of fraction, count, or a data source (type: …) is required; "
                    + (given == 0 ? "none is given" : given + " are given"));
        }
    }

    /** Return whether chance chooses the examples. */
    public boolean isDrawn() {
        return source.isEmpty() && !order.equals(Optional.of(Order.LAST));
    }
}
