package dev.chainrule.config.node;

import dev.chainrule.config.Problem;

/** Stop reading a config that cannot be read any further. */
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
