package dev.chainrule.config.schema;

import dev.chainrule.config.node.ConfigNode;
import java.util.stream.Collectors;

/** Lines of YAML and comments that fit the width of a screen. */
final class Commented {
    private static final int WIDTH = 110;

    private final StringBuilder lines = new StringBuilder();

    /** Add an empty line, except between the comment and the first key of a deeper level. */
    void gap(String indent) {
        if (indent.isEmpty()) {
            lines.append('\n');
        }
    }

    void section(String title) {
        lines.append("\n\n# ").append("-".repeat(WIDTH - 2)).append('\n');
        comment(Character.toUpperCase(title.charAt(0)) + title.substring(1) + ".");
    }

    void line(String indent, String text) {
        lines.append((indent + text).stripTrailing()).append('\n');
    }

    void comment(String text) {
        line("", "# " + text);
    }

    /** Add a comment over as many lines as it needs. */
    void prose(String indent, String text) {
        String start = indent + "#";
        StringBuilder current = new StringBuilder(start);
        for (String word : text.split(" ")) {
            if (current.length() + 1 + word.length() > WIDTH && current.length() > start.length()) {
                line("", current.toString());
                current = new StringBuilder(start);
            }
            current.append(' ').append(word);
        }
        if (current.length() > start.length() + 1) {
            line("", current.toString());
        }
    }

    String text() {
        return lines.toString();
    }

    /** Return a value in one line. */
    static String flow(ConfigNode node) {
        if (node instanceof ConfigNode.Sequence sequence) {
            return sequence.items().isEmpty()
                    ? "[]"
                    : sequence.items().stream().map(Commented::flow).collect(Collectors.joining(", ", "[ ", " ]"));
        }
        if (node instanceof ConfigNode.Mapping mapping) {
            return mapping.entries().isEmpty()
                    ? "{}"
                    : mapping.entries().stream()
                            .map(entry -> entry.key() + ": " + flow(entry.value()))
                            .collect(Collectors.joining(", ", "{ ", " }"));
        }
        ConfigNode.Scalar scalar = (ConfigNode.Scalar) node;
        return scalar.plain() ? scalar.text() : "'" + scalar.text().replace("'", "''") + "'";
    }
}
