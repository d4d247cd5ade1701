package dev.chainrule.config.registry;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Say where a component comes from.
 *
 * @param name the plugin's name
 * @param version the plugin's version, if its jar says so
 * @param jar the plugin's jar; empty for what is built in
 */
public record Origin(String name, Optional<String> version, Optional<Path> jar) {
    /** The origin of what Chainrule brings itself. */
    public static final Origin BUILT_IN = new Origin("built-in", Optional.empty(), Optional.empty());

    /** Return whether Chainrule brings it itself. */
    public boolean isBuiltIn() {
        return jar.isEmpty();
    }

    /** Return why code from there failed, and at which of its lines: {@code the moon is full (Moon.java:7)}. */
    public String reason(Throwable failure) {
        Throwable first = failure instanceof ExceptionInInitializerError && failure.getCause() != null
                ? failure.getCause()
                : failure;
        return message(first) + place(first);
    }

    /** Return an exception's message, or that it has none. */
    public static String message(Throwable failure) {
        return failure.getMessage() == null ? "it does not say why" : failure.getMessage();
    }

    /** Return the topmost call in the plugin's own code: the name of its class loader is that of its jar. */
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
