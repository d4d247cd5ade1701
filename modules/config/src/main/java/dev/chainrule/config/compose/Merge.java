package dev.chainrule.config.compose;

import dev.chainrule.config.node.ConfigNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The merging of two configs. */
final class Merge {
    private static final String TYPE = "type";

    private Merge() {}

    /**
     * Return a mapping with another merged over it: mappings merge key by key, everything else replaces, null removes
     * the entry below. A component of another type replaces the one below, since their keys are unrelated.
     */
    static ConfigNode.Mapping merge(ConfigNode.Mapping base, ConfigNode.Mapping over) {
        List<ConfigNode.Entry> entries = new ArrayList<>();
        Map<String, ConfigNode.Entry> laid = new LinkedHashMap<>();
        over.entries().forEach(entry -> laid.put(entry.key(), entry));
        for (ConfigNode.Entry below : base.entries()) {
            Optional<ConfigNode.Entry> above = Optional.ofNullable(laid.remove(below.key()));
            if (above.isEmpty()) {
                entries.add(below);
            } else if (!isNull(above.get().value())) {
                entries.add(new ConfigNode.Entry(
                        below.key(),
                        above.get().keyMark(),
                        value(below.value(), above.get().value())));
            } else if (isNull(below.value())) {
                entries.add(above.get());
            }
        }
        entries.addAll(laid.values());
        return new ConfigNode.Mapping(entries, over.mark());
    }

    private static ConfigNode value(ConfigNode below, ConfigNode above) {
        return below instanceof ConfigNode.Mapping base
                        && above instanceof ConfigNode.Mapping over
                        && !isOtherType(base, over)
                ? merge(base, over)
                : above;
    }

    private static boolean isOtherType(ConfigNode.Mapping base, ConfigNode.Mapping over) {
        Optional<String> type = type(over);
        return type.isPresent() && !type.equals(type(base));
    }

    private static Optional<String> type(ConfigNode.Mapping mapping) {
        return mapping.find(TYPE)
                .filter(entry -> entry.value() instanceof ConfigNode.Scalar)
                .map(entry -> ((ConfigNode.Scalar) entry.value()).text());
    }

    /** Return a mapping without one key. */
    static ConfigNode.Mapping without(ConfigNode.Mapping mapping, String key) {
        return new ConfigNode.Mapping(
                mapping.entries().stream()
                        .filter(entry -> !entry.key().equals(key))
                        .toList(),
                mapping.mark());
    }

    static boolean isNull(ConfigNode node) {
        return node instanceof ConfigNode.Scalar scalar && scalar.isNull();
    }
}
