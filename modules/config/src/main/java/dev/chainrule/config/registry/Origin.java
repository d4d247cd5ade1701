package dev.chainrule.config.registry;

import java.nio.file.Path;
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

    /** Return {@code built-in} or {@code swish 1.0 (plugins/swish-1.0.jar)}. */
    @Override
    public String toString() {
        return name
                + version.map(v -> " " + v).orElse("")
                + jar.map(path -> " (" + path + ")").orElse("");
    }
}
