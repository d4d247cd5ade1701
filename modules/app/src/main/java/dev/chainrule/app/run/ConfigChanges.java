package dev.chainrule.app.run;

import dev.chainrule.config.Problems;
import dev.chainrule.config.node.ConfigNode;
import dev.chainrule.config.node.ConfigReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A comparison of two resolved configs, value by value. */
final class ConfigChanges {
    private final List<Change> changes = new ArrayList<>();

    private ConfigChanges() {}

    /**
     * One difference.
     *
     * @param path as messages write it: {@code training.epochs}, {@code hooks[1].every}
     * @param before empty if there was nothing
     * @param after empty if there is nothing
     */
    record Change(String path, Optional<String> before, Optional<String> after) {
        @Override
        public String toString() {
            return path + " was " + before.orElse("absent") + ", is " + after.orElse("absent");
        }
    }

    /** Return the differences in the order of the first text; an entry missing from it comes at the end of its mapping. */
    static List<Change> between(String before, String after) {
        ConfigChanges comparing = new ConfigChanges();
        comparing.compare("", read(before), read(after));
        return comparing.changes;
    }

    private static Optional<ConfigNode> read(String text) {
        return ConfigReader.read("config", text, new Problems());
    }

    private void compare(String path, Optional<ConfigNode> before, Optional<ConfigNode> after) {
        if (before.orElse(null) instanceof ConfigNode.Mapping one
                && after.orElse(null) instanceof ConfigNode.Mapping other) {
            String prefix = path.isEmpty() ? "" : path + ".";
            for (ConfigNode.Entry entry : one.entries()) {
                compare(
                        prefix + entry.key(),
                        Optional.of(entry.value()),
                        other.find(entry.key()).map(ConfigNode.Entry::value));
            }
            for (ConfigNode.Entry entry : other.entries()) {
                if (one.find(entry.key()).isEmpty()) {
                    compare(prefix + entry.key(), Optional.empty(), Optional.of(entry.value()));
                }
            }
        } else if (before.orElse(null) instanceof ConfigNode.Sequence one
                && after.orElse(null) instanceof ConfigNode.Sequence other) {
            for (int i = 0; i < Math.max(one.items().size(), other.items().size()); i++) {
                compare(path + "[" + i + "]", item(one, i), item(other, i));
            }
        } else {
            Optional<String> was = before.map(ConfigChanges::text);
            Optional<String> is = after.map(ConfigChanges::text);
            if (!was.equals(is)) {
                changes.add(new Change(path, was, is));
            }
        }
    }

    private static Optional<ConfigNode> item(ConfigNode.Sequence list, int i) {
        return i < list.items().size() ? Optional.of(list.items().get(i)) : Optional.empty();
    }

    private static String text(ConfigNode node) {
        if (node instanceof ConfigNode.Scalar scalar) {
            return scalar.text();
        }
        if (node instanceof ConfigNode.Sequence list) {
            return list.items().stream().map(ConfigChanges::text).toList().toString();
        }
        return ((ConfigNode.Mapping) node)
                .entries().stream()
                        .map(entry -> entry.key() + ": " + text(entry.value()))
                        .toList()
                        .toString()
                        .replaceFirst("^\\[", "{")
                        .replaceFirst("]$", "}");
    }
}
