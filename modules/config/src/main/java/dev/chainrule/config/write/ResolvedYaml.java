package dev.chainrule.config.write;

import dev.chainrule.api.Component;
import dev.chainrule.api.value.OneOrMore;
import dev.chainrule.api.value.WordOr;
import dev.chainrule.config.compose.Writing;
import dev.chainrule.config.registry.RecordParameter;
import dev.chainrule.config.registry.RecordType;
import dev.chainrule.config.registry.RegisteredComponent;
import dev.chainrule.config.registry.ValueType;
import dev.chainrule.math.Numbers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A bound record as YAML with every default filled in. Binding the text again gives an equal record.
 *
 * <p>Absent optional values are omitted, except those with a default, which are written as null.
 */
public final class ResolvedYaml {
    private static final YamlTree NULL = new YamlTree.Leaf("null");

    private final UnaryOperator<String> texts;

    private ResolvedYaml(UnaryOperator<String> texts) {
        this.texts = texts;
    }

    /** Return the text of a record; equal records give equal texts. Ends with a line break. */
    public static String write(Record record) {
        return write(record, Writing::text);
    }

    /**
     * Return the text of a record.
     *
     * @param texts converts each text to its written form; {@link Writing#text} if it contains no references
     */
    public static String write(Record record, UnaryOperator<String> texts) {
        return YamlLayout.document(new ResolvedYaml(texts).mapping(record));
    }

    /** Return one value of a record in one line. */
    static String inline(ValueType type, Object value, UnaryOperator<String> texts) {
        return YamlLayout.flow(new ResolvedYaml(texts).tree(type, value));
    }

    private YamlTree.Branch mapping(Record record) {
        Map<String, YamlTree> entries = new LinkedHashMap<>();
        Component component = record.getClass().getAnnotation(Component.class);
        if (component != null) {
            entries.put(RegisteredComponent.TYPE_KEY, Texts.leaf(texts.apply(component.value())));
        }
        RecordType type = RecordType.of(record.getClass());
        Optional<Object> direct = type.direct().map(parameter -> parameter.valueIn(record));
        if (direct.isPresent() && direct.get() instanceof Optional<?> alternative) {
            if (alternative.isPresent()) {
                return mapping((Record) alternative.get());
            }
        } else if (direct.isPresent()) {
            entries.putAll(mapping((Record) direct.get()).entries());
            entries.keySet().removeAll(type.keys());
        }
        for (RecordParameter parameter : type.parameters()) {
            if (!parameter.direct()) {
                put(entries, parameter, parameter.valueIn(record));
            }
        }
        return new YamlTree.Branch(entries);
    }

    private void put(Map<String, YamlTree> entries, RecordParameter parameter, Object value) {
        boolean absent = value instanceof Optional<?> maybe && maybe.isEmpty();
        if (!absent) {
            entries.put(parameter.key(), tree(parameter.type(), value));
        } else if (parameter.defaultText().isPresent()) {
            entries.put(parameter.key(), NULL);
        }
    }

    private YamlTree tree(ValueType type, Object value) {
        if (type instanceof ValueType.Maybe maybe) {
            Optional<?> optional = (Optional<?>) value;
            return optional.isPresent() ? tree(maybe.value(), optional.get()) : NULL;
        }
        if (type instanceof ValueType.ListOf list) {
            return new YamlTree.Items(((List<?>) value)
                    .stream().map(item -> tree(list.item(), item)).toList());
        }
        if (type instanceof ValueType.MapOf map) {
            Map<String, YamlTree> entries = new LinkedHashMap<>();
            ((Map<?, ?>) value).forEach((key, item) -> entries.put((String) key, tree(map.value(), item)));
            return new YamlTree.Branch(entries);
        }
        if (type instanceof ValueType.OneOrMore several) {
            List<?> values = ((OneOrMore<?>) value).values();
            return values.size() == 1
                    ? tree(several.item(), values.get(0))
                    : tree(new ValueType.ListOf(several.item()), values);
        }
        if (type instanceof ValueType.WordOr either) {
            WordOr<?, ?> written = (WordOr<?, ?>) value;
            return written.word().isPresent()
                    ? tree(either.choice(), written.word().get())
                    : tree(either.value(), written.value().orElseThrow());
        }
        if (type instanceof ValueType.Nested || type instanceof ValueType.ComponentOf) {
            return mapping((Record) value);
        }
        if (type instanceof ValueType.Real) {
            return new YamlTree.Leaf(Numbers.format((Double) value));
        }
        if (type instanceof ValueType.Choice) {
            return Texts.scalar(texts.apply(ValueType.Choice.text((Enum<?>) value)));
        }
        if (type instanceof ValueType.Scalar) {
            return Texts.scalar(texts.apply(value.toString()));
        }
        if (type instanceof ValueType.Text) {
            return Texts.leaf(texts.apply(value.toString()));
        }
        return new YamlTree.Leaf(value.toString());
    }
}
