package dev.chainrule.config.write;

import java.util.List;
import java.util.Map;

/** YAML that is about to be laid out. */
sealed interface YamlTree {
    /** A scalar as written, with quotes if it needs them. */
    record Leaf(String text) implements YamlTree {}

    /** A list. */
    record Items(List<YamlTree> items) implements YamlTree {}

    /** A mapping, in order. */
    record Branch(Map<String, YamlTree> entries) implements YamlTree {}
}
