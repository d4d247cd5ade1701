package dev.chainrule.app;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The distinction, from the arguments alone, between commands that compute and others: only computing is worth a second JVM with
 * fast kernels.
 */
final class Computing {
    private static final List<String> WITHOUT = List.of(
            "validate",
            "describe",
            "explain",
            "gradcheck",
            "plugins",
            "schema",
            "diff",
            "runs",
            "init",
            "archive",
            "sign");
    private static final List<String> ANSWERED_AT_ONCE = List.of("-h", "--help", "-V", "--version");

    private Computing() {}

    /** Return whether a command computes: all do but a few, and so does a config alone. */
    static boolean isAsked(String... args) {
        return args.length > 0
                && !WITHOUT.contains(args[0])
                && Collections.disjoint(Arrays.asList(args), ANSWERED_AT_ONCE);
    }
}
