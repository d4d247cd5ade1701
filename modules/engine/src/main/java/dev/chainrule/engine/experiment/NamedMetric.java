package dev.chainrule.engine.experiment;

import dev.chainrule.api.Component;
import dev.chainrule.api.Direct;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Metric;
import dev.chainrule.api.ParameterException;
import java.util.Optional;

/** Declare a metric, with a name of its own or none. */
@Doc("A metric.")
public record NamedMetric(
        @Doc(
                "Name of the metric behind train., validation. and test.; by default its type. Two metrics of one type need it.")
        Optional<String> name,

        @Doc("The metric.") @Direct Metric metric) {
    /** What a name looks like, as a regular expression. */
    public static final String NAME = "[A-Za-z][A-Za-z0-9_-]{0,63}";

    public NamedMetric {
        name.ifPresent(text -> ParameterException.require(
                text.matches(NAME),
                "name",
                "'" + text + "'",
                "letters, digits, dashes and underscores, beginning with a letter"));
    }

    /** Return a metric that is called by its type. */
    public static NamedMetric of(Metric metric) {
        return new NamedMetric(Optional.empty(), metric);
    }

    /** Return what follows {@code test.} in the metric's full name. */
    public String label() {
        return name.orElseGet(
                () -> metric.getClass().getAnnotation(Component.class).value());
    }
}
