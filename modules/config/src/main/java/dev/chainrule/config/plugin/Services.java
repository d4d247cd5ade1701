package dev.chainrule.config.plugin;

import dev.chainrule.api.Plugin;
import dev.chainrule.config.Problems;
import dev.chainrule.config.classfile.ClassFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** The class named as the plugin in a jar's services file, or the reason why there is none. */
final class Services {
    private static final String FILE = JarPlugins.SERVICES;
    private static final String ENTRY_NAME = Plugin.class.getName();
    private static final String CLASS = ".class";
    private static final String PROGRAM = "dev/chainrule/builtin/BuiltinPlugin.class";

    /** The most bytes read of a services file or a class; no real one is larger. */
    private static final long LARGEST = 1 << 26;

    private final JarFile jar;
    private final Path path;
    private final Problems problems;

    Services(JarFile jar, Path path, Problems problems) {
        this.jar = jar;
        this.path = path;
        this.problems = problems;
    }

    /** Return the name of the plugin's class, which is in the jar; empty if there is a problem, which is reported. */
    Optional<String> entry() throws IOException {
        if (jar.getEntry(PROGRAM) != null) {
            return refuse("this jar is Chainrule itself, not a plugin", "It does not have to be listed.");
        }
        JarEntry services = jar.getJarEntry(FILE);
        if (services == null) {
            return withoutFile();
        }
        List<String> names = names(new String(bytes(services), StandardCharsets.UTF_8));
        if (names.isEmpty()) {
            return refuse("this jar contains no plugin", "The file " + FILE + " in it is empty." + candidate());
        }
        if (names.size() > 1) {
            return refuse(
                    "the file " + FILE + " lists " + names.size() + " classes: " + String.join(", ", names),
                    "A jar contains one plugin, which lists all its components.");
        }
        String name = names.get(0);
        return jar.getEntry(file(name)) == null ? withoutClass(name) : Optional.of(name);
    }

    /**
     * Return the names in a services file, read as java.util.ServiceLoader does: one class per line, # begins a
     * comment.
     */
    private static List<String> names(String text) {
        return text.lines()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .distinct()
                .toList();
    }

    private Optional<String> withoutFile() throws IOException {
        Optional<String> elsewhere =
                entries().stream().filter(entry -> entry.endsWith(ENTRY_NAME)).findFirst();
        if (elsewhere.isPresent()) {
            return refuse("this jar contains no plugin: the file " + elsewhere.get() + " must be " + FILE);
        }
        if (entries().stream().noneMatch(entry -> entry.endsWith(CLASS))) {
            return refuse(
                    "this jar contains no plugin: it contains no classes",
                    "A jar of sources or of documentation is not loaded; use the one with the classes.");
        }
        return refuse(
                "this jar contains no plugin",
                "A plugin's jar contains the file " + FILE + "." + candidate(),
                "If it is a library of a plugin, put both into a separate folder.");
    }

    private Optional<String> withoutClass(String name) throws IOException {
        String message = "the file " + FILE + " lists " + name + ", which is not in the jar";
        Optional<String> misplaced = entries().stream()
                .filter(entry -> entry.endsWith("/" + file(name)))
                .findFirst();
        if (misplaced.isPresent()) {
            String entry = misplaced.get();
            String real = ClassFile.read(bytes(jar.getJarEntry(entry))).name();
            return refuse(
                    message,
                    file(real).equals(entry)
                            ? "Write its full name, with its package: " + real + "."
                            : "It is at " + entry + ": the jar must begin with the folder of the first package.");
        }
        if (jar.getEntry(name) != null || name.endsWith(CLASS) || name.contains("/")) {
            return refuse(message, "Write the class's name as Java code does, with dots and without .class.");
        }
        return refuse(message, "Write the class's full name, with its package." + candidate());
    }

    /** Return a sentence about the class that looks like the plugin, if there is one. */
    private String candidate() throws IOException {
        for (String entry : entries()) {
            if (entry.endsWith(CLASS)) {
                try {
                    ClassFile file = ClassFile.read(bytes(jar.getJarEntry(entry)));
                    if (file.interfaces().contains(ENTRY_NAME)) {
                        return " The file must contain the line " + file.name() + ".";
                    }
                } catch (IOException damaged) {
                    // Loading the class reports it.
                }
            }
        }
        return "";
    }

    private List<String> entries() {
        return jar.stream().map(JarEntry::getName).sorted().toList();
    }

    private byte[] bytes(JarEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            return in.readNBytes((int) Math.min(entry.getSize(), LARGEST));
        }
    }

    private Optional<String> refuse(String message, String... notes) {
        problems.add(JarPlugins.problem(path, message, notes));
        return Optional.empty();
    }

    private static String file(String className) {
        return className.replace('.', '/') + CLASS;
    }
}
