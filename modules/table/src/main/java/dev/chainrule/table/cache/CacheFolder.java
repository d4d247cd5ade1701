package dev.chainrule.table.cache;

import dev.chainrule.api.error.InputException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** The settings of the cache, from the environment. */
public final class CacheFolder {
    /** The variable that contains the folder. */
    public static final String VARIABLE = "CHAINRULE_CACHE";
    /** The variable that contains the largest size, in GiB. */
    public static final String LIMIT = "CHAINRULE_CACHE_LIMIT";

    private static final double GIB = 1 << 30;
    private static final long DEFAULT_LIMIT = 16L << 30;
    private static final double MOST = 1e6;

    private CacheFolder() {}

    /** Return the folder: that of CHAINRULE_CACHE, or else {@code chainrule} in XDG_CACHE_HOME or {@code ~/.cache}. */
    public static Path of(Function<String, Optional<String>> environment) {
        return path(environment, VARIABLE)
                .or(() -> path(environment, "XDG_CACHE_HOME").map(home -> home.resolve("chainrule")))
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "chainrule"));
    }

    private static Optional<Path> path(Function<String, Optional<String>> environment, String variable) {
        return environment.apply(variable).filter(text -> !text.isBlank()).map(text -> {
            try {
                return Path.of(text);
            } catch (InvalidPathException e) {
                throw new InputException(variable + " is '" + text + "', which is not a valid path here");
            }
        });
    }

    /** Return the most bytes of all entries together. */
    static long limit(Function<String, Optional<String>> environment) {
        Optional<String> given = environment.apply(LIMIT).filter(text -> !text.isBlank());
        if (given.isEmpty()) {
            return DEFAULT_LIMIT;
        }
        try {
            double size = Double.parseDouble(given.get());
            if (size > 0 && size <= MOST) {
                return (long) (size * GIB);
            }
        } catch (NumberFormatException e) {
            // refused below, with other texts that are not sizes
        }
        throw new InputException(
                LIMIT + " is '" + given.get() + "'", "Allowed: a number of GiB above 0, such as 16 or 0.5.");
    }
}
