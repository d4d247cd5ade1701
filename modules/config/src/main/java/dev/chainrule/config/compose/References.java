package dev.chainrule.config.compose;

import dev.chainrule.config.Problems;
import dev.chainrule.config.node.ConfigNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The replacement of each <code>${…}</code> of a config by its value.
 *
 * <p>A scalar is resolved when first needed, possibly by another one; the scalars being resolved form the chain that a
 * message about a circle shows.
 */
final class References {
    private static final int DEEPEST = 64;

    private record Open(String path, ConfigNode.Scalar scalar) {}

    private final ConfigNode root;
    private final Variables variables;
    private final Problems problems;
    private final Traces traces;
    private final List<Open> open = new ArrayList<>();
    private final Map<ConfigNode.Scalar, Optional<ConfigNode>> known = new LinkedHashMap<>();
    private final Lookup lookup;

    References(ConfigNode root, Variables variables, Traces traces, Problems problems) {
        this.root = root;
        this.variables = variables;
        this.traces = traces;
        this.problems = problems;
        this.lookup = new Lookup(this, root, variables, traces);
    }

    /** Return the whole config resolved; an unresolvable scalar is reported and stays as written. */
    ConfigNode resolve() {
        return hasReferences(root) ? resolve(root, "") : root;
    }

    private static boolean hasReferences(ConfigNode node) {
        if (node instanceof ConfigNode.Mapping mapping) {
            return mapping.entries().stream().anyMatch(entry -> hasReferences(entry.value()));
        }
        return node instanceof ConfigNode.Sequence list
                ? list.items().stream().anyMatch(References::hasReferences)
                : ((ConfigNode.Scalar) node).text().contains(Template.OPEN);
    }

    ConfigNode resolve(ConfigNode node, String path) {
        if (node instanceof ConfigNode.Mapping mapping) {
            return new ConfigNode.Mapping(
                    mapping.entries().stream()
                            .map(entry -> entry(entry, path.isEmpty() ? entry.key() : path + "." + entry.key()))
                            .toList(),
                    mapping.mark());
        }
        if (node instanceof ConfigNode.Sequence list) {
            return new ConfigNode.Sequence(
                    IntStream.range(0, list.items().size())
                            .mapToObj(i -> resolve(list.items().get(i), path + "[" + i + "]"))
                            .toList(),
                    list.mark());
        }
        ConfigNode.Scalar scalar = (ConfigNode.Scalar) node;
        return scalar(scalar, path).orElse(scalar);
    }

    /** Resolve an entry. Problems of a list or mapping are shown at its key, so its trace is stored there too. */
    private ConfigNode.Entry entry(ConfigNode.Entry entry, String path) {
        ConfigNode value = resolve(entry.value(), path);
        if (entry.value() instanceof ConfigNode.Scalar reference && !(value instanceof ConfigNode.Scalar)) {
            traces.find(reference.mark()).ifPresent(trace -> traces.put(entry.keyMark(), trace));
        }
        return new ConfigNode.Entry(entry.key(), entry.keyMark(), value);
    }

    /** Return the value of a scalar; empty if it has a problem, which is reported. */
    Optional<ConfigNode> scalar(ConfigNode.Scalar scalar, String path) {
        if (!scalar.text().contains(Template.OPEN)) {
            return Optional.of(scalar);
        }
        Optional<ConfigNode> before = known.get(scalar);
        if (before != null) {
            return before;
        }
        int first = IntStream.range(0, open.size())
                .filter(i -> open.get(i).scalar() == scalar)
                .findFirst()
                .orElse(-1);
        Optional<ConfigNode> result;
        if (first >= 0) {
            String chain =
                    open.subList(first, open.size()).stream().map(Open::path).collect(Collectors.joining(" → "));
            throw rejected(
                    scalar,
                    path,
                    "this refers to itself: " + chain + " → " + path,
                    "Replace one of these references with a value.");
        }
        if (open.size() == DEEPEST) {
            throw rejected(scalar, path, "more than " + DEEPEST + " references are chained", "Write some of them out.");
        }
        open.add(new Open(path, scalar));
        try {
            result = Optional.of(evaluate(scalar, path));
        } catch (Rejected e) {
            e.problem().ifPresent(problems::add);
            traces.putBroken(scalar.mark());
            result = Optional.empty();
        }
        open.remove(open.size() - 1);
        known.put(scalar, result);
        return result;
    }

    private ConfigNode evaluate(ConfigNode.Scalar scalar, String path) {
        List<Template.Piece> pieces = Template.parse(scalar.text());
        if (pieces.isEmpty()) {
            throw rejected(
                    scalar, path, "a ${ is never closed", "Close it with }, or write $${ for the two characters.");
        }
        Evaluation evaluation = new Evaluation(lookup, variables, traces, scalar, path, pieces.size() > 1);
        if (pieces.size() == 1 && pieces.get(0).isReference()) {
            ConfigNode value = evaluation.value(pieces.get(0)).at(scalar.mark());
            return evaluation.traced(value);
        }
        StringBuilder text = new StringBuilder();
        for (Template.Piece piece : pieces) {
            text.append(piece.isReference() ? evaluation.text(piece) : piece.text());
            if (text.length() > ConfigNode.Scalar.LONGEST) {
                throw rejected(
                        scalar,
                        path,
                        "references expand to more than a million letters here",
                        "Use fewer or shorter ones.");
            }
        }
        boolean literal = pieces.stream().noneMatch(Template.Piece::isReference);
        ConfigNode.Scalar made = new ConfigNode.Scalar(text.toString(), literal && scalar.plain(), scalar.mark());
        return literal ? made : evaluation.traced(made);
    }

    private static Rejected rejected(ConfigNode.Scalar scalar, String path, String message, String note) {
        return Rejected.at(scalar.mark(), path, message, note);
    }
}
