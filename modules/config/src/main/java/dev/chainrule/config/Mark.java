package dev.chainrule.config;

/**
 * The place of a token in a source.
 *
 * @param source the text
 * @param line from 1; 0 for the source as a whole
 * @param column of the first character, in code points from 1
 * @param endColumn of the first character after the token on that line; at least {@code column}
 */
public record Mark(Source source, int line, int column, int endColumn) {
    public Mark {
        if (line < 0 || endColumn < column) {
            throw new IllegalArgumentException("no place: line " + line + ", columns " + column + " to " + endColumn);
        }
    }

    /** Return the mark of a source as a whole. */
    public static Mark whole(Source source) {
        return new Mark(source, 0, 0, 0);
    }

    /** Return whether this points at a line rather than the whole source. */
    public boolean hasLine() {
        return line > 0;
    }

    /**
     * Return {@code configs/mnist.yaml:14:44}, {@code --set argument 1:5}, or the source's name for a source as a
     * whole.
     */
    @Override
    public String toString() {
        return hasLine() ? source.name() + (source.isArguments() ? " " : ":") + line + ":" + column : source.name();
    }
}
