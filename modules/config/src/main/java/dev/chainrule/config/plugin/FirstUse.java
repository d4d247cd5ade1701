package dev.chainrule.config.plugin;

import dev.chainrule.config.Problems;
import dev.chainrule.config.bind.Binder;
import dev.chainrule.config.registry.Origin;
import dev.chainrule.config.registry.RegisteredComponent;
import dev.chainrule.config.registry.Registry;
import dev.chainrule.config.registry.RegistryBuilder;
import dev.chainrule.config.registry.Starter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The initialisation of a plugin when one of its components is first used, with the checks that require running it. */
final class FirstUse implements Starter {
    private final Map<Origin, DeclaredPlugin> waiting = new LinkedHashMap<>();
    /** Whether each plugin may be used; true during its initialisation, since its own defaults may use it. */
    private final Map<Origin, Boolean> started = new LinkedHashMap<>();

    private final Registry registry;
    private final Consumer<Origin> starting;

    /** @param starting receives a plugin before any of its code runs */
    FirstUse(List<DeclaredPlugin> plugins, Registry registry, Consumer<Origin> starting) {
        plugins.forEach(plugin -> waiting.put(plugin.origin(), plugin));
        this.registry = registry;
        this.starting = starting;
    }

    @Override
    public boolean start(RegisteredComponent component, Problems problems) {
        Origin origin = component.origin();
        if (!started.containsKey(origin)) {
            started.put(origin, true);
            Problems found = new Problems();
            initialise(waiting.get(origin), found);
            problems.addAll(found);
            started.put(origin, !found.hasErrors());
        }
        return started.get(origin);
    }

    private void initialise(DeclaredPlugin plugin, Problems problems) {
        starting.accept(plugin.origin());
        List<Class<? extends Record>> listed = new ArrayList<>();
        PluginCode.call(
                plugin.origin(),
                problems,
                () -> plugin.create(problems)
                        .map(created -> new FoundPlugin(created, plugin.origin()))
                        .filter(found -> PluginCode.hasOurLevel(found, problems))
                        .ifPresent(found -> listed.addAll(PluginLoader.components(found, problems))));
        if (problems.hasErrors()) {
            return;
        }
        compare(plugin, listed, problems);
        Binder binder = new Binder(registry.startedBy(this));
        registry.all().stream()
                .filter(component -> component.origin().equals(plugin.origin()))
                .forEach(component -> binder.checkDefaults(component, problems));
    }

    /**
     * Compare a plugin's list with its jar's declarations: if they differ, the command plugins and a run know different
     * components.
     */
    private static void compare(DeclaredPlugin plugin, List<Class<? extends Record>> listed, Problems problems) {
        List<String> names = listed.stream().<String>map(Class::getName).toList();
        RegistryBuilder others = new RegistryBuilder(problems);
        listed.stream()
                .filter(type -> !plugin.components().contains(type.getName()))
                .forEach(type -> others.add(type, plugin.origin()));
        if (problems.hasErrors()) {
            return;
        }
        if (!plugin.components().containsAll(names)) {
            problems.add(JarPlugins.problem(
                    plugin.jar(),
                    "the plugin lists components that are not in its jar",
                    "Its author must put the records that components() returns into the plugin's own jar."));
        }
        plugin.components().stream()
                .filter(name -> !names.contains(name))
                .forEach(name -> problems.add(JarPlugins.problem(
                        plugin.jar(),
                        "the plugin does not list the component " + name + " of its jar",
                        "Its author must add it to components(), or to remove its @Component.")));
    }
}
