package dev.chainrule.app.shell;

import java.util.ArrayList;
import java.util.List;

/** The wrapping of text into lines between words. */
public final class Words {
    private static final String GROUP_GAP = "  ";
    private static final int HANGING = 4;

    private Words() {}

    /**
     * Return lines that fit a width, except for words that are longer. Lines after the first are indented. A gap of two spaces or
     * more separates groups, and the line is broken there if it stays at least half full.
     *
     * @param text one line
     * @param width in columns, of which a line takes all but the last
     */
    public static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        int most = Math.max(1, width - 1);
        String rest = text.stripTrailing();
        String indent = rest.substring(0, rest.length() - rest.stripLeading().length());
        String hanging = indent.length() + HANGING < most / 2 ? indent + " ".repeat(HANGING) : "";
        while (rest.length() > most) {
            int from = rest.length() - rest.stripLeading().length();
            int end = breakBefore(rest, from, most);
            if (end < 0) {
                break;
            }
            lines.add(rest.substring(0, end).stripTrailing());
            rest = hanging + rest.substring(end).strip();
        }
        lines.add(rest);
        return lines;
    }

    /** Return the end of the line; after the first word if that is too long; -1 if nothing follows it. */
    private static int breakBefore(String text, int from, int most) {
        int gap = text.lastIndexOf(GROUP_GAP, most);
        if (gap > Math.max(from, most / 2)) {
            return gap;
        }
        int space = text.lastIndexOf(' ', most);
        return space > from ? space : text.indexOf(' ', from);
    }
}
