package dev.chainrule.app.scaffold;

import dev.chainrule.api.Kind;
import dev.chainrule.api.error.InputException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;

/**
 * A component's name in YAML and in Java.
 *
 * @param yaml {@code leaky_swish}
 * @param type the record's name: {@code LeakySwish}
 */
record ComponentName(String yaml, String type) {
    private static final List<String> IMPORTED = List.of(
            "java.lang.",
            "java.util.",
            "dev.chainrule.api.",
            "dev.chainrule.api.data.",
            "dev.chainrule.api.error.",
            "dev.chainrule.api.layer.",
            "dev.chainrule.api.training.",
            "dev.chainrule.api.value.",
            "dev.chainrule.math.");

    /**
     * Check a name.
     *
     * @throws InputException if it is not legal in YAML or Java
     */
    static ComponentName of(String name, Kind kind) {
        if (!name.matches("[a-z][a-z0-9_]*")) {
            throw new InputException(
                    "'" + name + "' is not a valid component name",
                    "Use lower-case letters, digits and underscores, beginning with a letter, such as leaky_swish.");
        }
        if (SourceVersion.isKeyword(name)) {
            throw new InputException(
                    "'" + name + "' is a reserved word in Java, the language of plugins",
                    "Choose another name, such as my_" + name + ".");
        }
        String type = camel(name);
        return new ComponentName(name, isTaken(type) ? type + camel(kind.label().replace(' ', '_')) : type);
    }

    private static String camel(String name) {
        return Stream.of(name.split("_+"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }

    /** Return whether a record of that name would hide a type that its own source needs. */
    private static boolean isTaken(String type) {
        for (String start : IMPORTED) {
            try {
                Class.forName(start + type, false, ComponentName.class.getClassLoader());
                return true;
            } catch (ClassNotFoundException | LinkageError e) {
                // Another package may have it.
            }
        }
        return false;
    }
}
