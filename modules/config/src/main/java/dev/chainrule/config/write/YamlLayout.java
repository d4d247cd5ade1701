package dev.chainrule.config.write;

import java.util.stream.Collectors;

/**
 * A layout of YAML as people write it: the top levels as blocks, small mappings and lists in one line.
 *
 * <p>A value directly below the top is in one line only if it contains nothing but scalars.
 */
final class YamlLayout {
    private static final int WIDTH = 100;
    private static final int INDENT = 2;

    private final StringBuilder out = new StringBuilder();

    private YamlLayout() {}

    /** Return a whole document. */
    static String document(YamlTree.Branch root) {
        if (root.entries().isEmpty()) {
            return "{}\n";
        }
        YamlLayout layout = new YamlLayout();
        layout.entries(root, 0);
        return layout.out.toString();
    }

    private void entries(YamlTree.Branch branch, int depth) {
        branch.entries().forEach((key, value) -> {
            out.append(" ".repeat(depth * INDENT)).append(Texts.text(key)).append(':');
            value(value, depth);
        });
    }

    private void value(YamlTree value, int depth) {
        String flow = flow(value);
        int column = out.length() - out.lastIndexOf("\n") - 1;
        boolean inline = value instanceof YamlTree.Leaf || isEmpty(value) || depth > 0 || holdsOnlyLeaves(value);
        if (value instanceof YamlTree.Leaf || isEmpty(value) || (inline && column + 1 + flow.length() <= WIDTH)) {
            out.append(' ').append(flow).append('\n');
        } else if (value instanceof YamlTree.Items items) {
            out.append('\n');
            items(items, depth + 1);
        } else if (value instanceof YamlTree.Branch branch) {
            out.append('\n');
            entries(branch, depth + 1);
        }
    }

    private void items(YamlTree.Items list, int depth) {
        for (YamlTree item : list.items()) {
            String indent = " ".repeat(depth * INDENT);
            String flow = flow(item);
            if (item instanceof YamlTree.Leaf || isEmpty(item) || indent.length() + 2 + flow.length() <= WIDTH) {
                out.append(indent).append("- ").append(flow).append('\n');
            } else {
                int start = out.length();
                if (item instanceof YamlTree.Items items) {
                    items(items, depth + 1);
                } else if (item instanceof YamlTree.Branch branch) {
                    entries(branch, depth + 1);
                }
                out.setCharAt(start + indent.length(), '-');
            }
        }
    }

    private static boolean isEmpty(YamlTree value) {
        return value instanceof YamlTree.Items items && items.items().isEmpty()
                || value instanceof YamlTree.Branch branch && branch.entries().isEmpty();
    }

    private static boolean holdsOnlyLeaves(YamlTree value) {
        return value instanceof YamlTree.Items items && items.items().stream().allMatch(YamlTree.Leaf.class::isInstance)
                || value instanceof YamlTree.Branch branch
                        && branch.entries().values().stream().allMatch(YamlTree.Leaf.class::isInstance);
    }

    /** Return a value in one line. */
    static String flow(YamlTree value) {
        if (value instanceof YamlTree.Leaf leaf) {
            return leaf.text();
        }
        if (value instanceof YamlTree.Items items) {
            return items.items().stream().map(YamlLayout::flow).collect(Collectors.joining(", ", "[", "]"));
        }
        YamlTree.Branch branch = (YamlTree.Branch) value;
        return branch.entries().isEmpty()
                ? "{}"
                : branch.entries().entrySet().stream()
                        .map(entry -> Texts.text(entry.getKey()) + ": " + flow(entry.getValue()))
                        .collect(Collectors.joining(", ", "{ ", " }"));
    }
}
