package dev.chainrule.config.compose;

import dev.chainrule.config.Problems;
import dev.chainrule.config.node.ConfigNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The composition of a config, in this order: the bases it {@code extends}, the config itself, the arguments of
 * {@code --set}; then every <code>${…}</code> of the whole is replaced.
 */
public final class Composer {
    private final Function<String, Optional<String>> environment;
    private final List<String> settings;
    private final Map<Path, byte[]> kept;

    /**
     * Create a composer.
     *
     * @param environment returns the value of an environment variable
     * @param settings {@code path=value} each
     */
    public Composer(Function<String, Optional<String>> environment, List<String> settings) {
        this(environment, settings, Map.of());
    }

    /**
     * Create a composer that already knows some files.
     *
     * @param environment returns the value of an environment variable
     * @param settings {@code path=value} each
     * @param kept the contents of files when a run began, by absolute path; the files may no longer exist
     */
    public Composer(Function<String, Optional<String>> environment, List<String> settings, Map<Path, byte[]> kept) {
        this.environment = environment;
        this.settings = List.copyOf(settings);
        this.kept = new TreeMap<>(kept);
    }

    /**
     * Compose a config.
     *
     * @param problems modified: receives the problems found
     * @return the config, to be bound even if there were problems, so that users see all of them; empty if a file could
     *     not be read, so that binding would only report its keys as missing
     */
    public Optional<Composed> compose(Path file, Problems problems) {
        Problems reading = new Problems();
        Bases bases = new Bases(kept, reading);
        Optional<ConfigNode> read = bases.read(file);
        problems.addAll(reading);
        if (read.isEmpty() || bases.isIncomplete()) {
            return Optional.empty();
        }
        ConfigNode node = read.get();
        if (node instanceof ConfigNode.Mapping mapping) {
            node = new Settings(settings, problems).apply(mapping);
        }
        Traces traces = new Traces();
        Variables variables = new Variables(environment, bases.files(), file);
        Problems found = new Problems();
        ConfigNode resolved = new References(node, variables, traces, found).resolve();
        Composed composed = new Composed(resolved, bases.bases(), bases.contents(), settings, variables, traces);
        problems.addAll(variables.secrets().hide(found));
        return Optional.of(composed);
    }
}
