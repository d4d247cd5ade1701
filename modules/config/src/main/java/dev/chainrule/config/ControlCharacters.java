package dev.chainrule.config;

import java.util.Locale;

/**
 * Characters that a terminal would obey instead of printing: escapes that move the cursor or set the title, and marks
 * that reverse the order of letters. Configs, data, records and plugins may contain them.
 */
public final class ControlCharacters {
    private ControlCharacters() {}

    /** Return a text with such characters escaped as {@code \}{@code u001b}; line breaks and tabs stay. */
    public static String escape(String text) {
        if (text.codePoints().noneMatch(ControlCharacters::isObeyed)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (isObeyed(c)) {
                out.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }

    private static boolean isObeyed(int c) {
        boolean separates = c == 0x2028 || c == 0x2029;
        boolean turns = c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069;
        return Character.isISOControl(c) && c != '\n' && c != '\t' || separates || turns;
    }
}
