package dev.chainrule.app;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Tell from its arguments whether a command computes, so that fast kernels are worth a second JVM. */
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

    /** Return whether it does: every command but a few, and a config alone. */
    static boolean isAsked(String... args) {
        return args.length > 0
                && !WITHOUT.contains(args[0])
                && Collections.disjoint(Arrays.asList(args), ANSWERED_AT_ONCE);
    }
}
