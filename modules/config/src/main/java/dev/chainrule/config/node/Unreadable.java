package dev.chainrule.config.node;

import dev.chainrule.config.Problem;

/** A fault that prevents the rest of a config from being read. */
final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    Unreadable(Problem problem) {
        super(problem.message(), null, false, false);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
