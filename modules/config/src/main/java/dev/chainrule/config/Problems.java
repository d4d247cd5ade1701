package dev.chainrule.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A collection of problems, so that users see all of them at once. */
public final class Problems {
    private final List<Problem> collected = new ArrayList<>();

    /** Add a problem. */
    public void add(Problem problem) {
        collected.add(problem);
    }

    /** Add all problems of another collection. */
    public void addAll(Problems others) {
        collected.addAll(others.collected);
    }

    /** Return these problems with every warning turned into an error. */
    public Problems asErrors() {
        Problems errors = new Problems();
        collected.forEach(problem -> errors.add(new Problem(
                Problem.Severity.ERROR,
                problem.mark(),
                problem.path(),
                problem.message(),
                problem.notes(),
                problem.cause())));
        return errors;
    }

    /** Return these problems, of those with the same message at the same place the first alone. */
    public Problems withoutRepetition() {
        Problems different = new Problems();
        for (Problem problem : collected) {
            boolean repeated = problem.mark().isPresent()
                    && different.collected.stream()
                            .anyMatch(other -> other.mark().equals(problem.mark())
                                    && other.message().equals(problem.message()));
            if (!repeated) {
                different.add(problem);
            }
        }
        return different;
    }

    /** Return whether there are no problems, not even a warning. */
    public boolean isEmpty() {
        return collected.isEmpty();
    }

    /** Return whether any problem stops the program. */
    public boolean hasErrors() {
        return collected.stream().anyMatch(Problem::isError);
    }

    /**
     * Return the problems by place: those without one first, then source by source in the order in which sources first
     * appeared, by line and column; at the same place as they were added.
     */
    public List<Problem> sorted() {
        if (collected.size() < 2) {
            return List.copyOf(collected);
        }
        List<Source> sources = collected.stream()
                .flatMap(problem -> problem.mark().stream())
                .map(Mark::source)
                .distinct()
                .toList();
        return collected.stream()
                .sorted(Comparator.comparingInt((Problem problem) -> problem.mark()
                                .map(mark -> sources.indexOf(mark.source()))
                                .orElse(-1))
                        .thenComparingInt(
                                problem -> problem.mark().map(Mark::line).orElse(0))
                        .thenComparingInt(
                                problem -> problem.mark().map(Mark::column).orElse(0)))
                .toList();
    }

    /**
     * Return normally only if no problem stops the program.
     *
     * @throws ConfigException if there are errors
     */
    public void throwIfErrors() {
        if (hasErrors()) {
            throw new ConfigException(this);
        }
    }
}
