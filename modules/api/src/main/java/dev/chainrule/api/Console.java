package dev.chainrule.api;

/** Show text to the person who runs the program. */
public interface Console {
    /** Return whether {@link #status} is shown: a terminal that is not asked to be quiet. */
    boolean live();

    /** Return the terminal's width in columns. */
    int width();

    /** Print a line that stays. */
    void line(String text);

    /** Replace the line at the bottom; nothing where {@link #live} is false. An empty text removes it. */
    void status(String text);
}
