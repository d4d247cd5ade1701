package dev.chainrule.config.compose;

import dev.chainrule.api.error.Suggestion;
import dev.chainrule.config.Mark;
import dev.chainrule.config.node.ConfigNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The evaluation of one scalar: texts, environment variables with their defaults, secrets, other values. */
final class Evaluation {
    private static final int DEEPEST = 64;

    private final Lookup lookup;
    private final Variables variables;
    private final Traces traces;
    private final ConfigNode.Scalar scalar;
    private final String path;
    private final List<String> origins = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final boolean isPutTogether;
    private int searched;
    private int defaults;

    /**
     * Create the evaluation.
     *
     * @param path of the scalar
     * @param isPutTogether whether it has other text around references
     */
    Evaluation(
            Lookup lookup,
            Variables variables,
            Traces traces,
            ConfigNode.Scalar scalar,
            String path,
            boolean isPutTogether) {
        this.lookup = lookup;
        this.variables = variables;
        this.traces = traces;
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
        throw Rejected.at(
                mark(piece),
                path,
                piece.written() + " is " + value.described() + ", which cannot be part of a text",
                "Refer to a single value, or use the reference alone.");
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
            throw Rejected.at(
                    mark,
                    path,
                    "unknown kind of reference '" + kind + "'",
                    Suggestion.didYouMean(kind, List.of("env", "secret"))
                            + "Known: ${env:NAME}, ${env:NAME:-default}, ${secret:NAME}, ${path.to.key}, ${file}, ${dir}.");
        }
        int split = rest.indexOf(":-");
        String name = split < 0 ? rest : rest.substring(0, split);
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw Rejected.at(
                    mark,
                    path,
                    "'" + name + "' is not a valid environment variable name",
                    "Letters, digits and underscores are allowed, as in ${" + kind + ":NAME"
                            + (kind.equals("env") ? ":-default" : "") + "}.");
        }
        if (kind.equals("secret")) {
            return secret(name, split >= 0, mark);
        }
        Optional<String> value = variables.read(name);
        origins.add("env " + name);
        if (split >= 0 && value.filter(text -> !text.isEmpty()).isEmpty()) {
            String fallback = rest.substring(split + 2);
            notes.add("The environment variable " + name + " is not set, so " + piece.written() + " is its default.");
            return fallback(fallback, mark);
        }
        if (value.isEmpty()) {
            throw Rejected.at(
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
            throw Rejected.at(mark, path, "more than " + DEEPEST + " defaults are nested", "Use fewer.");
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

    private ConfigNode secret(String name, boolean hasDefault, Mark mark) {
        if (hasDefault) {
            throw Rejected.at(
                    mark,
                    path,
                    "a secret has no default",
                    "Text in a config is not secret: write ${secret:" + name + "}.");
        }
        Optional<String> value = variables.readSecret(name);
        if (value.isEmpty()) {
            throw Rejected.at(
                    mark, path, "the environment variable " + name + " is not set", "Set it: a secret has no default.");
        }
        if (value.get().strip().length() < Secrets.SHORTEST) {
            throw Rejected.at(
                    mark,
                    path,
                    "the secret " + name + " is shorter than " + Secrets.SHORTEST + " characters",
                    "It cannot be hidden in messages and records; use a longer one, or ${env:" + name
                            + "}. Surrounding blanks do not count.");
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
            throw Rejected.at(
                    mark,
                    path,
                    piece.written() + " refers to nothing: " + e.getMessage(),
                    "Write a path such as ${training.epochs} or ${model[0].units}.");
        }
        Lookup.Found found = lookup.find(to, piece, mark, path);
        origins.add(found.path());
        notes.add(piece.written() + " is " + found.value().described() + ", written at " + found.writtenAt() + ".");
        return found.value();
    }

    /** Return the place of a piece if it is visible in the line; otherwise that of the whole scalar. */
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
