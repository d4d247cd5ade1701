package dev.chainrule.config;

import java.util.Arrays;

/**
 * A quoted line with a token underlined; of a long line, only the part around the token.
 *
 * @param quoted the gutter and the line, the next line's gutter, and blanks up to the token
 * @param carets one for each column of the token
 */
record Excerpt(String quoted, String carets) {
    private static final int LONGEST = 160;
    private static final int BEFORE_TOKEN = 60;

    static Excerpt of(Mark mark, String text) {
        int[] line = text.codePoints().toArray();
        int from = Math.min(mark.column() - 1, line.length);
        int to = Math.max(from, Math.min(mark.endColumn() - 1, line.length));
        int start = line.length <= LONGEST ? 0 : Math.max(0, from - BEFORE_TOKEN);
        int end = Math.min(line.length, start + LONGEST);
        String before = (start > 0 ? "…" : "") + string(line, start, from);
        String token = string(line, from, Math.min(to, end));
        String after = string(line, Math.min(to, end), end) + (end < line.length ? "…" : "");
        String number = String.valueOf(mark.line());
        String gutter = " ".repeat(Math.max(3, 5 - number.length()));
        String quoted = gutter + number + " | " + before + token + after + "\n" + gutter + " ".repeat(number.length())
                + " | " + blanks(before);
        return new Excerpt(quoted, "^".repeat(Math.max(1, columns(token))));
    }

    private static String string(int[] codePoints, int from, int to) {
        return new String(codePoints, from, Math.max(0, to - from)).replaceAll("[\\p{Cntrl}&&[^\\t]]", "\ufffd");
    }

    /** Keep tabs, so that the carets are below the token at any tab width of the terminal. */
    private static String blanks(String before) {
        StringBuilder out = new StringBuilder();
        before.codePoints().forEach(c -> out.append(c == '\t' ? "\t" : " ".repeat(width(c))));
        return out.toString();
    }

    private static int columns(String token) {
        return token.codePoints().map(Excerpt::width).sum();
    }

    /**
     * Return the columns of a character: terminals show combining marks in none, ideographs, Hangul and emoji in two
     * (Unicode annex 11, in outline).
     */
    private static int width(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        int[][] wide = {
            {0x1100, 0x115f},
            {0x2e80, 0xa4cf},
            {0xac00, 0xd7a3},
            {0xf900, 0xfaff},
            {0xfe30, 0xfe6f},
            {0xff00, 0xff60},
            {0x1f300, 0x1faff},
            {0x20000, 0x3fffd}
        };
        return Arrays.stream(wide).anyMatch(range -> c >= range[0] && c <= range[1]) ? 2 : 1;
    }
}
