package dev.chainrule.app;

import dev.chainrule.app.testing.InProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The types of the project by their simple names, found by their source files, and the members of those that can be loaded. */
final class SourceTypes {
    private static final List<String> OF_JAVA = List.of("java.lang.", "java.util.", "java.nio.file.");

    private final Map<String, List<String>> qualified = new TreeMap<>();

    SourceTypes() {
        try (Stream<Path> files = Files.walk(InProcess.ROOT.resolve("modules"))) {
            files.map(Path::toString)
                    .filter(file -> file.endsWith(".java"))
                    .map(file -> file.replace('\\', '/').replaceFirst(".*/(java|generated-sources/double)/", ""))
                    .map(file -> file.replaceFirst("\\.java$", "").replace('/', '.'))
                    .forEach(name -> qualified
                            .computeIfAbsent(name.substring(name.lastIndexOf('.') + 1), simple -> new ArrayList<>())
                            .add(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Return whether there is a type, or a member of one: {@code Loss}, {@code Loss.Fused.delta}. */
    boolean exists(String name) {
        List<String> parts = List.of(name.split("\\."));
        List<String> members = parts.subList(1, parts.size());
        return members.isEmpty() && qualified.containsKey(name)
                || candidates(parts.get(0)).anyMatch(type -> has(type, members));
    }

    /** Return the types of a simple name that can be loaded; several packages may have one. */
    private Stream<Class<?>> candidates(String simple) {
        Stream<String> names = qualified.containsKey(simple)
                ? qualified.get(simple).stream()
                : OF_JAVA.stream().map(pack -> pack + simple);
        return names.mapMulti((name, found) -> {
            try {
                found.accept(Class.forName(name, false, SourceTypes.class.getClassLoader()));
            } catch (ClassNotFoundException e) {
                // Another package may have it.
            }
        });
    }

    private static boolean has(Class<?> type, List<String> members) {
        if (members.isEmpty()) {
            return true;
        }
        String first = members.get(0);
        List<String> rest = members.subList(1, members.size());
        return rest.isEmpty() && hasMember(type, first)
                || lineage(type)
                        .flatMap(known -> Arrays.stream(known.getDeclaredClasses()))
                        .anyMatch(nested -> nested.getSimpleName().equals(first) && has(nested, rest));
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
