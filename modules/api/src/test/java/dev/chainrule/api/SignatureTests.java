package dev.chainrule.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.math.Matrix;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Compare every public and protected signature that plugins see, of api and math, with a file, so that none changes by accident.
 *
 * <p>The rule of {@link Api#LEVEL} for what the difference shows: a line that is gone or changed, or a new one that is abstract
 * in a type that plugins implement, raises the level; other new lines do not. {@code -Dgolden.update=true} writes the file anew.
 */
class SignatureTests {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/signatures.txt");
    private static final int FEWEST_TYPES = 60;

    @Test
    void signatures_ofApiAndMath_areThoseOfTheFile() throws Exception {
        List<Class<?>> types = new ArrayList<>(types(Api.class));
        types.addAll(types(Matrix.class));
        assertTrue(types.size() >= FEWEST_TYPES, types.size() + " types");
        String actual = types.stream().map(SignatureTests::text).collect(Collectors.joining("\n"));
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(GOLDEN.getParent());
            Files.writeString(GOLDEN, actual);
        }
        assertEquals(
                Files.readString(GOLDEN),
                actual,
                "The API has changed: see Api.LEVEL for whether the level must rise, then -Dgolden.update=true.");
    }

    /** Return the public types of a class's package and of those below it, sorted, wherever they lie. */
    private static List<Class<?>> types(Class<?> one) throws Exception {
        String folder = one.getPackageName().replace('.', '/');
        Path place =
                Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (Files.isDirectory(place)) {
            return types(place.resolve(folder), one.getPackageName());
        }
        try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + place.toUri()), Map.of())) {
            return types(jar.getPath(folder), one.getPackageName());
        }
    }

    private static List<Class<?>> types(Path folder, String prefix) throws IOException, ClassNotFoundException {
        List<String> names;
        try (Stream<Path> files = Files.walk(folder)) {
            names = files.map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.endsWith(".class") && !name.endsWith("package-info.class"))
                    .map(name -> prefix + "."
                            + name.substring(0, name.length() - ".class".length())
                                    .replace('/', '.'))
                    .sorted()
                    .toList();
        }
        List<Class<?>> types = new ArrayList<>();
        for (String name : names) {
            Class<?> type = Class.forName(name, false, SignatureTests.class.getClassLoader());
            if (isOpen(type) && Api.shows(name)) {
                types.add(type);
            }
        }
        return types;
    }

    /** Return whether other packages see a type, and all types around it. */
    private static boolean isOpen(Class<?> type) {
        return isOpen(type.getModifiers()) && (type.getEnclosingClass() == null || isOpen(type.getEnclosingClass()));
    }

    private static boolean isOpen(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static String text(Class<?> type) {
        TreeSet<String> members = new TreeSet<>();
        Stream.of(type.getDeclaredFields())
                .filter(field -> isOpen(field.getModifiers()))
                .map(SignatureTests::text)
                .forEach(members::add);
        Stream.of(type.getDeclaredConstructors())
                .filter(constructor -> isOpen(constructor.getModifiers()))
                .map(Constructor::toGenericString)
                .forEach(members::add);
        Stream.of(type.getDeclaredMethods())
                .filter(method -> isOpen(method.getModifiers()) && !method.isSynthetic())
                .map(SignatureTests::text)
                .forEach(members::add);
        return header(type) + "\n"
                + members.stream().map(member -> "    " + member + "\n").collect(Collectors.joining());
    }

    private static String header(Class<?> type) {
        String kind = type.isAnnotation()
                ? "annotation"
                : type.isInterface() ? "interface" : type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
        int modifiers = type.getModifiers() & ~(Modifier.INTERFACE | Modifier.STATIC);
        String parameters = type.isRecord()
                ? Arrays.stream(type.getRecordComponents())
                        .map(SignatureTests::text)
                        .collect(Collectors.joining(", ", "(", ")"))
                : "";
        List<Type> supertypes = new ArrayList<>(List.of(type.getGenericInterfaces()));
        if (type.getGenericSuperclass() != null && type.getSuperclass() != Object.class) {
            supertypes.add(0, type.getGenericSuperclass());
        }
        String above = supertypes.stream().map(Type::getTypeName).collect(Collectors.joining(", "));
        return (Modifier.toString(modifiers) + " " + (type.isSealed() ? "sealed " : "") + kind + " " + type.getName()
                        + parameters + (above.isEmpty() ? "" : " : " + above))
                .strip();
    }

    private static String text(RecordComponent component) {
        return component.getGenericType().getTypeName() + " " + component.getName();
    }

    /** A constant is copied into plugins: its value belongs to the signature. */
    private static String text(Field field) {
        try {
            boolean constant = Modifier.isStatic(field.getModifiers())
                    && (field.getType().isPrimitive() || field.getType() == String.class);
            return field.toGenericString() + (constant ? " = " + field.get(null) : "");
        } catch (IllegalAccessException e) {
            return field.toGenericString();
        }
    }

    private static String text(Method method) {
        return method.toGenericString()
                + (method.getDefaultValue() == null ? "" : " default \"" + method.getDefaultValue() + "\"");
    }
}
