package dev.chainrule.app;

import dev.chainrule.app.testing.InProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The types of the project by their simple names, found by their source files, and the members of those that can be loaded. */
final class SourceTypes {
    private static final List<String> OF_JAVA = List.of("java.lang.", "java.util.", "java.nio.file.");

    private final Map<String, String> qualified = new TreeMap<>();

    SourceTypes() {
        try (Stream<Path> files = Files.walk(InProcess.ROOT.resolve("modules"))) {
            files.map(Path::toString)
                    .filter(file -> file.endsWith(".java"))
                    .map(file -> file.replace('\\', '/').replaceFirst(".*/(java|generated-sources/double)/", ""))
                    .map(file -> file.replaceFirst("\\.java$", "").replace('/', '.'))
                    .forEach(name -> qualified.put(name.substring(name.lastIndexOf('.') + 1), name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Return whether there is a type, or a member of one: {@code Loss}, {@code Loss.Fused.delta}. */
    boolean exists(String name) {
        String[] parts = name.split("\\.");
        if (parts.length == 1 && qualified.containsKey(name)) {
            return true;
        }
        Optional<Class<?>> type = load(parts[0]);
        for (String part : Arrays.copyOfRange(parts, 1, parts.length)) {
            if (type.isEmpty()) {
                return false;
            }
            Optional<Class<?>> nested = lineage(type.get())
                    .flatMap(known -> Arrays.stream(known.getDeclaredClasses()))
                    .filter(known -> known.getSimpleName().equals(part))
                    .findFirst();
            if (nested.isEmpty()) {
                return part.equals(parts[parts.length - 1]) && hasMember(type.get(), part);
            }
            type = nested;
        }
        return type.isPresent();
    }

    private Optional<Class<?>> load(String simple) {
        Stream<String> names = qualified.containsKey(simple)
                ? Stream.of(qualified.get(simple))
                : OF_JAVA.stream().map(pack -> pack + simple);
        return names.<Class<?>>mapMulti((name, found) -> {
                    try {
                        found.accept(Class.forName(name, false, SourceTypes.class.getClassLoader()));
                    } catch (ClassNotFoundException e) {
                        // Another package may have it.
                    }
                })
                .findFirst();
    }

    private static boolean hasMember(Class<?> type, String name) {
        return lineage(type)
                .anyMatch(known -> Arrays.stream(known.getDeclaredMethods())
                                .map(Method::getName)
                                .anyMatch(name::equals)
                        || Arrays.stream(known.getDeclaredFields())
                                .map(Field::getName)
                                .anyMatch(name::equals));
    }

    /** Return a type and all that it inherits from. */
    private static Stream<Class<?>> lineage(Class<?> type) {
        Stream<Class<?>> above =
                Stream.concat(Stream.ofNullable(type.getSuperclass()), Arrays.stream(type.getInterfaces()));
        return Stream.concat(Stream.of(type), above.flatMap(SourceTypes::lineage));
    }
}
