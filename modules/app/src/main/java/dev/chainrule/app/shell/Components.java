package dev.chainrule.app.shell;

import dev.chainrule.config.ConfigException;
import dev.chainrule.config.Problems;
import dev.chainrule.config.plugin.PluginFiles;
import dev.chainrule.config.plugin.PluginLoader;
import dev.chainrule.config.registry.Origin;
import dev.chainrule.config.registry.Registry;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** The components that configs can use: the built-in ones, and those of plugins in addition. Safe for use by several threads. */
public final class Components {
    private Registry builtIn;
    private volatile Registry latest;

    /**
     * Return the built-in components. They are created once, usually by the warm-up; a command waits for that instead of
     * repeating it.
     */
    public synchronized Registry builtIn() {
        if (builtIn == null) {
            builtIn = loader().load(List.of());
        }
        return builtIn;
    }

    /**
     * Return the components that are built in or declared by plugins.
     *
     * @param starting receives a plugin before any of its code runs
     * @throws ConfigException if a jar is not a plugin
     */
    public Registry with(Collection<PluginFiles> jars, Consumer<Origin> starting) {
        Registry registry = jars.isEmpty() ? builtIn() : declared(jars, starting);
        latest = registry;
        return registry;
    }

    private static Registry declared(Collection<PluginFiles> jars, Consumer<Origin> starting) {
        Problems problems = new Problems();
        Registry registry = loader().declare(jars, problems, starting);
        problems.throwIfErrors();
        return registry;
    }

    private static PluginLoader loader() {
        return new PluginLoader(Components.class.getClassLoader());
    }

    /** Return the components for the most recent config, by which a failure in a plugin's code is attributed to its component. */
    public Registry latest() {
        Registry registry = latest;
        return registry == null ? builtIn() : registry;
    }
}
