package dev.chainrule.config.plugin;

import dev.chainrule.api.Plugin;
import dev.chainrule.config.Problems;
import dev.chainrule.config.registry.Origin;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A plugin whose jar is open and none of whose code has run.
 *
 * @param origin the jar
 * @param entry the name of the class that is the plugin
 * @param components the names of the records in the jar that are declared as components, sorted
 */
record DeclaredPlugin(Origin origin, String entry, ClassLoader loader, List<String> components) {
    DeclaredPlugin {
        components = List.copyOf(components);
    }

    /** Initialise it; return empty if there is a problem, which is reported. Exceptions of its code are thrown. */
    Optional<Plugin> create(Problems problems) {
        return new EntryClass(entry, loader, jar(), problems).create();
    }

    /** Load one of its classes without initialising it. */
    Class<?> load(String name) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            throw (NoClassDefFoundError) new NoClassDefFoundError(name).initCause(e);
        }
    }

    Path jar() {
        return origin.jar().orElseThrow();
    }
}
