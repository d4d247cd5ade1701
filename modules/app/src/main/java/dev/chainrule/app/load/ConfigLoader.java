package dev.chainrule.app.load;

import dev.chainrule.api.DataSourceSpec;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.app.shell.Components;
import dev.chainrule.app.shell.Context;
import dev.chainrule.config.ConfigException;
import dev.chainrule.config.Problem;
import dev.chainrule.config.Problems;
import dev.chainrule.config.bind.Binder;
import dev.chainrule.config.bind.Located;
import dev.chainrule.config.compose.Composed;
import dev.chainrule.config.compose.Composer;
import dev.chainrule.config.node.ConfigNode;
import dev.chainrule.config.node.ConfigReader;
import dev.chainrule.config.plugin.PluginFiles;
import dev.chainrule.config.registry.Memory;
import dev.chainrule.config.registry.Origin;
import dev.chainrule.config.registry.Registry;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.engine.experiment.NamedMetric;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The reader of configs: it loads plugins first, since they determine the legal content, then nodes, then records. */
public final class ConfigLoader {
    private static final Memory REFUSED =
            (kind, name) -> Optional.of("If it comes from a plugin: --no-plugins disables all of them.");

    private ConfigLoader() {}

    /** One data source, as given in a command's arguments. */
    record OneSource(DataSourceSpec data) {}

    /** The metrics of a config that has none. */
    record DefaultMetrics(List<NamedMetric> classes, List<NamedMetric> values) {
        private static final String YAML = "{classes: [loss, accuracy], values: [loss, mse, mae]}";

        static ConfigNode node() {
            return ConfigReader.read("metrics", YAML, new Problems()).orElseThrow();
        }
    }

    /**
     * Load the config of a command; its secrets are hidden from then on.
     *
     * @param settings the values of {@code --set}
     * @throws ConfigException with everything that is wrong in it
     * @throws InputException if a plugin cannot be found
     */
    public static LoadedConfig load(Path file, PluginSources plugins, List<String> settings, Context context) {
        return load(file, file.toAbsolutePath().getParent(), plugins, settings, context);
    }

    /**
     * Load a config whose paths are relative to a folder other than its own, such as that of a finished run.
     *
     * @throws ConfigException with everything that is wrong in it
     * @throws InputException if a plugin cannot be found
     */
    public static LoadedConfig load(
            Path file, Path folder, PluginSources plugins, List<String> settings, Context context) {
        return load(file, folder, plugins, new Composer(context::variable, settings), context);
    }

    /**
     * Load a config composed of more than its file and the environment.
     *
     * @throws ConfigException with everything that is wrong in it
     * @throws InputException if a plugin cannot be found
     */
    public static LoadedConfig load(Path file, Path folder, PluginSources plugins, Composer composer, Context context) {
        return load(file, DataFiles.beside(folder), plugins, composer, context);
    }

    /**
     * Load a config whose files may lie elsewhere than beside it, such as that of a run that was moved.
     *
     * @throws ConfigException with everything that is wrong in it
     * @throws InputException if a plugin cannot be found
     */
    public static LoadedConfig load(
            Path file, DataFiles files, PluginSources plugins, Composer composer, Context context) {
        Problems problems = new Problems();
        Composed composed = composer.compose(file, problems).orElseThrow(() -> new ConfigException(problems));
        composed.secrets().addPathsIn(files.folder());
        context.hide(composed.secrets());
        ConfigVersion.check(composed.node(), problems);
        List<Path> named =
                plugins.areRefused() ? List.of() : named(composed.node(), files, plugins.areGiven(), problems);
        List<LoadedPlugin> jars = pluginsOf(plugins, named, isUsers(file, files), problems);
        Set<Origin> used = new LinkedHashSet<>();
        Registry registry = context.components()
                .with(files(jars), origin -> {
                    used.add(origin);
                    plugins.tell(origin, jars);
                })
                .remembering(plugins.areRefused() ? REFUSED : new PastPlugins(file, Context.RUNS));
        Problems binding = new Problems();
        Optional<Located<Experiment>> bound = new Binder(registry).bind(composed.node(), Experiment.class, binding);
        bound.ifPresent(complete -> UsedMetrics.check(complete, registry, binding));
        problems.addAll(composed.explained(binding));
        problems.throwIfErrors();
        Experiment experiment = bound.orElseThrow().value();
        Function<Target, List<NamedMetric>> metrics = metrics(experiment, registry);
        return new LoadedConfig(
                file,
                files,
                experiment.name().orElse(baseName(file)),
                new String(composed.content(file), StandardCharsets.UTF_8),
                new ResolvedConfig(experiment, composed),
                experiment,
                metrics,
                bound.orElseThrow().locations(),
                composed,
                registry,
                jars.stream()
                        .filter(plugin -> used.stream()
                                .anyMatch(origin -> origin.jar()
                                        .filter(plugin.files().jar()::equals)
                                        .isPresent()))
                        .toList());
    }

    /** A config in a run's directory was written by the author of the run. */
    private static boolean isUsers(Path file, DataFiles files) {
        Path folder = file.toAbsolutePath().getParent();
        return !files.isRecorded() && !PluginSources.isRun(folder);
    }

    private static List<PluginFiles> files(List<LoadedPlugin> plugins) {
        return plugins.stream().map(LoadedPlugin::files).toList();
    }

    /** Find the jars. If a plugin given in the config is missing, nothing else can be checked. */
    private static List<LoadedPlugin> pluginsOf(
            PluginSources plugins, List<Path> named, boolean users, Problems problems) {
        boolean missing = named.stream().anyMatch(path -> !Files.exists(path));
        if (missing) {
            problems.throwIfErrors();
        }
        return plugins.find(named, users);
    }

    /** Return the components that are built in or declared by the user's plugins. */
    public static Registry registry(PluginSources plugins, Context context) {
        List<LoadedPlugin> users = plugins.users();
        return context.components().with(files(users), origin -> plugins.tell(origin, users));
    }

    /**
     * Bind a data source that is written in YAML, not in a file.
     *
     * @param name the name of the text in messages: {@code --data}
     */
    public static DataSourceSpec source(String name, String yaml, Registry registry) {
        return source(node(name, yaml), registry);
    }

    /** Read YAML that is not in a file. */
    public static ConfigNode node(String name, String yaml) {
        Problems problems = new Problems();
        ConfigNode node = ConfigReader.read(name, yaml, problems).orElseThrow(() -> new ConfigException(problems));
        problems.throwIfErrors();
        return node;
    }

    /** Bind a data source. */
    public static DataSourceSpec source(ConfigNode node, Registry registry) {
        ConfigNode.Entry entry = new ConfigNode.Entry("data", node.mark(), node);
        ConfigNode whole = new ConfigNode.Mapping(List.of(entry), node.mark());
        return new Binder(registry).bind(whole, OneSource.class).value().data();
    }

    private static Function<Target, List<NamedMetric>> metrics(Experiment experiment, Registry registry) {
        if (experiment.metrics().isPresent()) {
            return target -> experiment.metrics().get();
        }
        DefaultMetrics defaults = new Binder(registry)
                .bind(DefaultMetrics.node(), DefaultMetrics.class)
                .value();
        return target -> target.isClass() ? defaults.classes() : defaults.values();
    }

    /**
     * Read {@code plugins:} before binding, since binding needs their components. For a run that was moved, the user may give its
     * plugins separately; the components decide whether they are the right ones.
     */
    private static List<Path> named(ConfigNode node, DataFiles files, boolean given, Problems problems) {
        List<Path> named = new ArrayList<>();
        if (node instanceof ConfigNode.Mapping mapping
                && mapping.find("plugins").map(ConfigNode.Entry::value).orElse(node)
                        instanceof ConfigNode.Sequence list) {
            for (ConfigNode item : list.items()) {
                if (item instanceof ConfigNode.Scalar scalar) {
                    Path path = files.folder().resolve(scalar.text());
                    if (files.isRecorded() && given && !Files.exists(path)) {
                        continue;
                    }
                    if (!Files.exists(path)) {
                        problems.add(Problem.error(
                                item.mark(),
                                "plugin '" + scalar.text() + "' does not exist",
                                "Looked for " + path.normalize() + ".",
                                "Relative paths in a config start at the config's folder."));
                    }
                    named.add(path);
                }
            }
        }
        return named;
    }

    /**
     * Load the classes that reading a config needs: create the components while the command reads YAML, then bind a small config.
     */
    public static void warmUp(Components components) {
        new Binder(components.builtIn()).bind(DefaultMetrics.node(), DefaultMetrics.class);
    }

    public static String baseName(Path file) {
        String name = file.getFileName().toString().replaceFirst("\\.ya?ml$", "");
        String legal = name.replaceAll("[^A-Za-z0-9._-]", "-");
        return legal.matches("[A-Za-z0-9].*") ? legal : "run";
    }
}
