package dev.chainrule.app.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainrule.api.Component;
import dev.chainrule.api.value.OneOrMore;
import dev.chainrule.api.value.WordOr;
import dev.chainrule.config.node.ConfigNode;
import dev.chainrule.config.registry.RecordParameter;
import dev.chainrule.config.registry.RecordType;
import dev.chainrule.config.registry.RegisteredComponent;
import dev.chainrule.config.registry.ValueType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Compare the bound record with the text, by other means than the binder's. */
final class Written {
    private int values;

    /** Require that a record has the values of a config; return how many values were compared. */
    static int check(ConfigNode node, Record record) {
        Written written = new Written();
        written.record(node, record);
        return written.values;
    }

    private void record(ConfigNode node, Record record) {
        RecordType type = RecordType.of(record.getClass());
        Component component = record.getClass().getAnnotation(Component.class);
        if (!(node instanceof ConfigNode.Mapping mapping)) {
            String text = ((ConfigNode.Scalar) node).text();
            if (component == null) {
                direct(node, type, record);
            } else if (text.matches("[-+.]?[0-9].*")) {
                // A bare number stands for the first parameter of the constant.
                compare(
                        type.parameters().get(0).type(),
                        node,
                        type.parameters().get(0).valueIn(record));
            } else {
                same(component.value(), text);
            }
            return;
        }
        if (component != null) {
            same(
                    component.value(),
                    ((ConfigNode.Scalar) mapping.find(RegisteredComponent.TYPE_KEY)
                                    .orElseThrow()
                                    .value())
                            .text());
        } else {
            direct(node, type, record);
        }
        Set<String> taken = inner(type, record).map(Written::keys).orElse(Set.of());
        for (RecordParameter parameter : type.parameters()) {
            mapping.find(parameter.key())
                    .filter(entry -> !parameter.direct() && !taken.contains(parameter.key()))
                    .ifPresent(entry -> compare(parameter.type(), entry.value(), parameter.valueIn(record)));
        }
    }

    private void direct(ConfigNode node, RecordType type, Record record) {
        inner(type, record).ifPresent(inner -> record(node, inner));
    }

    /** Return the record that is written in the place of the one around it. */
    private static Optional<Record> inner(RecordType type, Record record) {
        return type.direct()
                .map(parameter -> parameter.valueIn(record))
                .flatMap(value -> value instanceof Optional<?> maybe ? maybe : Optional.of(value))
                .map(Record.class::cast);
    }

    private static Set<String> keys(Record record) {
        return RecordType.of(record.getClass()).parameters().stream()
                .map(RecordParameter::key)
                .collect(Collectors.toSet());
    }

    private void compare(ValueType type, ConfigNode node, Object value) {
        if (type instanceof ValueType.Maybe maybe) {
            boolean absent = node instanceof ConfigNode.Scalar scalar && scalar.isNull();
            assertEquals(absent, ((Optional<?>) value).isEmpty());
            ((Optional<?>) value).ifPresent(inner -> compare(maybe.value(), node, inner));
        } else if (type instanceof ValueType.ListOf list) {
            List<ConfigNode> items = ((ConfigNode.Sequence) node).items();
            same(items.size(), ((List<?>) value).size());
            for (int i = 0; i < items.size(); i++) {
                compare(list.item(), items.get(i), ((List<?>) value).get(i));
            }
        } else if (type instanceof ValueType.MapOf map) {
            List<ConfigNode.Entry> entries = ((ConfigNode.Mapping) node).entries();
            same(entries.size(), ((Map<?, ?>) value).size());
            entries.forEach(entry -> compare(map.value(), entry.value(), ((Map<?, ?>) value).get(entry.key())));
        } else if (type instanceof ValueType.OneOrMore several) {
            List<?> values = ((OneOrMore<?>) value).values();
            if (node instanceof ConfigNode.Sequence) {
                compare(new ValueType.ListOf(several.item()), node, values);
            } else {
                compare(several.item(), node, values.get(0));
            }
        } else if (type instanceof ValueType.WordOr either) {
            WordOr<?, ?> written = (WordOr<?, ?>) value;
            written.word().ifPresent(word -> compare(either.choice(), node, word));
            written.value().ifPresent(inner -> compare(either.value(), node, inner));
        } else if (type instanceof ValueType.Nested || type instanceof ValueType.ComponentOf) {
            record(node, (Record) value);
        } else {
            scalar(type, ((ConfigNode.Scalar) node).text(), value);
        }
    }

    private void scalar(ValueType type, String text, Object value) {
        if (type instanceof ValueType.Whole) {
            same(new BigDecimal(text), new BigDecimal(value.toString()));
        } else if (type instanceof ValueType.Real) {
            String[] parts = text.split("/");
            double meant = new BigDecimal(parts[0].strip()).doubleValue();
            same(
                    parts.length == 1 ? meant : meant / new BigDecimal(parts[1].strip()).doubleValue() + 0.0,
                    (Double) value + 0.0);
        } else if (type instanceof ValueType.Choice choice) {
            same(choice.find(text).orElseThrow(), value);
        } else if (type instanceof ValueType.Scalar) {
            same(
                    text.replaceAll(" +", " ").replaceFirst("s$", ""),
                    value.toString().replaceFirst("s$", ""));
        } else {
            same(text, value.toString());
        }
    }

    private void same(Object written, Object bound) {
        values++;
        assertEquals(written, bound);
    }
}
