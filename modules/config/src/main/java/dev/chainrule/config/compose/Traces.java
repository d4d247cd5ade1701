package dev.chainrule.config.compose;

import dev.chainrule.config.Mark;
import dev.chainrule.config.Problem;
import dev.chainrule.config.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The value of each <code>${…}</code>, by its place, for messages and for {@code explain}. */
final class Traces {
    /**
     * One scalar with references.
     *
     * @param origin its sources: {@code env EPOCHS}
     * @param note its value, in a whole sentence
     * @param isPutTogether whether it is a concatenation, which makes it text
     */
    record Trace(String origin, String note, boolean isPutTogether) {}

    private static final String QUOTED = "' in quotes is text, ";

    private final Map<Mark, Trace> traces = new LinkedHashMap<>();
    private final Set<Mark> broken = new LinkedHashSet<>();

    void put(Mark mark, Trace trace) {
        traces.put(mark, trace);
    }

    /** Record that a scalar could not be resolved, which is already reported. */
    void putBroken(Mark mark) {
        broken.add(mark);
    }

    boolean isBroken(Mark mark) {
        return broken.contains(mark);
    }

    Optional<Trace> find(Mark mark) {
        return Optional.ofNullable(traces.get(mark));
    }

    /** Return problems that were found later, each with the value of the reference at its place. */
    Problems explained(Problems later, Secrets secrets) {
        Problems explained = new Problems();
        for (Problem problem : later.sorted()) {
            if (problem.mark().filter(broken::contains).isEmpty()) {
                explained.add(problem.mark()
                        .flatMap(this::find)
                        .map(trace -> secrets.hideAtReference(explained(problem, trace)))
                        .orElse(problem));
            }
        }
        return explained;
    }

    private static Problem explained(Problem problem, Trace trace) {
        List<String> notes = new ArrayList<>(problem.notes());
        String message = problem.message();
        if (message.contains(QUOTED)) {
            message = message.replace(
                    QUOTED, trace.isPutTogether() ? "' is text, because it was assembled from parts, " : "' is text, ");
            notes.remove("Remove the quotes.");
        }
        notes.add(trace.note());
        return new Problem(problem.severity(), problem.mark(), problem.path(), message, notes, problem.cause());
    }
}
