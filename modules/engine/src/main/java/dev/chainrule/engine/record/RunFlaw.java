package dev.chainrule.engine.record;

/**
 * A difference between a run's directory and the seal in its record.
 *
 * @param file within the run's directory, its folders separated by slashes
 */
public record RunFlaw(Kind kind, String file) {
    /** The kinds of differences. */
    public enum Kind {
        /** The record has no seal. */
        UNSEALED,
        /** The content has changed. */
        EDITED,
        /** The record lists the file, but it is missing. */
        GONE,
        /** The file is not listed in the record. */
        ADDED
    }

    /** Return the flaw in words. */
    @Override
    public String toString() {
        return switch (kind) {
            case UNSEALED -> file + " has no seal: it was written before records were sealed, or the seal was removed";
            case EDITED -> file + " was edited after the run";
            case GONE -> file + " is missing";
            case ADDED -> file + " was added after the run: run.json does not list it";
        };
    }
}
