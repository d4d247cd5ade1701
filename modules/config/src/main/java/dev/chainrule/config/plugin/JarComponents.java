package dev.chainrule.config.plugin;

import dev.chainrule.api.Component;
import dev.chainrule.config.classfile.DeclaredAnnotations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** The components that a jar declares, found without loading a class. */
final class JarComponents {
    private static final String CLASS = ".class";
    /** Class files store the names of annotations as modified UTF-8, which leaves ASCII unchanged. */
    private static final byte[] DESCRIPTOR =
            ("L" + Component.class.getName().replace('.', '/') + ";").getBytes(StandardCharsets.US_ASCII);

    private JarComponents() {}

    /**
     * Return the names of the classes with {@link Component}, sorted.
     *
     * @throws IOException if a class cannot be unpacked
     */
    static List<String> in(JarFile jar) throws IOException {
        List<String> names = new ArrayList<>();
        for (JarEntry entry : jar.stream().filter(JarComponents::isClass).toList()) {
            byte[] bytes = bytes(jar, entry);
            if (mentions(bytes) && isComponent(bytes)) {
                names.add(entry.getName()
                        .substring(0, entry.getName().length() - CLASS.length())
                        .replace('/', '.'));
            }
        }
        return names.stream().sorted().distinct().toList();
    }

    private static byte[] bytes(JarFile jar, JarEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    private static boolean isClass(JarEntry entry) {
        return entry.getName().endsWith(CLASS) && !entry.getName().startsWith("META-INF/");
    }

    /** Return whether a class mentions the annotation: a quick test that rules out most classes of a jar. */
    private static boolean mentions(byte[] bytes) {
        for (int start = 0; start <= bytes.length - DESCRIPTOR.length; start++) {
            int length = 0;
            while (length < DESCRIPTOR.length && bytes[start + length] == DESCRIPTOR[length]) {
                length++;
            }
            if (length == DESCRIPTOR.length) {
                return true;
            }
        }
        return false;
    }

    private static boolean isComponent(byte[] bytes) {
        try {
            return DeclaredAnnotations.read(bytes)
                    .ofClass(Component.class, "value")
                    .isPresent();
        } catch (IOException damaged) {
            return false; // loading the class reports it
        }
    }
}
