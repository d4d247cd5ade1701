package dev.chainrule.config.write;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.value.WordOr;
import dev.chainrule.config.Mark;
import dev.chainrule.config.bind.Locations;
import dev.chainrule.config.registry.RecordParameter;
import dev.chainrule.config.registry.RecordType;
import dev.chainrule.config.registry.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The origin and the description of every value of a bound record. */
public final class Explanation {
    private static final String DEFAULT = "default";

    /**
     * One value.
     *
     * @param path in the config, {@code model[2].units}
     * @param value as YAML writes it, in one line; of a component its name
     * @param origin the place where it was written, or {@code default}
     * @param doc its description; may be empty
     */
    public record Line(String path, String value, String origin, String doc) {}

    private final Locations locations;
    private final Function<Mark, String> origins;
    private final UnaryOperator<String> texts;
    private final List<Line> lines = new ArrayList<>();

    private Explanation(Locations locations, Function<Mark, String> origins, UnaryOperator<String> texts) {
        this.locations = locations;
        this.origins = origins;
        this.texts = texts;
    }

    /**
     * Return a line for each value, in the order of the record's declaration.
     *
     * @param origins returns the place of a value that was written
     * @param texts converts each text to its written form
     */
    public static List<Line> of(
            Record record, Locations locations, Function<Mark, String> origins, UnaryOperator<String> texts) {
        Explanation explanation = new Explanation(locations, origins, texts);
        explanation.parameters(record, "", DEFAULT);
        return List.copyOf(explanation.lines);
    }

    private void parameters(Record record, String path, String around) {
        RecordType type = RecordType.of(record.getClass());
        for (RecordParameter parameter : type.parameters()) {
            Object value = parameter.valueIn(record);
            if (parameter.direct()) {
                value(parameter.type(), value, path, around, "");
            } else {
                String inner = path.isEmpty() ? parameter.key() : path + "." + parameter.key();
                // A required value that has no key of its own in the config was written for the value around it.
                String origin = origin(inner).orElse(parameter.required() ? around : DEFAULT);
                value(parameter.type(), value, inner, origin, parameter.doc());
            }
        }
    }

    private void value(ValueType type, Object value, String path, String origin, String doc) {
        if (type instanceof ValueType.Maybe maybe) {
            ((Optional<?>) value).ifPresent(present -> value(maybe.value(), present, path, origin, doc));
        } else if (type instanceof ValueType.WordOr either
                && ((WordOr<?, ?>) value).value().isPresent()) {
            value(either.value(), ((WordOr<?, ?>) value).value().get(), path, origin, doc);
        } else if (type instanceof ValueType.Nested) {
            parameters((Record) value, path, origin);
        } else if (type instanceof ValueType.ComponentOf) {
            component((Record) value, path, origin, doc);
        } else if (type instanceof ValueType.ListOf list && holdsRecords(list.item()) && !((List<?>) value).isEmpty()) {
            List<?> items = (List<?>) value;
            for (int i = 0; i < items.size(); i++) {
                String item = path + "[" + i + "]";
                value(list.item(), items.get(i), item, origin(item).orElse(origin), "");
            }
        } else if (type instanceof ValueType.MapOf map && !((Map<?, ?>) value).isEmpty()) {
            ((Map<?, ?>) value).forEach((key, inner) -> {
                String at = path + "." + key;
                value(map.value(), inner, at, origin(at).orElse(origin), "");
            });
        } else {
            lines.add(new Line(path, ResolvedYaml.inline(type, value, texts), origin, doc));
        }
    }

    private void component(Record record, String path, String origin, String doc) {
        Component component = record.getClass().getAnnotation(Component.class);
        String name = component == null ? "" : component.value();
        Doc own = record.getClass().getAnnotation(Doc.class);
        String what = own == null ? "" : own.value().strip();
        lines.add(new Line(
                path, name, origin, doc.isEmpty() || what.isEmpty() ? doc + what : doc + " " + name + ": " + what));
        parameters(record, path, origin);
    }

    private static boolean holdsRecords(ValueType type) {
        return type instanceof ValueType.Nested || type instanceof ValueType.ComponentOf;
    }

    private Optional<String> origin(String path) {
        return locations.find(path).map(origins);
    }
}
