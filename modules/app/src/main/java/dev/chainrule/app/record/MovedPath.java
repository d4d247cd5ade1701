package dev.chainrule.app.record;

import dev.chainrule.engine.record.RunDirectory;
import java.nio.file.Path;
import java.util.Optional;

/** Paths in a record that must be found again when the run was moved, also to another operating system. */
public final class MovedPath {
    /** The key under which a record keeps the way from the run to a file. */
    public static final String FROM_RUN = "from_run";

    private MovedPath() {}

    /** Return the way from a run's directory to a file, with slashes; empty if there is none, as between two drives. */
    public static Optional<String> from(RunDirectory run, Path file) {
        Path start = run.path().toAbsolutePath().normalize();
        Path end = file.toAbsolutePath().normalize();
        return start.getRoot().equals(end.getRoot())
                ? Optional.of(slashed(start.relativize(end).toString()))
                : Optional.empty();
    }

    /** Return a path as a record writes it, also of a system that separates names by backslashes. */
    static Path of(String recorded) {
        return Path.of(recorded.contains("/") ? recorded : slashed(recorded));
    }

    private static String slashed(String path) {
        return path.replace('\\', '/');
    }
}
