package dev.chainrule.config.schema;

import dev.chainrule.config.Problems;
import dev.chainrule.config.node.ConfigNode;
import dev.chainrule.config.node.ConfigReader;
import dev.chainrule.config.registry.RecordParameter;
import dev.chainrule.config.registry.ValueType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The values of defaults, which are written as in YAML, as an editor's YAML reader would see them. */
final class Defaults {
    private Defaults() {}

    static Optional<Object> of(RecordParameter parameter) {
        return parameter.defaultText().map(text -> {
            ConfigNode node = ConfigReader.read("default of " + parameter.key(), text, new Problems())
                    .orElseThrow();
            return value(node, parameter.type() instanceof ValueType.Text);
        });
    }

    private static Object value(ConfigNode node, boolean isText) {
        if (node instanceof ConfigNode.Sequence list) {
            return list.items().stream().map(item -> value(item, isText)).toList();
        }
        if (node instanceof ConfigNode.Mapping mapping) {
            Map<String, Object> entries = new LinkedHashMap<>();
            mapping.entries().forEach(entry -> entries.put(entry.key(), value(entry.value(), isText)));
            return entries;
        }
        ConfigNode.Scalar scalar = (ConfigNode.Scalar) node;
        return isText || !scalar.plain() ? scalar.text() : plain(scalar.text());
    }

    private static Object plain(String text) {
        if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        if (text.matches("-?[0-9]{1,18}")) {
            return Long.valueOf(text);
        }
        return text.matches("-?[0-9]+(\\.[0-9]+)?([eE]-?[0-9]+)?") ? (Object) Double.valueOf(text) : text;
    }
}
