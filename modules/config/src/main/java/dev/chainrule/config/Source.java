package dev.chainrule.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A text from a user, by lines, so that messages can quote it. */
public final class Source {
    private final String name;
    private final List<String> lines;
    private final boolean isArguments;

    private Source(String name, List<String> lines, boolean isArguments) {
        this.name = name;
        this.lines = lines;
        this.isArguments = isArguments;
    }

    /**
     * Create a source.
     *
     * @param name as messages show it, usually the path the user gave
     * @param text the whole text
     */
    public static Source of(String name, String text) {
        return new Source(name, split(text), false);
    }

    /** Create a source whose lines cannot be quoted: a missing file, a jar. */
    public static Source named(String name) {
        return new Source(name, List.of(), false);
    }

    /**
     * Create a source of arguments, one per line.
     *
     * @param name the name of one argument in messages: {@code --set argument}
     */
    public static Source ofArguments(String name, List<String> arguments) {
        return new Source(name, List.copyOf(arguments), true);
    }

    /** Return the name that messages show. */
    public String name() {
        return name;
    }

    /** Return whether the lines are arguments of a command. */
    public boolean isArguments() {
        return isArguments;
    }

    /** Return a line without its line break, counted from 1; empty if there is none. */
    public Optional<String> line(int number) {
        return number >= 1 && number <= lines.size() ? Optional.of(lines.get(number - 1)) : Optional.empty();
    }

    /** Split lines as the YAML scanner does: NEL, LS and PS end a line too. */
    private static List<String> split(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean carriageReturn = c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n');
            if (c == '\n' || c == '\u0085' || c == '\u2028' || c == '\u2029' || carriageReturn) {
                int end = c == '\n' && i > start && text.charAt(i - 1) == '\r' ? i - 1 : i;
                lines.add(text.substring(start, end));
                start = i + 1;
            }
        }
        lines.add(text.substring(start));
        return List.copyOf(lines);
    }
}
