package dev.chainrule.app.load;

import dev.chainrule.api.HookSpec;
import dev.chainrule.api.Target;
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
 * Hold a config that was read, bound and found right in itself.
 *
 * @param file what the user named
 * @param files where the files lie that it names
 * @param name of the run: the config's, or the file's
 * @param text as given
 * @param resolution with every default filled in
 * @param metrics what is measured with a target: the config's, or the defaults
 * @param composed what it was put together from
 * @param jars the plugins of which it uses a component
 */
public record LoadedConfig(
        Path file,
        DataFiles files,
        String name,
        String text,
        Resolution resolution,
        Experiment experiment,
        Function<Target, List<NamedMetric>> metrics,
        Locations locations,
        Composed composed,
        Registry registry,
        List<LoadedPlugin> jars) {
    public String resolved() {
        return resolution.text();
    }

    public String hashed() {
        return resolution.hashed();
    }

    /** Return what its paths are relative to. */
    public Path folder() {
        return files.folder();
    }

    /** Return the same, whose files are looked for in another folder first. */
    public LoadedConfig lookingIn(Optional<Path> dataFolder) {
        return new LoadedConfig(
                file,
                files.lookingIn(dataFolder),
                name,
                text,
                resolution,
                experiment,
                metrics,
                locations,
                composed,
                registry,
                jars);
    }

    /** Return the same under another name, where neither config nor file gives the right one. */
    public LoadedConfig named(String other) {
        return new LoadedConfig(
                file, files, other, text, resolution, experiment, metrics, locations, composed, registry, jars);
    }

    /**
     * Return the same, its hash made without the paths of some files and their folders.
     *
     * @param places the files of the config and its bases
     */
    public LoadedConfig without(Collection<Path> places) {
        return new LoadedConfig(
                file,
                files,
                name,
                text,
                resolution.hashing(composed.hashing(places)),
                experiment,
                metrics,
                locations,
                composed,
                registry,
                jars);
    }

    /** Return the same with another hook behind its own. */
    public LoadedConfig with(HookSpec hook) {
        return new LoadedConfig(
                file,
                files,
                name,
                text,
                resolution,
                experiment.with(hook),
                metrics,
                locations,
                composed,
                registry,
                jars);
    }
}
