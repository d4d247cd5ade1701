package dev.chainrule.config.compose;

import dev.chainrule.config.Mark;
import dev.chainrule.config.Problem;
import java.util.List;
import java.util.Optional;

/** The failure of one part of a composition. */
final class Rejected extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<Problem> problem;

    private Rejected(Optional<Problem> problem) {
        super(problem.map(Problem::message).orElse("reported before"), null, false, false);
        this.problem = problem;
    }

    Rejected(Problem problem) {
        this(Optional.of(problem));
    }

    /** Return the failure for a fault at a place. */
    static Rejected at(Mark mark, String path, String message, String note) {
        return new Rejected(Problem.error(mark, path, message, List.of(note)));
    }

    /** Return the failure of a part that depends on another one, whose failure is already reported. */
    static Rejected reported() {
        return new Rejected(Optional.empty());
    }

    Optional<Problem> problem() {
        return problem;
    }
}
