package dev.chainrule.api.training;

/** The terminal or other output that the program's user reads. */
public interface Console {
    /** {@return whether {@link #status} is shown: on a terminal, unless quiet output was requested} */
    boolean live();

    /** {@return the terminal's current width in columns, which changes when its window is resized} */
    int width();

    /** {@return whether letters and signs beyond ASCII are shown as they are; false by default} */
    default boolean unicode() {
        return false;
    }

    /**
     * Print a line that stays.
     *
     * @param text one line, without a line break
     */
    void line(String text);

    /**
     * Replace the status line at the bottom, or do nothing if {@link #live} is false. An empty text removes the line.
     *
     * @param text one line, without a line break
     */
    void status(String text);
}
