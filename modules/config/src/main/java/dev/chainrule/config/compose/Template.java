package dev.chainrule.config.compose;

import java.util.ArrayList;
import java.util.List;

/** A text split into literal parts and references <code>${…}</code>; <code>$${</code> is a literal <code>${</code>. */
final class Template {
    static final String OPEN = Composition.OPEN;
    private static final String ESCAPE = "$${";

    /**
     * One part.
     *
     * @param text the literal text, or the text between the braces
     * @param written as in the source
     */
    record Piece(String text, String written, boolean isReference) {}

    private Template() {}

    /** Return the pieces in order; empty if a brace is never closed. */
    static List<Piece> parse(String text) {
        List<Piece> pieces = new ArrayList<>();
        int from = 0;
        int at = 0;
        while (at < text.length()) {
            if (text.startsWith(ESCAPE, at)) {
                plain(text, from, at, pieces);
                pieces.add(new Piece(OPEN, ESCAPE, false));
                at += ESCAPE.length();
                from = at;
            } else if (text.startsWith(OPEN, at)) {
                plain(text, from, at, pieces);
                int end = end(text, at);
                if (end < 0) {
                    return List.of();
                }
                pieces.add(new Piece(text.substring(at + OPEN.length(), end - 1), text.substring(at, end), true));
                at = end;
                from = at;
            } else {
                at++;
            }
        }
        plain(text, from, text.length(), pieces);
        return List.copyOf(pieces);
    }

    private static void plain(String text, int from, int to, List<Piece> pieces) {
        if (from < to) {
            pieces.add(new Piece(text.substring(from, to), text.substring(from, to), false));
        }
    }

    /** Return the end of a reference. Braces are counted, since a default may itself contain a reference. */
    private static int end(String text, int open) {
        int depth = 0;
        for (int i = open + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth == 0) {
                return i + 1;
            }
        }
        return -1;
    }
}
