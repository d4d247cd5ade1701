package dev.chainrule.config.plugin;

import dev.chainrule.api.Plugin;
import dev.chainrule.config.Mark;
import dev.chainrule.config.Problem;
import dev.chainrule.config.Problems;
import dev.chainrule.config.Source;
import dev.chainrule.config.registry.Origin;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * Open plugins' jars, each in a class loader of its own.
 *
 * <p>The loaders stay open as long as the program runs: classes are loaded when they are first used.
 */
final class JarPlugins {
    private static final String SERVICES = "META-INF/services/" + Plugin.class.getName();

    private final ClassLoader api;
    private final Problems problems;

    JarPlugins(ClassLoader application, Problems problems) {
        this.api = new ApiClassLoader(application);
        this.problems = problems;
    }

    /** Return the plugins of a jar; none if something is wrong, which is reported. */
    List<FoundPlugin> open(Path path) {
        List<FoundPlugin> found = new ArrayList<>();
        if (!Files.isRegularFile(path)) {
            report(path, Files.exists(path) ? "this is not a file" : "there is no such file", "Name a plugin's jar.");
            return found;
        }
        try (JarFile jar = new JarFile(path.toFile())) {
            Origin origin = origin(path, jar);
            if (jar.getEntry(SERVICES) == null) {
                report(path, "this jar brings no plugin", "A plugin's jar holds the file " + SERVICES + ".");
                return found;
            }
            boolean loaded = PluginCode.call(
                    origin,
                    problems,
                    () -> services(path).forEach(plugin -> found.add(new FoundPlugin(plugin, origin))));
            if (loaded && found.isEmpty()) {
                report(path, "this jar brings no plugin", "The file " + SERVICES + " in it is empty.");
            }
        } catch (IOException e) {
            report(path, "this is not a jar, or it is damaged", "Copy or build it again.");
        }
        return found;
    }

    private Iterable<Plugin> services(Path path) {
        try {
            URL[] urls = {path.toUri().toURL()};
            return ServiceLoader.load(
                    Plugin.class, new URLClassLoader(path.getFileName().toString(), urls, api));
        } catch (IOException e) {
            throw new IllegalStateException("no URL for " + path, e);
        }
    }

    private void report(Path path, String message, String note) {
        problems.add(Problem.error(Mark.whole(Source.named(path.toString())), message, note));
    }

    /** A jar names itself in its manifest; where it does not, its file's name must do. */
    private static Origin origin(Path path, JarFile jar) throws IOException {
        Manifest manifest = jar.getManifest();
        Attributes attributes = manifest == null ? new Attributes() : manifest.getMainAttributes();
        String file = path.getFileName().toString();
        return new Origin(
                Optional.ofNullable(attributes.getValue(Attributes.Name.IMPLEMENTATION_TITLE))
                        .orElse(file.replaceFirst("\\.jar$", "")),
                Optional.ofNullable(attributes.getValue(Attributes.Name.IMPLEMENTATION_VERSION)),
                Optional.of(path));
    }
}
