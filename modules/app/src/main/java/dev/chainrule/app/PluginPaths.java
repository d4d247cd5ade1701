package dev.chainrule.app;

import dev.chainrule.api.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Find the plugin jars to load: those in ./plugins, those of {@code --plugins}, those the config names. */
final class PluginPaths {
    private static final Path USUAL = Path.of("plugins");
    private static final String JAR = ".jar";

    private PluginPaths() {}

    /**
     * Return the jars, sorted within each folder; a jar named twice is loaded once.
     *
     * @throws InputException if a named one does not exist
     */
    static List<Path> find(List<Path> named) {
        List<Path> jars = new ArrayList<>();
        if (Files.isDirectory(USUAL)) {
            jars.addAll(inFolder(USUAL));
        }
        for (Path path : named) {
            if (Files.isDirectory(path)) {
                jars.addAll(inFolder(path));
            } else if (Files.exists(path)) {
                jars.add(path);
            } else {
                throw new InputException(
                        "plugin '" + path + "' does not exist", "Name a plugin's jar, or a folder of such jars.");
            }
        }
        return jars.stream().map(Path::normalize).distinct().toList();
    }

    private static List<Path> inFolder(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(path -> path.getFileName().toString().endsWith(JAR))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new InputException("the plugin folder '" + folder + "' cannot be read");
        }
    }
}
