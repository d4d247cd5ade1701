package dev.chainrule.app.load;

import dev.chainrule.api.HookSpec;
import dev.chainrule.api.data.Target;
import dev.chainrule.config.bind.Locations;
import dev.chainrule.config.compose.Composed;
import dev.chainrule.config.registry.Registry;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.engine.experiment.NamedMetric;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A config that was read, bound and checked by itself.
 *
 * @param file as given by the user
 * @param files the config's data files
 * @param name of the run: the config's, or the file's
 * @param text as given
 * @param resolvedConfig the config with every default filled in
 * @param metrics the metrics for a target: the config's, or the defaults
 * @param composed the files and values that it was composed of
 * @param jars the plugins whose components it uses
 */
public record LoadedConfig(
        Path file,
        DataFiles files,
        String name,
        String text,
        ResolvedConfig resolvedConfig,
        Experiment experiment,
        Function<Target, List<NamedMetric>> metrics,
        Locations locations,
        Composed composed,
        Registry registry,
        List<LoadedPlugin> jars) {
    public String resolved() {
        return resolvedConfig.text();
    }

    public String hashed() {
        return resolvedConfig.hashed();
    }

    /** Return the folder to which its relative paths refer. */
    public Path folder() {
        return files.folder();
    }

    /** Return the same config, whose files are looked for in another folder first. */
    public LoadedConfig lookingIn(Optional<Path> dataFolder) {
        return new LoadedConfig(
                file,
                files.lookingIn(dataFolder),
                name,
                text,
                resolvedConfig,
                experiment,
                metrics,
                locations,
                composed,
                registry,
                jars);
    }

    /** Return the same config under another name, if neither config nor file gives the right one. */
    public LoadedConfig named(String other) {
        return new LoadedConfig(
                file, files, other, text, resolvedConfig, experiment, metrics, locations, composed, registry, jars);
    }

    /**
     * Return the same config, with a hash that ignores the paths of some files and their folders.
     *
     * @param places the files of the config and its bases
     */
    public LoadedConfig without(Collection<Path> places) {
        return new LoadedConfig(
                file,
                files,
                name,
                text,
                resolvedConfig.hashing(composed.hashing(places)),
                experiment,
                metrics,
                locations,
                composed,
                registry,
                jars);
    }

    /** Return the same config with another hook after its own. */
    public LoadedConfig with(HookSpec hook) {
        return new LoadedConfig(
                file,
                files,
                name,
                text,
                resolvedConfig,
                experiment.with(hook),
                metrics,
                locations,
                composed,
                registry,
                jars);
    }
}
