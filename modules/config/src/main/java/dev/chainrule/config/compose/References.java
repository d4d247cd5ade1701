package dev.chainrule.config.compose;

import dev.chainrule.config.Mark;
import dev.chainrule.config.Problem;
import dev.chainrule.config.Problems;
import dev.chainrule.config.bind.Suggestion;
import dev.chainrule.config.node.ConfigNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Replace each <code>${…}</code> of a config by what it stands for.
 *
 * <p>A scalar is resolved when it is first needed, be it by another one; those that are being resolved form the chain that
 * a circle is told by.
 */
final class References {
    private static final int DEEPEST = 64;
    /** References multiply as aliases do. */
    private static final int MOST_NODES = 100_000;

    private static final int LONGEST_TEXT = 1 << 20;

    private record Open(String path, ConfigNode.Scalar scalar) {}

    private final ConfigNode root;
    private final Variables variables;
    private final Problems problems;
    private final Traces traces;
    private final List<Open> open = new ArrayList<>();
    private final Map<ConfigNode.Scalar, Optional<ConfigNode>> known = new LinkedHashMap<>();
    private int nodes;

    References(ConfigNode root, Variables variables, Traces traces, Problems problems) {
        this.root = root;
        this.variables = variables;
        this.traces = traces;
        this.problems = problems;
    }

    /** Return the whole config resolved; what cannot be is reported and stays as it was written. */
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

    private ConfigNode resolve(ConfigNode node, String path) {
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

    /** Problems of a list or mapping are shown at its key, so its trace is kept there too. */
    private ConfigNode.Entry entry(ConfigNode.Entry entry, String path) {
        ConfigNode value = resolve(entry.value(), path);
        if (entry.value() instanceof ConfigNode.Scalar reference && !(value instanceof ConfigNode.Scalar)) {
            traces.find(reference.mark()).ifPresent(trace -> traces.put(entry.keyMark(), trace));
        }
        return new ConfigNode.Entry(entry.key(), entry.keyMark(), value);
    }

    /** Return what a scalar stands for; empty if that was reported. */
    private Optional<ConfigNode> scalar(ConfigNode.Scalar scalar, String path) {
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
            throw rejected(scalar, path, "this refers to itself: " + chain + " → " + path, "Write one of them out.");
        }
        if (open.size() == DEEPEST) {
            throw rejected(
                    scalar,
                    path,
                    "more than " + DEEPEST + " references lead to one another",
                    "Write some of them out.");
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
        Evaluation evaluation = new Evaluation(scalar, path, pieces.size() > 1);
        if (pieces.size() == 1 && pieces.get(0).isReference()) {
            ConfigNode value = evaluation.value(pieces.get(0)).at(scalar.mark());
            return evaluation.traced(value);
        }
        StringBuilder text = new StringBuilder();
        for (Template.Piece piece : pieces) {
            text.append(piece.isReference() ? evaluation.text(piece) : piece.text());
            if (text.length() > LONGEST_TEXT) {
                throw rejected(
                        scalar, path, "references make a text of more than a million letters here", "Write less.");
            }
        }
        boolean literal = pieces.stream().noneMatch(Template.Piece::isReference);
        ConfigNode.Scalar made = new ConfigNode.Scalar(text.toString(), literal && scalar.plain(), scalar.mark());
        return literal ? made : evaluation.traced(made);
    }

    /** The evaluation of one scalar. */
    private final class Evaluation {
        private final ConfigNode.Scalar scalar;
        private final String path;
        private final List<String> origins = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private final boolean isPutTogether;
        private int searched;
        private int defaults;

        Evaluation(ConfigNode.Scalar scalar, String path, boolean isPutTogether) {
            this.isPutTogether = isPutTogether;
            this.scalar = scalar;
            this.path = path;
        }

        ConfigNode traced(ConfigNode value) {
            traces.put(
                    scalar.mark(),
                    new Traces.Trace(
                            origins.stream().distinct().collect(Collectors.joining(", ")),
                            notes.stream().distinct().collect(Collectors.joining(" ")),
                            isPutTogether));
            return value;
        }

        String text(Template.Piece piece) {
            ConfigNode value = value(piece);
            if (value instanceof ConfigNode.Scalar part && !part.isNull()) {
                return part.text();
            }
            throw rejected(
                    mark(piece),
                    path,
                    piece.written() + " is " + value.described() + ", which cannot be a part of a text",
                    "Refer to a single value, or let the reference stand alone.");
        }

        ConfigNode value(Template.Piece piece) {
            String inside = piece.text();
            Mark mark = mark(piece);
            int colon = inside.indexOf(':');
            if (colon >= 0) {
                return variable(inside.substring(0, colon), inside.substring(colon + 1), piece, mark);
            }
            Optional<String> place = variables.place(inside, scalar.mark().source());
            if (place.isPresent()) {
                origins.add(inside);
                notes.add(piece.written() + " is '" + place.get() + "'.");
                return new ConfigNode.Scalar(place.get(), true, scalar.mark());
            }
            return path(inside, piece, mark);
        }

        private ConfigNode variable(String kind, String rest, Template.Piece piece, Mark mark) {
            if (!kind.equals("env") && !kind.equals("secret")) {
                throw rejected(
                        mark,
                        path,
                        "unknown source '" + kind + "' of a value",
                        Suggestion.didYouMean(kind, List.of("env", "secret"))
                                + "Known: ${env:NAME}, ${env:NAME:-default}, ${secret:NAME}, ${path.to.key}, ${file}, ${dir}.");
            }
            int split = rest.indexOf(":-");
            String name = split < 0 ? rest : rest.substring(0, split);
            if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                throw rejected(
                        mark,
                        path,
                        "'" + name + "' cannot be the name of an environment variable",
                        "Letters, digits and underscores are allowed, as in ${" + kind + ":NAME"
                                + (kind.equals("env") ? ":-default" : "") + "}.");
            }
            if (kind.equals("secret")) {
                return secret(name, split >= 0, piece, mark);
            }
            Optional<String> value = variables.read(name);
            origins.add("env " + name);
            if (split >= 0 && value.filter(text -> !text.isEmpty()).isEmpty()) {
                String fallback = rest.substring(split + 2);
                notes.add(
                        "The environment variable " + name + " is not set, so " + piece.written() + " is its default.");
                return fallback(fallback, mark);
            }
            if (value.isEmpty()) {
                throw rejected(
                        mark,
                        path,
                        "the environment variable " + name + " is not set",
                        "Set it, or give a default: ${env:" + name + ":-default}.");
            }
            notes.add(piece.written() + " is '" + value.get() + "'.");
            return new ConfigNode.Scalar(value.get(), !value.get().isEmpty(), scalar.mark());
        }

        private ConfigNode fallback(String text, Mark mark) {
            if (++defaults > DEEPEST) {
                throw rejected(mark, path, "more than " + DEEPEST + " defaults stand in one another", "Write less.");
            }
            List<Template.Piece> pieces = Template.parse(text);
            if (pieces.size() == 1 && pieces.get(0).isReference()) {
                return value(pieces.get(0));
            }
            StringBuilder made = new StringBuilder();
            pieces.forEach(piece -> made.append(piece.isReference() ? text(piece) : piece.text()));
            boolean plain = !text.isEmpty() && pieces.stream().noneMatch(Template.Piece::isReference);
            return new ConfigNode.Scalar(made.toString(), plain, scalar.mark());
        }

        private ConfigNode secret(String name, boolean hasDefault, Template.Piece piece, Mark mark) {
            if (hasDefault) {
                throw rejected(
                        mark,
                        path,
                        "a secret has no default",
                        "What stands in a config is no secret: write ${secret:" + name + "}.");
            }
            Optional<String> value = variables.readSecret(name);
            if (value.isEmpty()) {
                throw rejected(
                        mark,
                        path,
                        "the environment variable " + name + " is not set",
                        "Set it: a secret has no default.");
            }
            if (value.get().length() < Secrets.SHORTEST) {
                throw rejected(
                        mark,
                        path,
                        "the secret " + name + " is shorter than " + Secrets.SHORTEST + " letters",
                        "It could not be kept out of messages and records; use a longer one, or ${env:" + name + "}.");
            }
            origins.add("secret " + name);
            notes.add("A secret is text.");
            return new ConfigNode.Scalar(value.get(), false, scalar.mark());
        }

        private ConfigNode path(String inside, Template.Piece piece, Mark mark) {
            ConfigPath to;
            try {
                to = ConfigPath.parse(inside);
            } catch (ConfigPath.Malformed e) {
                throw rejected(
                        mark,
                        path,
                        piece.written() + " names nothing: " + e.getMessage(),
                        "Write a path such as ${training.epochs} or ${model[0].units}.");
            }
            Found found = find(to, piece, mark);
            ConfigNode value = resolve(found.node(), found.path());
            if (traces.isBroken(value.mark())) {
                throw Rejected.reported();
            }
            nodes += count(value, mark, 0);
            origins.add(found.path());
            notes.add(piece.written() + " is " + value.described() + ", written at "
                    + found.node().mark() + ".");
            return value;
        }

        private Found find(ConfigPath to, Template.Piece piece, Mark mark) {
            ConfigNode node = root;
            int at = 0;
            while (at < to.steps().size()) {
                ConfigPath.Step step = to.steps().get(at);
                if (node instanceof ConfigNode.Scalar inner) {
                    node = scalar(inner, to.shown(at)).orElseThrow(Rejected::reported);
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
                    throw nothing(to, at, node, piece, mark);
                }
            }
            return new Found(node, to.shown(to.steps().size()));
        }

        private Rejected nothing(ConfigPath to, int at, ConfigNode node, Template.Piece piece, Mark mark) {
            ConfigPath.Step step = to.steps().get(at);
            String hint = "";
            if (node instanceof ConfigNode.Mapping mapping && step.isKey()) {
                List<String> keys =
                        mapping.entries().stream().map(ConfigNode.Entry::key).toList();
                hint = Suggestion.didYouMean(step.key(), keys);
            } else if (node instanceof ConfigNode.Sequence list && !step.isKey()) {
                hint = to.shown(at) + " has " + list.items().size()
                        + (list.items().size() == 1 ? " item" : " items") + ", counted from 0. ";
            }
            boolean variable = to.steps().size() == 1 && variables.isSet(step.key());
            return rejected(
                    mark,
                    path,
                    piece.written() + " names nothing: no " + to.shown(at + 1) + " is written",
                    variable
                            ? "The environment variable is ${env:" + step.key() + "}."
                            : hint + "A reference sees what is written, no defaults.");
        }

        /** Count the nodes of a value that is repeated here. */
        private int count(ConfigNode node, Mark mark, int depth) {
            if (depth > DEEPEST) {
                throw rejected(mark, path, "more than " + DEEPEST + " levels are nested here", "Refer to less.");
            }
            int counted = 1;
            List<ConfigNode> inner = node instanceof ConfigNode.Mapping mapping
                    ? mapping.entries().stream().map(ConfigNode.Entry::value).toList()
                    : node instanceof ConfigNode.Sequence list ? list.items() : List.of();
            for (ConfigNode item : inner) {
                counted += count(item, mark, depth + 1);
                if (nodes + counted > MOST_NODES) {
                    throw rejected(
                            mark, path, "references repeat more than " + MOST_NODES + " values", "Refer to less.");
                }
            }
            return counted;
        }

        /** Return the place of a piece, where it can be seen in the line; else of the whole scalar. */
        private Mark mark(Template.Piece piece) {
            Mark whole = scalar.mark();
            String line = whole.source().line(whole.line()).orElse("");
            int[] points = line.codePoints().toArray();
            int end = Math.min(whole.endColumn() - 1, points.length);
            int start = Math.min(whole.column() - 1, end);
            String token = new String(points, Math.max(0, start), Math.max(0, end - start));
            int at = token.indexOf(piece.written(), searched);
            if (at < 0) {
                return whole;
            }
            searched = at;
            int column = whole.column() + token.codePointCount(0, at);
            return new Mark(
                    whole.source(),
                    whole.line(),
                    column,
                    column + piece.written().codePointCount(0, piece.written().length()));
        }
    }

    private record Found(ConfigNode node, String path) {}

    private static Rejected rejected(ConfigNode.Scalar scalar, String path, String message, String note) {
        return rejected(scalar.mark(), path, message, note);
    }

    private static Rejected rejected(Mark mark, String path, String message, String note) {
        return new Rejected(Problem.error(mark, path, message, List.of(note)));
    }
}
