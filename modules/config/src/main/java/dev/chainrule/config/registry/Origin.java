package dev.chainrule.config.registry;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * The origin of a component.
 *
 * @param name the plugin's name
 * @param version the plugin's version, if its jar contains it
 * @param jar the plugin's jar; empty for built-in components
 */
public record Origin(String name, Optional<String> version, Optional<Path> jar) {
    /** The origin of Chainrule's own components. */
    public static final Origin BUILT_IN = new Origin("built-in", Optional.empty(), Optional.empty());

    /** Return whether it is part of Chainrule. */
    public boolean isBuiltIn() {
        return jar.isEmpty();
    }

    /** Return the reason why code of this origin failed, and the line in it: {@code the moon is full (Moon.java:7)}. */
    public String reason(Throwable failure) {
        Throwable first = failure instanceof ExceptionInInitializerError && failure.getCause() != null
                ? failure.getCause()
                : failure;
        return message(first) + place(first);
    }

    /** Return an exception's message, or a remark that it has none. */
    public static String message(Throwable failure) {
        return failure.getMessage() == null ? "no reason given" : failure.getMessage();
    }

    /** Return the topmost call in the plugin's own code, whose class loader has the name of its jar. */
    private String place(Throwable failure) {
        String loader = jar.map(path -> path.getFileName().toString()).orElse("");
        return Arrays.stream(failure.getStackTrace())
                .filter(frame -> loader.equals(frame.getClassLoaderName()) && frame.getLineNumber() > 0)
                .findFirst()
                .map(frame -> " (" + frame.getFileName() + ":" + frame.getLineNumber() + ")")
                .orElse("");
    }

    /** Return {@code built-in} or {@code swish 1.0 (plugins/swish-1.0.jar)}. */
    @Override
    public String toString() {
        return name
                + version.map(v -> " " + v).orElse("")
                + jar.map(path -> " (" + path + ")").orElse("");
    }
}
