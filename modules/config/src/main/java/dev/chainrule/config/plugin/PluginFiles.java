package dev.chainrule.config.plugin;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of one plugin.
 *
 * @param jar the plugin's own jar
 * @param libraries the other jars of its folder, sorted
 */
public record PluginFiles(Path jar, List<Path> libraries) {
    public PluginFiles {
        libraries = List.copyOf(libraries);
    }

    /** Return a plugin that is one jar. */
    public static PluginFiles of(Path jar) {
        return new PluginFiles(jar, List.of());
    }

    /** Return all jars, the plugin's own first. */
    public List<Path> all() {
        List<Path> all = new ArrayList<>(List.of(jar));
        all.addAll(libraries);
        return all;
    }
}
