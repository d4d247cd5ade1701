package dev.chainrule.app.load;

import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.error.InputException;
import dev.chainrule.app.shell.Context;
import dev.chainrule.config.Mark;
import dev.chainrule.config.Problem;
import dev.chainrule.config.Problems;
import dev.chainrule.config.bind.Locations;
import dev.chainrule.config.compose.Composition;
import dev.chainrule.config.node.ConfigNode;
import dev.chainrule.engine.advice.Adviser;
import dev.chainrule.engine.assembly.Advice;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.data.Datasets;
import dev.chainrule.engine.data.Loading;
import dev.chainrule.engine.experiment.ConfigErrors;
import dev.chainrule.engine.experiment.WarningKind;
import dev.chainrule.math.Declared;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.ThreadTeam;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The assembly of a config's data and network; mistakes are reported at their places in the file. */
public final class AssemblyFactory {
    private AssemblyFactory() {}

    /**
     * Open the data and build the network for inspection: its parameters are declared but not allocated. Large files are read only
     * as far as needed.
     *
     * @throws InputException if something does not fit; {@link #problems} gives it its place
     */
    public static Assembly of(LoadedConfig loaded, Context context, boolean offline, ThreadTeam team) {
        return of(
                loaded,
                context,
                offline,
                source -> {},
                text -> {},
                Declared.kernels(loaded.experiment().precision(), team));
    }

    /**
     * Open the data, build the network, and meanwhile read all the data on other threads: for training and measuring.
     *
     * @throws InputException if something does not fit; {@link #problems} gives it its place
     */
    public static Assembly loaded(LoadedConfig loaded, Context context, boolean offline, ThreadTeam team) {
        return loaded(loaded, context, offline, team, text -> {});
    }

    /**
     * Open the data, build the network, and meanwhile read all the data on other threads.
     *
     * @param progress receives the progress of slow sources
     * @throws InputException if something does not fit; {@link #problems} gives it its place
     */
    public static Assembly loaded(
            LoadedConfig loaded, Context context, boolean offline, ThreadTeam team, Consumer<String> progress) {
        Loading loading = new Loading();
        try {
            return of(
                    loaded,
                    context,
                    offline,
                    loading::begin,
                    progress,
                    Kernels.of(loaded.experiment().precision(), team));
        } finally {
            // Also after a mistake: broken data are reported first, and no thread is left behind.
            loading.await();
        }
    }

    private static Assembly of(
            LoadedConfig loaded,
            Context context,
            boolean offline,
            Consumer<DataSource> opened,
            Consumer<String> progress,
            Kernels kernels) {
        Datasets datasets = Datasets.open(
                loaded.experiment().data(),
                loaded.experiment().seed(),
                context.surroundings(loaded.files()::locate, offline, true)
                        .learning(loaded.experiment())
                        .showing(progress),
                opened);
        return Assembly.of(loaded.experiment(), datasets, loaded.metrics(), kernels);
    }

    /**
     * Begin to hash the data and their files on another core: the record of a run soon needs the hashes, and meets a failure
     * again.
     */
    @SuppressWarnings("FutureReturnValueIgnored")
    public static void beginHashing(Assembly assembly, LoadedConfig loaded) {
        for (DataSource source : assembly.datasets().sources()) {
            CompletableFuture.runAsync(source::provenance);
        }
        CompletableFuture.runAsync(loaded.files()::read);
    }

    /** Return mistakes as problems with their places in the config. */
    public static Problems problems(InputException e, LoadedConfig loaded) {
        Problems problems = new Problems();
        ConfigErrors.of(e).forEach(error -> problems.add(Locations.problemAt(error, loaded.locations())));
        return loaded.composed().explained(problems);
    }

    /** Return settings that are legal but almost certainly mistakes, as warnings at their places in the config. */
    public static Problems advice(Assembly assembly, LoadedConfig loaded) {
        Problems problems = new Problems();
        for (Advice advice : Adviser.of(assembly)) {
            if (advice.onlyIfWritten() && loaded.locations().find(advice.path()).isEmpty()) {
                continue;
            }
            problems.add(warning(advice, loaded.locations().nearest(advice.path())));
        }
        if (!loaded.experiment().allow().contains(WarningKind.UNUSED_DEFAULT)) {
            addUnusedDefaults(loaded, problems);
        }
        return loaded.composed().explained(problems);
    }

    private static Problem warning(Advice advice, Mark mark) {
        String name = advice.kind().name().toLowerCase(Locale.ROOT);
        return Problem.warning(
                mark,
                advice.path(),
                advice.warning().reason(),
                List.of(
                        advice.warning().remedy(),
                        "If this is intentional, add allow: [ " + name + " ] to the config."));
    }

    /** Add a warning for each value of {@code defaults} that no layer took: the places of the others are those of layers' values. */
    private static void addUnusedDefaults(LoadedConfig loaded, Problems problems) {
        ConfigNode.Mapping config = (ConfigNode.Mapping) loaded.composed().node();
        for (ConfigNode.Entry kind : entries(config.find(Composition.DEFAULTS))) {
            for (ConfigNode.Entry value : entries(Optional.of(kind))) {
                if (!isTaken(value, loaded.locations())) {
                    Advice advice = new Advice(
                            WarningKind.UNUSED_DEFAULT,
                            Composition.DEFAULTS + "." + kind.key() + "." + value.key(),
                            "no layer uses this default: there is no " + kind.key() + " layer, or each gives its own "
                                    + value.key(),
                            "Remove it.");
                    problems.add(warning(advice, value.mark()));
                }
            }
        }
    }

    /** Return whether a value, or the type of a component, has become a part of the bound config. */
    private static boolean isTaken(ConfigNode.Entry value, Locations locations) {
        return locations.contains(value.mark())
                || entries(Optional.of(value)).stream().anyMatch(inner -> isTaken(inner, locations));
    }

    private static List<ConfigNode.Entry> entries(Optional<ConfigNode.Entry> entry) {
        return entry.isPresent() && entry.get().value() instanceof ConfigNode.Mapping mapping
                ? mapping.entries()
                : List.of();
    }

    /** Return the warnings of the data sources, each once. */
    public static List<String> warnings(Assembly assembly) {
        Set<String> warnings = new LinkedHashSet<>();
        for (DataSource source : assembly.datasets().sources()) {
            warnings.addAll(source.warnings());
        }
        return List.copyOf(warnings);
    }
}
