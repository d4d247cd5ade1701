package dev.chainrule.config.schema;

import dev.chainrule.api.Kind;
import dev.chainrule.config.Problems;
import dev.chainrule.config.compose.Composition;
import dev.chainrule.config.node.ConfigNode;
import dev.chainrule.config.node.ConfigReader;
import dev.chainrule.config.registry.RecordParameter;
import dev.chainrule.config.registry.RecordType;
import dev.chainrule.config.registry.RegisteredComponent;
import dev.chainrule.config.registry.Registry;
import dev.chainrule.config.registry.ValueType;
import java.util.List;
import java.util.Optional;

/**
 * A config that contains every key, with its type, default and description, followed by every component.
 *
 * <p>The keys form a readable config; the components are comments, since no config has them all. Without the first
 * {@code #} of each line, a component's block is YAML.
 */
public final class Reference {
    /** The placeholder for a value that only the user knows. */
    static final String OPEN = "…";

    private static final String COMPONENT_INDENT = "    ";

    private final Commented out = new Commented();

    private Reference() {}

    /**
     * Return the text.
     *
     * @param heading the first lines
     * @param root the record of a whole config
     * @param sample a valid config: the values of keys without default, and illustrative values of others
     */
    public static String write(List<String> heading, Registry registry, Class<? extends Record> root, String sample) {
        Reference reference = new Reference();
        heading.forEach(reference.out::comment);
        ConfigNode.Mapping values = (ConfigNode.Mapping)
                ConfigReader.read("sample", sample, new Problems()).orElseThrow();
        reference.out.gap("");
        reference.out.prose("", Composition.EXTENDS_DOC);
        reference.out.prose("", "Text, or list of texts, optional.");
        reference.out.line("", "# " + Composition.EXTENDS + ": base.yaml");
        reference.out.gap("");
        reference.out.prose("", Composition.DEFAULTS_DOC);
        reference.out.prose("", "Mapping of kinds of layers to parameters and values, optional.");
        reference.out.line("", "# " + Composition.DEFAULTS + ": { dense: { activation: relu } }");
        reference.mapping(RecordType.of(root), values, "");
        for (Kind kind : Kind.values()) {
            reference.kind(kind, registry.of(kind));
        }
        return reference.out.text();
    }

    private void mapping(RecordType type, ConfigNode.Mapping values, String indent) {
        for (RecordParameter parameter : type.parameters()) {
            if (parameter.direct()) {
                out.prose(
                        indent,
                        "Instead of these keys, " + parameter.type().one() + " with its own keys may be written.");
                continue;
            }
            out.gap(indent);
            out.prose(indent, parameter.doc());
            out.prose(indent, sentence(parameter));
            Optional<ConfigNode> value = values.find(parameter.key())
                    .map(ConfigNode.Entry::value)
                    .or(() -> parameter
                            .defaultText()
                            .flatMap(text -> ConfigReader.read(parameter.key(), text, new Problems())));
            if (value.isEmpty() && parameter.required()) {
                throw new IllegalArgumentException("the sample lacks " + parameter.key());
            }
            value(parameter.key(), parameter.type(), value, indent);
        }
    }

    private void value(String key, ValueType type, Optional<ConfigNode> value, String indent) {
        ValueType inner = type instanceof ValueType.Maybe maybe ? maybe.value() : type;
        String deeper = indent + "  ";
        if (value.isEmpty()) {
            out.line(indent, "# " + key + ": " + OPEN);
        } else if (inner instanceof ValueType.Nested nested && value.get() instanceof ConfigNode.Mapping mapping) {
            out.line(indent, key + ":");
            mapping(nested.recordType(), mapping, deeper);
        } else if (inner instanceof ValueType.MapOf map && hasEntries(value.get())) {
            out.line(indent, key + ":");
            ((ConfigNode.Mapping) value.get())
                    .entries()
                    .forEach(entry -> value(entry.key(), map.value(), Optional.of(entry.value()), deeper));
        } else if (inner instanceof ValueType.ListOf list
                && list.item() instanceof ValueType.Nested nested
                && value.get() instanceof ConfigNode.Sequence items) {
            nested.recordType().parameters().stream()
                    .filter(parameter -> !parameter.direct())
                    .forEach(parameter -> out.prose(
                            indent,
                            "Each may have " + parameter.key() + ": " + parameter.doc() + " " + sentence(parameter)));
            out.line(indent, key + ":");
            items.items().forEach(item -> out.line(deeper, "- " + Commented.flow(item)));
        } else {
            out.line(indent, key + ": " + Commented.flow(value.get()));
        }
    }

    private void kind(Kind kind, List<RegisteredComponent> components) {
        if (components.isEmpty()) {
            return;
        }
        out.section(ValueType.article(kind.label()) + " is one of these");
        for (RegisteredComponent component : components) {
            out.gap("");
            out.prose("", component.name() + ": " + component.doc());
            out.comment(COMPONENT_INDENT + RegisteredComponent.TYPE_KEY + ": " + component.name());
            for (RecordParameter parameter : component.type().parameters()) {
                out.prose("# " + COMPONENT_INDENT, parameter.doc() + " " + sentence(parameter));
                out.comment(COMPONENT_INDENT + parameter.key() + ": "
                        + parameter.defaultText().orElse(OPEN));
            }
        }
    }

    private static boolean hasEntries(ConfigNode node) {
        return node instanceof ConfigNode.Mapping mapping && !mapping.entries().isEmpty();
    }

    private static String sentence(RecordParameter parameter) {
        String summary = parameter.summary();
        return Character.toUpperCase(summary.charAt(0)) + summary.substring(1) + ".";
    }
}
