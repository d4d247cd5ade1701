package dev.chainrule.config.compose;

import dev.chainrule.config.Mark;
import dev.chainrule.config.Problems;
import dev.chainrule.config.node.ConfigNode;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A composed config with its ingredients: bases, settings and environment variables. */
public final class Composed {
    private final ConfigNode node;
    private final List<Path> bases;
    private final Map<Path, byte[]> contents;
    private final List<String> settings;
    private final Variables variables;
    private final Traces traces;

    Composed(
            ConfigNode node,
            List<Path> bases,
            Map<Path, byte[]> contents,
            List<String> settings,
            Variables variables,
            Traces traces) {
        this.node = node;
        this.bases = List.copyOf(bases);
        this.contents = contents;
        this.settings = List.copyOf(settings);
        this.variables = variables;
        this.traces = traces;
    }

    /** Return the whole config; each value has the mark of its original place. */
    public ConfigNode node() {
        return node;
    }

    /** Return the bases, each once, in the order in which they were read. */
    public List<Path> bases() {
        return bases;
    }

    /** Return the contents of a file when it was read: the config or one of its bases. */
    public byte[] content(Path file) {
        return contents.get(Bases.identity(file)).clone();
    }

    /** Return the arguments that changed it. */
    public List<String> settings() {
        return settings;
    }

    /** Return each environment variable that was looked up, by name, with its value if it is set; no secrets. */
    public Map<String, Optional<String>> environment() {
        return variables.taken();
    }

    /** Return the values that must not be shown. */
    public Secrets secrets() {
        return variables.secrets();
    }

    /** Return the form of texts in the resolved config: secrets become references again, other braces are escaped. */
    public UnaryOperator<String> writing() {
        return writing(List.of(variables.secrets()));
    }

    /**
     * Return the form of texts in a hash that ignores local paths: those made by file and dir become references again.
     */
    public UnaryOperator<String> hashing() {
        return writing(List.of(variables.secrets(), variables.places()));
    }

    /**
     * Return the form of texts. A text without any secret's value may still have been derived from one, such as a path
     * without {@code ..}. It then becomes a reference, from which the component derives the same again; texts written
     * in the config stay.
     */
    private UnaryOperator<String> writing(List<Secrets> hidden) {
        Set<String> given = new LinkedHashSet<>();
        texts(node, given);
        return text -> {
            String exact = Writing.text(text, hidden);
            return given.contains(text) || !exact.equals(Writing.text(text))
                    ? exact
                    : secrets().hideWhole(exact);
        };
    }

    private static void texts(ConfigNode node, Set<String> texts) {
        if (node instanceof ConfigNode.Scalar scalar) {
            texts.add(scalar.text());
        } else if (node instanceof ConfigNode.Sequence sequence) {
            sequence.items().forEach(item -> texts(item, texts));
        } else if (node instanceof ConfigNode.Mapping mapping) {
            mapping.entries().forEach(entry -> texts(entry.value(), texts));
        }
    }

    /**
     * Return the form of texts in a hash that ignores local paths, for a config in which they are written out, as in a
     * run's resolved config.
     *
     * @param files the config and its bases, whose paths become references again
     */
    public UnaryOperator<String> hashing(Collection<Path> files) {
        Secrets places = new Secrets();
        for (Path file : files) {
            places.add(file.toString(), "${file}");
            places.add(file.getParent().toString(), "${dir}");
        }
        return writing(List.of(variables.secrets(), places));
    }

    /** Return problems found in this config, with the values of references explained, without secrets. */
    public Problems explained(Problems later) {
        return secrets().hide(traces.explained(later, secrets()));
    }

    /**
     * Return the origin of a value, for readers: {@code base.yaml:4}, {@code --set argument 1}, {@code … ← env EPOCHS}.
     */
    public String origin(Mark mark) {
        String place = mark.source().isArguments()
                ? mark.source().name() + " " + mark.line()
                : mark.hasLine()
                        ? mark.source().name() + ":" + mark.line()
                        : mark.source().name();
        return place + traces.find(mark).map(trace -> " ← " + trace.origin()).orElse("");
    }
}
