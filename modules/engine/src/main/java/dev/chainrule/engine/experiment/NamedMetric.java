package dev.chainrule.engine.experiment;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Metric;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.value.Inline;
import java.util.Optional;

/** A metric, with or without a given name. */
@Doc("A metric.")
public record NamedMetric(
        @Doc("Name of the metric after train., validation. and test.; by default, its type. Required if two "
                + "metrics have the same type.")
        Optional<String> name,

        @Doc("The metric.") @Inline Metric metric) {
    /** The form of a name, as a regular expression. */
    public static final String NAME = "[A-Za-z][A-Za-z0-9_-]{0,63}";

    public NamedMetric {
        name.ifPresent(text -> ParameterException.require(
                text.matches(NAME),
                "name",
                "'" + text + "'",
                "at most 64 letters, digits, dashes and underscores, beginning with a letter"));
    }

    /** Return a metric named after its type. */
    public static NamedMetric of(Metric metric) {
        return new NamedMetric(Optional.empty(), metric);
    }

    /** Return the part of the metric's full name that follows {@code test.}. */
    public String label() {
        return name.orElseGet(
                () -> metric.getClass().getAnnotation(Component.class).value());
    }
}
