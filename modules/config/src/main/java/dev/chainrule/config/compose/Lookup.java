package dev.chainrule.config.compose;

import dev.chainrule.api.error.Suggestion;
import dev.chainrule.config.Mark;
import dev.chainrule.config.node.ConfigNode;
import java.util.List;

/** The lookup of paths in a config whose references are being resolved. */
final class Lookup {
    private static final int DEEPEST = 64;
    /** A limit, since references multiply as aliases do. */
    private static final int MOST_NODES = 100_000;

    private final References references;
    private final ConfigNode root;
    private final Variables variables;
    private final Traces traces;
    private int nodes;

    Lookup(References references, ConfigNode root, Variables variables, Traces traces) {
        this.references = references;
        this.root = root;
        this.variables = variables;
        this.traces = traces;
    }

    /**
     * A value that was found.
     *
     * @param value with all its references resolved
     * @param path of it
     * @param writtenAt its place
     */
    record Found(ConfigNode value, String path, Mark writtenAt) {}

    /**
     * Return the value at a path.
     *
     * @param piece the reference that contains the path
     * @param mark of the piece
     * @param path of the value that contains the piece
     * @throws Rejected if there is no such value, or it is too large
     */
    Found find(ConfigPath to, Template.Piece piece, Mark mark, String path) {
        ConfigNode node = node(to, piece, mark, path);
        String found = to.shown(to.steps().size());
        ConfigNode value = references.resolve(node, found);
        if (traces.isBroken(value.mark())) {
            throw Rejected.reported();
        }
        nodes += count(value, mark, path, 0);
        return new Found(value, found, node.mark());
    }

    private ConfigNode node(ConfigPath to, Template.Piece piece, Mark mark, String path) {
        ConfigNode node = root;
        int at = 0;
        while (at < to.steps().size()) {
            ConfigPath.Step step = to.steps().get(at);
            if (node instanceof ConfigNode.Scalar inner) {
                node = references.scalar(inner, to.shown(at)).orElseThrow(Rejected::reported);
            }
            int keys = node instanceof ConfigNode.Mapping mapping ? to.keysNaming(mapping, at) : 0;
            if (keys > 0) {
                node = ((ConfigNode.Mapping) node)
                        .find(to.key(at, keys))
                        .orElseThrow()
                        .value();
                at += keys;
            } else if (!step.isKey()
                    && node instanceof ConfigNode.Sequence list
                    && step.index() >= 0
                    && step.index() < list.items().size()) {
                node = list.items().get(step.index());
                at++;
            } else {
                throw nothing(to, at, node, piece, mark, path);
            }
        }
        return node;
    }

    private Rejected nothing(ConfigPath to, int at, ConfigNode node, Template.Piece piece, Mark mark, String path) {
        ConfigPath.Step step = to.steps().get(at);
        String hint = "";
        if (node instanceof ConfigNode.Mapping mapping && step.isKey()) {
            List<String> keys =
                    mapping.entries().stream().map(ConfigNode.Entry::key).toList();
            hint = Suggestion.didYouMean(step.key(), keys);
        } else if (node instanceof ConfigNode.Sequence list && !step.isKey()) {
            hint = to.shown(at) + " has " + list.items().size() + (list.items().size() == 1 ? " item" : " items")
                    + ", counted from 0. ";
        }
        boolean variable = to.steps().size() == 1 && variables.isSet(step.key());
        return Rejected.at(
                mark,
                path,
                piece.written() + " refers to nothing: the config contains no " + to.shown(at + 1),
                variable
                        ? "The environment variable is ${env:" + step.key() + "}."
                        : hint + "References see only written values, not defaults.");
    }

    /** Return the number of nodes of a value that is repeated here. */
    private int count(ConfigNode node, Mark mark, String path, int depth) {
        if (depth > DEEPEST) {
            throw Rejected.at(mark, path, "more than " + DEEPEST + " nested levels", "Refer to a smaller part.");
        }
        int counted = 1;
        List<ConfigNode> inner = node instanceof ConfigNode.Mapping mapping
                ? mapping.entries().stream().map(ConfigNode.Entry::value).toList()
                : node instanceof ConfigNode.Sequence list ? list.items() : List.of();
        for (ConfigNode item : inner) {
            counted += count(item, mark, path, depth + 1);
            if (nodes + counted > MOST_NODES) {
                throw Rejected.at(
                        mark,
                        path,
                        "references repeat more than " + MOST_NODES + " values",
                        "Refer to a smaller part.");
            }
        }
        return counted;
    }
}
