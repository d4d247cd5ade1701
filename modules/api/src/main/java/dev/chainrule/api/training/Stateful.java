package dev.chainrule.api.training;

/**
 * A part of a run that remembers something between steps, and is saved so that a resumed run is bit-identical. By default it
 * remembers nothing.
 */
public interface Stateful {
    /**
     * Put everything that this part remembers and that affects the run into {@code to}.
     *
     * @param to empty. Modified.
     */
    default void save(State to) {}

    /**
     * Restore the state that {@link #save} put in. Called before this part is used, and only if it was saved.
     *
     * @param from the saved state. Not modified; its matrices are to be copied.
     */
    default void restore(State from) {}
}
