package dev.chainrule.config.plugin;

import dev.chainrule.api.error.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A search for plugins.
 *
 * <p>In a folder of plugins, each jar is a plugin, and so is each folder of a jar and its libraries. A folder with a
 * pom.xml is a project and is skipped: its jar lies deeper. A folder that the user specifies may also be a plugin
 * itself: it is one if exactly one of several jars in it contains a plugin.
 */
public final class PluginFinder {
    private static final String JAR = ".jar";
    private static final String PROJECT = "pom.xml";

    private PluginFinder() {}

    /**
     * Return the plugins of ./plugins, then those of each specified file and folder, sorted within a folder; a plugin
     * that is found twice is loaded once.
     *
     * @throws InputException if a specified one does not exist or contains no plugin
     */
    public static Collection<PluginFiles> find(List<Path> named) {
        return find(Path.of("plugins"), named);
    }

    static Collection<PluginFiles> find(Path usual, List<Path> named) {
        List<PluginFiles> found = new ArrayList<>();
        if (Files.isDirectory(usual)) {
            found.addAll(inFolder(usual));
        }
        for (Path path : named) {
            found.addAll(at(path));
        }
        Map<Path, PluginFiles> once = new LinkedHashMap<>();
        for (PluginFiles plugin : found) {
            once.putIfAbsent(real(plugin.jar()), plugin);
        }
        return once.values();
    }

    /**
     * Return the plugins of a specified file or folder.
     *
     * @throws InputException if it does not exist or contains no plugin
     */
    public static List<PluginFiles> at(Path named) {
        Path path = named.normalize();
        if (!Files.isDirectory(path)) {
            if (!Files.exists(path)) {
                throw new InputException(
                        "plugin '" + path + "' does not exist", "Give a plugin's jar, or a folder of such jars.");
            }
            return List.of(PluginFiles.of(path));
        }
        if (Files.exists(path.resolve(PROJECT))) {
            throw new InputException(
                    "the folder '" + path + "' is a project, not a plugin",
                    "Build it, then give the jar in its target folder.");
        }
        List<Path> jars = jars(path);
        List<PluginFiles> found =
                jars.size() > 1 && bringers(jars).size() == 1 ? List.of(folder(path, jars)) : inFolder(path);
        if (found.isEmpty()) {
            throw new InputException(
                    "there is no plugin in the folder '" + path + "'",
                    "A plugin is a jar, or a folder with a jar and its libraries.");
        }
        return found;
    }

    private static List<PluginFiles> inFolder(Path folder) {
        List<PluginFiles> found = new ArrayList<>();
        for (Path path : entries(folder)) {
            String name = path.getFileName().toString();
            if (!Files.isDirectory(path)) {
                if (name.endsWith(JAR)) {
                    found.add(PluginFiles.of(path));
                }
            } else if (!name.startsWith(".") && !Files.exists(path.resolve(PROJECT))) {
                List<Path> jars = jars(path);
                if (!jars.isEmpty()) {
                    found.add(folder(path, jars));
                }
            }
        }
        return found;
    }

    private static PluginFiles folder(Path folder, List<Path> jars) {
        if (jars.size() == 1) {
            return PluginFiles.of(jars.get(0));
        }
        List<Path> bringers = bringers(jars);
        if (bringers.size() == 1) {
            return new PluginFiles(
                    bringers.get(0),
                    jars.stream().filter(jar -> !bringers.contains(jar)).toList());
        }
        throw new InputException(
                "the folder '" + folder + "' is not a plugin: "
                        + (bringers.isEmpty()
                                ? "none of its jars contains the file " + JarPlugins.SERVICES
                                : "several of its jars contain one, "
                                        + bringers.stream()
                                                .map(jar -> jar.getFileName().toString())
                                                .collect(Collectors.joining(", "))),
                "A folder with several jars is one plugin: its own jar and its libraries.");
    }

    private static List<Path> bringers(List<Path> jars) {
        return jars.stream().filter(PluginFinder::brings).toList();
    }

    /**
     * Return whether a path is a jar that can be read to its end: not a pipe, and not a jar that unpacks to an
     * implausible size.
     */
    public static boolean isReadable(Path path) {
        return JarPlugins.isReadable(path);
    }

    private static boolean brings(Path path) {
        if (!Files.isRegularFile(path)) {
            return false; // opening a pipe would wait for its writer
        }
        try (JarFile jar = new JarFile(path.toFile())) {
            return jar.getEntry(JarPlugins.SERVICES) != null;
        } catch (IOException e) {
            return false; // opening it later reports the fault
        }
    }

    private static List<Path> jars(Path folder) {
        return entries(folder).stream()
                .filter(path -> path.getFileName().toString().endsWith(JAR))
                .toList();
    }

    private static List<Path> entries(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException e) {
            throw new InputException("the plugin folder '" + folder + "' cannot be read");
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path; // opening it later reports the fault
        }
    }
}
