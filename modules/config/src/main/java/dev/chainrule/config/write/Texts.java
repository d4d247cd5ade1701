package dev.chainrule.config.write;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.reader.StreamReader;

/** Quotes around texts that any YAML reader could take for something else. */
public final class Texts {
    /** Words that begin with a letter, or a count and a unit. */
    private static final Pattern SAFE =
            Pattern.compile("[A-Za-z_/][A-Za-z0-9_./+-]*(?: [A-Za-z0-9_./+-]+)*|[0-9]+ [A-Za-z]+");

    private static final Pattern WORDS = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_./+-]*(?: [A-Za-z0-9_./+-]+)*");
    /** YAML 1.1 reads these as truth values or as null; we do not, but other readers of the file may. */
    private static final Set<String> TAKEN = Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

    private static final int LONGEST_PLAIN = 200;

    private Texts() {}

    static YamlTree.Leaf leaf(String text) {
        return new YamlTree.Leaf(text(text));
    }

    /** Return a scalar that is always read as written: quoted only if YAML itself requires it. */
    static YamlTree.Leaf scalar(String text) {
        return matches(WORDS, text) && !text.equalsIgnoreCase("null") ? new YamlTree.Leaf(text) : leaf(text);
    }

    /** Return a text as YAML writes it. */
    public static String text(String text) {
        boolean safe = matches(SAFE, text) && !TAKEN.contains(text.toLowerCase(Locale.ROOT));
        return safe ? text : quoted(text);
    }

    /**
     * Return whether a short text matches. Java's patterns recurse over repeated groups, so a long text is quoted
     * unchecked.
     */
    private static boolean matches(Pattern pattern, String text) {
        return text.length() <= LONGEST_PLAIN && pattern.matcher(text).matches();
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                default -> {
                    boolean breaksLine = c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029 || c == 0xfeff;
                    if (breaksLine || !StreamReader.isPrintable(c)) {
                        out.append(String.format(Locale.ROOT, c > 0xffff ? "\\U%08x" : "\\u%04x", c));
                    } else {
                        out.appendCodePoint(c);
                    }
                }
            }
        });
        return out.append('"').toString();
    }
}
