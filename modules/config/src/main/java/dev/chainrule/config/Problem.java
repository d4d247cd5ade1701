package dev.chainrule.config;

import dev.chainrule.api.error.InputException;
import java.util.List;
import java.util.Optional;

/**
 * An error or a warning: its place, the fault, the allowed values and the remedy.
 *
 * @param severity whether it stops the program
 * @param mark the place, if there is one
 * @param path the place in the config, {@code model[1].activation}; empty for none
 * @param message the fault in the received value: begins in lower case, ends without a full stop
 * @param notes the allowed values and the remedy: whole sentences. The first is printed on the line of the path.
 * @param cause the failure of a plugin's own code, for the log
 */
public record Problem(
        Severity severity,
        Optional<Mark> mark,
        String path,
        String message,
        List<String> notes,
        Optional<Throwable> cause) {
    /** The effect of a problem: only an error stops the program. */
    public enum Severity {
        ERROR,
        WARNING
    }

    /** The longest text in characters. Nobody reads a longer one, and users' values may have any length. */
    private static final int LONGEST = 1_000;

    public Problem {
        path = cut(path);
        message = cut(message);
        notes = notes.stream().map(Problem::cut).toList();
    }

    /** Return a text, without its middle if it is too long. */
    private static String cut(String text) {
        return text.length() <= LONGEST
                ? text
                : text.substring(0, LONGEST * 3 / 4) + "…" + text.substring(text.length() - LONGEST / 4);
    }

    /** Return a mistake whose place in a config nobody knows. */
    public static Problem of(InputException input) {
        return new Problem(
                Severity.ERROR,
                input.file().map(file -> Mark.whole(Source.named(file))),
                input.configPath().orElse(""),
                input.getMessage(),
                input.notes(),
                Optional.of(input));
    }

    /** Create an error without a place. */
    public static Problem error(String message, String... notes) {
        return new Problem(Severity.ERROR, Optional.empty(), "", message, List.of(notes), Optional.empty());
    }

    /** Create an error at a place. */
    public static Problem error(Mark mark, String message, String... notes) {
        return error(mark, "", message, List.of(notes));
    }

    /** Create an error at a place that has a path. */
    public static Problem error(Mark mark, String path, String message, List<String> notes) {
        return new Problem(Severity.ERROR, Optional.of(mark), path, message, notes, Optional.empty());
    }

    /** Create a warning without a place. */
    public static Problem warning(String message) {
        return new Problem(Severity.WARNING, Optional.empty(), "", message, List.of(), Optional.empty());
    }

    /** Create a warning at a place that has a path. */
    public static Problem warning(Mark mark, String path, String message, List<String> notes) {
        return new Problem(Severity.WARNING, Optional.of(mark), path, message, notes, Optional.empty());
    }

    /** Return this problem with the failure behind it. */
    public Problem causedBy(Throwable failure) {
        return new Problem(severity, mark, path, message, notes, Optional.of(failure));
    }

    /** Return whether this stops the program. */
    public boolean isError() {
        return severity == Severity.ERROR;
    }
}
