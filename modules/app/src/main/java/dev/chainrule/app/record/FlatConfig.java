package dev.chainrule.app.record;

import dev.chainrule.config.Problems;
import dev.chainrule.config.node.ConfigNode;
import dev.chainrule.config.node.ConfigReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A config as pairs of path and value, so that configs can be compared: {@code model[0].units} is {@code 64}. */
public final class FlatConfig {
    /** The mark of an absent value. */
    public static final String ABSENT = "–";

    private FlatConfig() {}

    /** Return every scalar of a config by its path, in the order written; nothing of a text that cannot be read. */
    public static Map<String, String> of(String yaml) {
        Map<String, String> values = new LinkedHashMap<>();
        ConfigReader.read("config", yaml, new Problems()).ifPresent(node -> collect(node, "", values));
        return values;
    }

    /** Return the differences, in the order of the first and then the second. */
    public static List<Difference> differences(String one, String other) {
        Map<String, String> first = of(one);
        Map<String, String> second = of(other);
        Set<String> paths = new LinkedHashSet<>(first.keySet());
        paths.addAll(second.keySet());
        List<Difference> differences = new ArrayList<>();
        for (String path : paths) {
            Optional<String> a = Optional.ofNullable(first.get(path));
            Optional<String> b = Optional.ofNullable(second.get(path));
            if (!a.equals(b)) {
                differences.add(new Difference(path, a, b));
            }
        }
        return differences;
    }

    private static void collect(ConfigNode node, String path, Map<String, String> values) {
        if (node instanceof ConfigNode.Mapping mapping && !mapping.entries().isEmpty()) {
            mapping.entries()
                    .forEach(entry ->
                            collect(entry.value(), path.isEmpty() ? entry.key() : path + "." + entry.key(), values));
        } else if (node instanceof ConfigNode.Sequence list && !list.items().isEmpty()) {
            for (int i = 0; i < list.items().size(); i++) {
                collect(list.items().get(i), path + "[" + i + "]", values);
            }
        } else {
            values.put(path, node instanceof ConfigNode.Scalar scalar ? scalar.text() : "none");
        }
    }
}
