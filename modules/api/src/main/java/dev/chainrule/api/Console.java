package dev.chainrule.api;

/** Show text to the person who runs the program. */
public interface Console {
    /** {@return whether {@link #status} is shown: a terminal that is not asked to be quiet} */
    boolean live();

    /** {@return the terminal's width in columns, as it is now: a window may change its size} */
    int width();

    /**
     * Print a line that stays.
     *
     * @param text one line, without a line break
     */
    void line(String text);

    /**
     * Replace the line at the bottom; nothing where {@link #live} is false. An empty text removes it.
     *
     * @param text one line, without a line break
     */
    void status(String text);
}
