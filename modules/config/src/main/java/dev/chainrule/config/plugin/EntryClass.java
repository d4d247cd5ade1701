package dev.chainrule.config.plugin;

import dev.chainrule.api.Plugin;
import dev.chainrule.config.Problems;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Optional;

/** The class named in a jar's services file. */
final class EntryClass {
    private final String name;
    private final ClassLoader loader;
    private final Path jar;
    private final Problems problems;

    EntryClass(String name, ClassLoader loader, Path jar, Problems problems) {
        this.name = name;
        this.loader = loader;
        this.jar = jar;
        this.problems = problems;
    }

    /**
     * Create the plugin; return empty if its class is unsuitable, which is reported. Exceptions of its code are thrown.
     */
    Optional<Plugin> create() {
        Class<?> type;
        try {
            type = Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            return refuse(
                    "the class " + name + " cannot be read from the jar, which is damaged", "Copy or rebuild it.");
        }
        if (!Plugin.class.isAssignableFrom(type)) {
            return refuse("the class " + name + " is not a plugin", "It must implement dev.chainrule.api.Plugin.");
        }
        if (Modifier.isAbstract(type.getModifiers())) {
            return refuse("the class " + name + " is abstract", "Give the class that implements it.");
        }
        if (!Modifier.isPublic(type.getModifiers())) {
            return refuse("the class " + name + " is not public", "Declare it as public final class.");
        }
        try {
            Constructor<?> constructor = type.getConstructor();
            return Optional.of((Plugin) constructor.newInstance());
        } catch (NoSuchMethodException e) {
            return refuse(
                    "the class " + name + " has no public constructor without parameters",
                    "It is required to create the plugin: declare one, or no constructor at all, in a public class.");
        } catch (InvocationTargetException e) {
            throw PluginCode.unchecked(e.getCause());
        } catch (InstantiationException | IllegalAccessException e) {
            throw new IllegalStateException(name + " cannot be created", e);
        }
    }

    private Optional<Plugin> refuse(String message, String note) {
        problems.add(JarPlugins.problem(jar, message, note));
        return Optional.empty();
    }
}
