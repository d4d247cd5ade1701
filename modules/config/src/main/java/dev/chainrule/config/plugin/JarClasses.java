package dev.chainrule.config.plugin;

import dev.chainrule.config.classfile.ClassFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * The classes of a jar, read but not loaded.
 *
 * @param path of the jar
 * @param classes by name, without those for particular JDKs only
 * @param damaged the entries named like class files that are not valid ones
 */
record JarClasses(Path path, List<ClassFile> classes, List<String> damaged) {
    private static final String CLASS = ".class";

    /** Read a jar that can be opened. */
    static JarClasses read(Path path) throws IOException {
        List<ClassFile> classes = new ArrayList<>();
        List<String> damaged = new ArrayList<>();
        try (JarFile jar = new JarFile(path.toFile())) {
            for (JarEntry entry : jar.stream().filter(JarClasses::isClass).toList()) {
                try (InputStream in = jar.getInputStream(entry)) {
                    classes.add(ClassFile.read(in.readAllBytes()));
                } catch (IOException e) {
                    damaged.add(entry.getName());
                }
            }
        }
        classes.sort((a, b) -> a.name().compareTo(b.name()));
        return new JarClasses(path, List.copyOf(classes), List.copyOf(damaged));
    }

    private static boolean isClass(JarEntry entry) {
        String name = entry.getName();
        return name.endsWith(CLASS) && !name.startsWith("META-INF/") && !name.endsWith("module-info.class");
    }
}
