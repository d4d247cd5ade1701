package dev.chainrule.app.load;

import dev.chainrule.config.Mark;
import dev.chainrule.config.node.ConfigNode;
import dev.chainrule.config.registry.RecordParameter;
import dev.chainrule.config.registry.RecordType;
import dev.chainrule.config.registry.RegisteredComponent;
import dev.chainrule.config.registry.Registry;
import dev.chainrule.config.registry.ValueType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Find every name in a right config that the program gives meaning to: keys, components, words of a choice. */
final class NameTokens {
    /** The meaning of a name. */
    enum Sort {
        KEY,
        COMPONENT,
        CHOICE
    }

    /**
     * Hold a name.
     *
     * @param mark where it is written
     */
    record Token(Sort sort, String text, Mark mark) {}

    /** The records of outputs, and of inputs of pictures. */
    private static final Set<String> NAMED = Set.of("Output", "PictureColumn");

    private final Registry registry;
    /** By place: a value that an alias repeats is written once. */
    private final Map<String, Token> tokens = new LinkedHashMap<>();

    private NameTokens(Registry registry) {
        this.registry = registry;
    }

    /** Return the names of a config, in the order written. */
    static List<Token> of(ConfigNode node, Class<? extends Record> type, Registry registry) {
        NameTokens names = new NameTokens(registry);
        names.walk(new ValueType.Nested(type), node);
        return List.copyOf(names.tokens.values());
    }

    private void add(Sort sort, String text, Mark mark) {
        tokens.putIfAbsent(mark.line() + ":" + mark.column(), new Token(sort, text, mark));
    }

    private void walk(ValueType type, ConfigNode node) {
        if (type instanceof ValueType.Maybe maybe) {
            walk(maybe.value(), node);
        } else if (type instanceof ValueType.ListOf list) {
            ((ConfigNode.Sequence) node).items().forEach(item -> walk(list.item(), item));
        } else if (type instanceof ValueType.MapOf map) {
            ((ConfigNode.Mapping) node).entries().forEach(entry -> {
                if (!isChosen(map.value())) {
                    add(Sort.KEY, entry.key(), entry.keyMark());
                }
                walk(map.value(), entry.value());
            });
        } else if (type instanceof ValueType.OneOrMore several) {
            walk(node instanceof ConfigNode.Scalar ? several.item() : new ValueType.ListOf(several.item()), node);
        } else if (type instanceof ValueType.WordOr either) {
            walk(node instanceof ConfigNode.Scalar ? either.choice() : either.value(), node);
        } else if (type instanceof ValueType.Choice) {
            ConfigNode.Scalar scalar = (ConfigNode.Scalar) node;
            add(Sort.CHOICE, scalar.text(), scalar.mark());
        } else if (type instanceof ValueType.ComponentOf component) {
            component(component, node, List.of());
        } else if (type instanceof ValueType.Nested nested) {
            nested(nested.recordType(), node);
        }
    }

    /** Return whether the keys of a map of such values are names that its author chose: those of branches, outputs and inputs. */
    private static boolean isChosen(ValueType value) {
        return value instanceof ValueType.ListOf
                || value instanceof ValueType.Nested nested
                        && NAMED.contains(nested.recordType().type().getSimpleName());
    }

    private void nested(RecordType type, ConfigNode node) {
        boolean isComponent = type.direct().isPresent()
                && !(node instanceof ConfigNode.Mapping mapping
                        && mapping.find(RegisteredComponent.TYPE_KEY).isEmpty());
        if (!isComponent) {
            keys((ConfigNode.Mapping) node, type.parameters());
            return;
        }
        ValueType direct = type.direct().get().type();
        ValueType inner = direct instanceof ValueType.Maybe maybe ? maybe.value() : direct;
        component((ValueType.ComponentOf) inner, node, type.parameters());
    }

    private void component(ValueType.ComponentOf type, ConfigNode node, List<RecordParameter> outer) {
        ConfigNode name = node instanceof ConfigNode.Mapping mapping
                ? mapping.find(RegisteredComponent.TYPE_KEY).orElseThrow().value()
                : node;
        ConfigNode.Scalar scalar = (ConfigNode.Scalar) name;
        registry.find(type.kind(), scalar.text()).ifPresent(component -> {
            add(Sort.COMPONENT, scalar.text(), scalar.mark());
            if (node instanceof ConfigNode.Mapping mapping) {
                keys(mapping, outer);
                keys(mapping, component.type().parameters());
                ConfigNode.Entry entry =
                        mapping.find(RegisteredComponent.TYPE_KEY).orElseThrow();
                add(Sort.KEY, entry.key(), entry.keyMark());
            }
        });
    }

    private void keys(ConfigNode.Mapping mapping, List<RecordParameter> parameters) {
        for (RecordParameter parameter : parameters) {
            mapping.find(parameter.key()).filter(entry -> !parameter.direct()).ifPresent(entry -> {
                add(Sort.KEY, entry.key(), entry.keyMark());
                walk(parameter.type(), entry.value());
            });
        }
    }
}
