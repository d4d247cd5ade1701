package dev.chainrule.api.error;

import java.util.List;
import java.util.Optional;

/**
 * A mistake in the user's input: the config, the arguments, or a file that they refer to. Shown as a message, never with a
 * stack trace.
 *
 * <p>The message states the problem with the value received; the notes state the allowed values and the remedy. The place is
 * added by the code that knows it: a file by the data source that reads it, a config path by the engine that walks the
 * config.
 */
public final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<String> file;
    private final transient Optional<String> configPath;
    private final transient List<String> notes;

    /**
     * Create a problem whose place the caller adds.
     *
     * @param message the problem, with the value received: begins in lower case, ends without a full stop
     * @param notes the allowed values and the remedy: whole sentences
     */
    public InputException(String message, String... notes) {
        this(Optional.empty(), Optional.empty(), message, List.of(notes));
    }

    private InputException(Optional<String> file, Optional<String> configPath, String message, List<String> notes) {
        super(message);
        this.file = file;
        this.configPath = configPath;
        this.notes = notes;
    }

    /**
     * {@return this problem with the place in a file: {@code data/train.csv:14}}
     *
     * @param place file and line
     */
    public InputException inFile(String place) {
        return new InputException(Optional.of(place), configPath, getMessage(), notes);
    }

    /**
     * {@return this problem with the place in the config, {@code model[2].units}, unless it has one already}
     *
     * @param path relative to the caller's place in the config: {@code units}
     */
    public InputException atConfig(String path) {
        return configPath.isPresent() ? this : new InputException(file, Optional.of(path), getMessage(), notes);
    }

    /**
     * {@return this problem with its place in the config prefixed by a path: {@code units} becomes {@code model[2].units}}
     *
     * @param path relative to the caller's place in the config: {@code units}
     */
    public InputException below(String path) {
        return new InputException(
                file, Optional.of(configPath.map(p -> path + "." + p).orElse(path)), getMessage(), notes);
    }

    /** {@return the file and line that is wrong, if it is not the config} */
    public Optional<String> file() {
        return file;
    }

    /** {@return the place in the config: {@code model[2].units}} */
    public Optional<String> configPath() {
        return configPath;
    }

    /** {@return the allowed values and the remedy} */
    public List<String> notes() {
        return notes;
    }
}
