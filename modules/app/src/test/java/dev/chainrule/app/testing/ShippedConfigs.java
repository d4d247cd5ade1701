package dev.chainrule.app.testing;

import dev.chainrule.app.shell.Components;
import dev.chainrule.config.plugin.PluginFiles;
import dev.chainrule.config.registry.Registry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Find the configs that the project ships. */
public final class ShippedConfigs {
    public static final Path FOLDER = InProcess.ROOT.resolve("configs");

    private ShippedConfigs() {}

    /** Return every config file, sorted. */
    public static List<Path> files() {
        try (Stream<Path> found = Files.walk(FOLDER)) {
            return found.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Return the components that shipped configs may use: the built-in ones, and the plugin of the project. */
    public static Registry registry() {
        return new Components().with(List.of(PluginFiles.of(swish())), origin -> {});
    }

    /**
     * Return the jar of plugins/swish, which a config names. Where the build has not made it yet, as in a build of this module
     * alone, it is made here.
     */
    public static Path swish() {
        Path project = InProcess.ROOT.resolve("plugins/swish");
        Path jar = project.resolve("target/swish.jar");
        Path sources = project.resolve("src/main/java");
        try {
            TestJar made = new TestJar();
            boolean fresh = Files.exists(jar);
            for (String type : List.of("swish/Swish", "swish/SwishPlugin")) {
                Path source = sources.resolve(type + ".java");
                made.source(type, Files.readString(source));
                fresh = fresh && Files.getLastModifiedTime(source).compareTo(Files.getLastModifiedTime(jar)) <= 0;
            }
            if (!fresh) {
                Files.createDirectories(jar.getParent());
                Files.write(jar, made.plugin("swish.SwishPlugin").bytes());
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Return the schema that a config names: its own where it needs a plugin. */
    public static Path schema(Path config) {
        Path own = Path.of(config.toString().replaceFirst("\\.yaml$", ".schema.json"));
        return Files.exists(own) ? own : FOLDER.resolve("schema.json");
    }

    /** Return the content of a file. */
    public static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
