package dev.chainrule.config.plugin;

import dev.chainrule.api.Plugin;
import dev.chainrule.config.Mark;
import dev.chainrule.config.Problem;
import dev.chainrule.config.Problems;
import dev.chainrule.config.Source;
import dev.chainrule.config.registry.Origin;
import dev.chainrule.math.Numbers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** The opening of plugins' jars, each plugin in a separate class loader. */
final class JarPlugins {
    static final String SERVICES = "META-INF/services/" + Plugin.class.getName();

    /** The largest ratio of unpacked to packed size: a jar above it is made to keep its reader busy. */
    private static final int MOST_GROWTH = 200;

    private static final double LARGEST = 2e9;

    private final ClassLoader api;
    private final Problems problems;

    JarPlugins(ClassLoader application, Problems problems) {
        this.api = new ApiClassLoader(application);
        this.problems = problems;
    }

    /** Return an initialised plugin; empty if there is a problem, which is reported. */
    Optional<FoundPlugin> open(PluginFiles files) {
        return declared(files).flatMap(declared -> {
            List<Plugin> created = new ArrayList<>();
            PluginCode.call(
                    declared.origin(), problems, () -> declared.create(problems).ifPresent(created::add));
            return created.stream().findFirst().map(plugin -> new FoundPlugin(plugin, declared.origin()));
        });
    }

    /** Return a plugin none of whose code has run; empty if there is a problem, which is reported. */
    Optional<DeclaredPlugin> declared(PluginFiles files) {
        if (!files.all().stream().allMatch(this::isJar)) {
            return Optional.empty();
        }
        try (JarFile jar = new JarFile(files.jar().toFile())) {
            Optional<String> entry = new Services(jar, files.jar(), problems).entry();
            if (entry.isEmpty()) {
                return Optional.empty();
            }
            Origin origin = origin(files.jar(), jar);
            return components(jar, files.jar())
                    .map(names -> new DeclaredPlugin(origin, entry.get(), loader(files), names));
        } catch (IOException | UncheckedIOException e) {
            problems.add(problem(files.jar(), "this jar is damaged", "Copy or rebuild it."));
            return Optional.empty();
        }
    }

    /** Return an error of a jar as a whole. */
    static Problem problem(Path jar, String message, String... notes) {
        return Problem.error(Mark.whole(Source.named(jar.toString())), message, notes);
    }

    /** Return whether a file can be opened; report it if not. */
    private boolean isJar(Path path) {
        if (!Files.isRegularFile(path)) {
            boolean exists = Files.exists(path);
            problems.add(
                    problem(path, exists ? "this is not a file" : "there is no such file", "Give a plugin's jar."));
            return false;
        }
        if (!Files.isReadable(path)) {
            problems.add(problem(path, "this file cannot be read: permission denied", "Make it readable for you."));
            return false;
        }
        try (JarFile jar = new JarFile(path.toFile())) {
            return isBelievable(jar, path);
        } catch (IOException | SecurityException e) {
            problems.add(problem(path, "this is not a jar, or it is damaged", "Copy or rebuild it."));
            return false;
        }
    }

    private Optional<List<String>> components(JarFile jar, Path path) {
        try {
            return Optional.of(JarComponents.in(jar));
        } catch (IOException e) {
            problems.add(problem(path, "a class in the jar is damaged", "Copy or rebuild it."));
            return Optional.empty();
        }
    }

    /** Return whether a jar unpacks to a plausible size; report it if not. All of it is read to tell plugins apart. */
    private boolean isBelievable(JarFile jar, Path path) throws IOException {
        double unpacked = unpacked(jar);
        if (unpacked > most(path)) {
            problems.add(problem(
                    path,
                    "this jar would unpack to " + Numbers.size(unpacked) + " from " + Numbers.size(Files.size(path)),
                    "At most " + Numbers.size(LARGEST) + " and " + MOST_GROWTH
                            + " times its size are read: classes and libraries shrink to a tenth."));
        }
        return unpacked <= most(path);
    }

    /** Return whether a path is a jar that can be read to its end in a reasonable time. */
    static boolean isReadable(Path path) {
        if (!Files.isRegularFile(path)) {
            return false;
        }
        try (JarFile jar = new JarFile(path.toFile())) {
            return unpacked(jar) <= most(path);
        } catch (IOException | SecurityException e) {
            return false;
        }
    }

    private static double unpacked(JarFile jar) {
        return jar.stream().mapToDouble(entry -> Math.max(0, entry.getSize())).sum();
    }

    private static double most(Path path) throws IOException {
        return Math.min(LARGEST, (double) MOST_GROWTH * Files.size(path));
    }

    private ClassLoader loader(PluginFiles files) {
        try {
            return new PluginClassLoader(files, api);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Return a jar's origin: its title in the manifest, or the file's name if the manifest has none. */
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
