package dev.chainrule.config.plugin;

import dev.chainrule.api.Plugin;
import dev.chainrule.config.ConfigException;
import dev.chainrule.config.Problem;
import dev.chainrule.config.Problems;
import dev.chainrule.config.bind.Binder;
import dev.chainrule.config.registry.Origin;
import dev.chainrule.config.registry.RegisteredComponent;
import dev.chainrule.config.registry.Registry;
import dev.chainrule.config.registry.RegistryBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/** The loading of built-in components and of plugins' jars into a registry. */
public final class PluginLoader {
    private final ClassLoader application;

    /**
     * Create a loader.
     *
     * @param application the class loader that knows the API and the built-in components
     */
    public PluginLoader(ClassLoader application) {
        this.application = application;
    }

    /**
     * Load and initialise everything.
     *
     * @param jars the plugins, in the order in which they are to be loaded
     * @throws ConfigException with all errors
     */
    public Registry load(Collection<PluginFiles> jars) {
        Problems problems = new Problems();
        Registry registry = load(jars, problems);
        problems.throwIfErrors();
        return registry;
    }

    /**
     * Load everything that can be loaded.
     *
     * @param problems modified: receives the problems found
     */
    public Registry load(Collection<PluginFiles> jars, Problems problems) {
        List<FoundPlugin> plugins = new ArrayList<>();
        JarPlugins opener = new JarPlugins(application, problems);
        for (PluginFiles jar : jars) {
            opener.open(jar).ifPresent(plugins::add);
        }
        return register(withBuiltIn(problems), plugins, problems);
    }

    /**
     * Register the components that jars declare, read from their class files. A plugin is initialised and checked when
     * one of its components is first used.
     *
     * @param problems modified: receives the problems of the jars
     * @param starting receives a plugin before any of its code runs
     */
    public Registry declare(Collection<PluginFiles> jars, Problems problems, Consumer<Origin> starting) {
        RegistryBuilder builder = withBuiltIn(problems);
        List<DeclaredPlugin> plugins = new ArrayList<>();
        JarPlugins opener = new JarPlugins(application, problems);
        jars.forEach(jar -> opener.declared(jar).ifPresent(plugins::add));
        for (DeclaredPlugin plugin : plugins) {
            if (plugin.components().isEmpty()) {
                problems.add(JarPlugins.problem(
                        plugin.jar(),
                        "the plugin contains no components: no record in its jar has @Component",
                        "Its method components() must return records in the same jar: List.of(Swish.class, …)."));
            }
            PluginCode.call(
                    plugin.origin(),
                    problems,
                    () -> plugin.components().forEach(name -> builder.add(record(plugin.load(name)), plugin.origin())));
        }
        Registry registry = builder.build();
        return registry.startedBy(new FirstUse(plugins, registry, starting));
    }

    /** Return a class as a record; the registry checks whether it is one. */
    @SuppressWarnings("unchecked")
    private static Class<? extends Record> record(Class<?> type) {
        return (Class<? extends Record>) type;
    }

    /** Return a registry with the built-in components: those of the index or, in an IDE, which makes none, those found. */
    private RegistryBuilder withBuiltIn(Problems problems) {
        RegistryBuilder builder = new RegistryBuilder(problems);
        List<RegisteredComponent> indexed = ComponentIndex.read(application);
        for (RegisteredComponent component : indexed) {
            builder.add(component);
        }
        if (indexed.isEmpty()) {
            builtIn().forEach(found -> add(found, builder, problems));
        }
        return builder;
    }

    /** Return the plugins on the class path. */
    List<FoundPlugin> builtIn() {
        List<FoundPlugin> plugins = new ArrayList<>();
        ServiceLoader.load(Plugin.class, application)
                .forEach(plugin -> plugins.add(new FoundPlugin(plugin, Origin.BUILT_IN)));
        return plugins;
    }

    /**
     * Register the components of plugins. Only declarations and defaults from jars are checked here: a test checks the
     * built-in ones, so that they cost no start-up time.
     *
     * @param problems modified: receives the problems found
     */
    public static Registry register(List<FoundPlugin> plugins, Problems problems) {
        return register(new RegistryBuilder(problems), plugins, problems);
    }

    private static Registry register(RegistryBuilder builder, List<FoundPlugin> plugins, Problems problems) {
        for (FoundPlugin found : plugins) {
            add(found, builder, problems);
        }
        Registry registry = builder.build();
        if (!problems.hasErrors()) {
            Binder binder = new Binder(registry);
            for (RegisteredComponent component : registry.all()) {
                if (!component.origin().isBuiltIn()) {
                    binder.checkDefaults(component, problems);
                }
            }
        }
        return registry;
    }

    private static void add(FoundPlugin found, RegistryBuilder builder, Problems problems) {
        PluginCode.call(found.origin(), problems, () -> {
            if (PluginCode.hasOurLevel(found, problems)) {
                components(found, problems).forEach(type -> builder.add(type, found.origin()));
            }
        });
    }

    /** Return a plugin's list, checked for null: its code may have been compiled without type checks. */
    static List<Class<? extends Record>> components(FoundPlugin found, Problems problems) {
        List<Class<? extends Record>> listed = found.plugin().components();
        if (listed == null || listed.isEmpty() || listed.stream().anyMatch(Objects::isNull)) {
            String fault = listed == null ? "is null" : listed.isEmpty() ? "is empty" : "contains null";
            problems.add(Problem.error(
                    RegistryBuilder.place(found.origin()),
                    "the plugin contains no components: its list of components " + fault,
                    "Its method components() must return a list such as List.of(Swish.class, …)."));
            return List.of();
        }
        return listed;
    }
}
