package dev.chainrule.app.report.page;

import dev.chainrule.config.ControlCharacters;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * HTML under construction. Class names, file names and values come from configs and data and may contain anything, so all texts and
 * attributes are escaped here, and nowhere else. Only tags, names of attributes and {@link #trusted} are the program's own.
 */
public final class Markup {
    private static final int ARABIC_LETTER_MARK = 0x61c;
    private static final int LEFT_TO_RIGHT_MARK = 0x200e;
    private static final int RIGHT_TO_LEFT_MARK = 0x200f;

    private final StringBuilder out = new StringBuilder();
    private final UnaryOperator<String> hide;

    /**
     * Begin.
     *
     * @param hide hides the secrets of a text
     */
    public Markup(UnaryOperator<String> hide) {
        this.hide = hide;
    }

    /**
     * Open an element.
     *
     * @param attributes names and values in turn
     */
    public Markup open(String tag, String... attributes) {
        out.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            out.append(escape(hide.apply(attributes[i + 1]))).append('"');
        }
        out.append('>');
        return this;
    }

    /** Close an element. */
    public Markup close(String tag) {
        out.append("</").append(tag).append(">\n");
        return this;
    }

    /** Add a text. */
    public Markup text(String text) {
        out.append(escape(hide.apply(text)));
        return this;
    }

    /** Add an element that contains only a text. */
    public Markup element(String tag, String text, String... attributes) {
        open(tag, attributes).text(text);
        out.append("</").append(tag).append('>');
        return this;
    }

    /** Add a drawn path or another element without content. */
    public Markup empty(String tag, String... attributes) {
        open(tag, attributes);
        out.setLength(out.length() - 1);
        out.append("/>");
        return this;
    }

    /** Add a text of the program itself as it is, such as its script. */
    public Markup trusted(String text) {
        out.append(text);
        return this;
    }

    /**
     * Return a text in which markup and quotes are characters to be read, and so are line breaks and the marks that turn the direction of
     * reading.
     */
    public static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        ControlCharacters.escape(text).codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                case '\n' -> escaped.append("\\n");
                case '\t' -> escaped.append("\\t");
                default -> {
                    if (isInvisible(c)) {
                        escaped.append(String.format(Locale.ROOT, "\\u%04x", c));
                    } else {
                        escaped.appendCodePoint(c);
                    }
                }
            }
        });
        return escaped.toString();
    }

    /** Half a pair of surrogates is not a character; the marks turn the direction and are not seen. */
    private static boolean isInvisible(int c) {
        return c == ARABIC_LETTER_MARK
                || c == LEFT_TO_RIGHT_MARK
                || c == RIGHT_TO_LEFT_MARK
                || Character.getType(c) == Character.SURROGATE;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
