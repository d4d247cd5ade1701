package dev.chainrule.engine.files;

import dev.chainrule.math.Numbers;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * JSON text of maps, lists, text, numbers, booleans and null, with keys in the order given. Numbers that JSON lacks become
 * text: {@code "NaN"}, {@code "Infinity"}, {@code "-Infinity"}.
 */
public final class Json {
    private static final String INDENT = "  ";

    private Json() {}

    /** Return a value on one line. */
    public static String line(Object value) {
        StringBuilder out = new StringBuilder();
        write(value, out, null);
        return out.toString();
    }

    /** Return a value on several lines, indented, ending in a line feed; lists of plain values stay on one line. */
    public static String pretty(Object value) {
        StringBuilder out = new StringBuilder();
        write(value, out, "\n");
        return out.append('\n').toString();
    }

    /** Return a text in quotes: quote, backslash and control characters are escaped, everything else is unchanged. */
    public static String text(String value) {
        StringBuilder out = new StringBuilder();
        writeText(value, out);
        return out.toString();
    }

    private static void write(Object value, StringBuilder out, String newline) {
        if (value instanceof Map<?, ?> map) {
            writeMap(map, out, newline);
        } else if (value instanceof List<?> list) {
            writeList(list, out, newline);
        } else if (value instanceof Double number) {
            writeDouble(number, out);
        } else if (value == null || value instanceof Boolean || value instanceof Integer || value instanceof Long) {
            out.append(value);
        } else if (value instanceof String text) {
            writeText(text, out);
        } else {
            throw new IllegalArgumentException("no JSON for a " + value.getClass());
        }
    }

    private static void writeMap(Map<?, ?> map, StringBuilder out, String newline) {
        String inner = newline == null ? null : newline + INDENT;
        out.append('{');
        for (Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator(); entries.hasNext(); ) {
            Map.Entry<?, ?> entry = entries.next();
            out.append(inner == null ? "" : inner);
            writeText((String) entry.getKey(), out);
            out.append(inner == null ? ":" : ": ");
            write(entry.getValue(), out, inner);
            out.append(entries.hasNext() ? "," : newline == null ? "" : newline);
        }
        out.append('}');
    }

    private static void writeList(List<?> list, StringBuilder out, String newline) {
        boolean plain = list.stream().noneMatch(item -> item instanceof Map || item instanceof List);
        String inner = newline == null || plain ? null : newline + INDENT;
        out.append('[');
        for (Iterator<?> items = list.iterator(); items.hasNext(); ) {
            out.append(inner == null ? "" : inner);
            write(items.next(), out, inner);
            out.append(!items.hasNext() ? (inner == null ? "" : newline) : newline == null || !plain ? "," : ", ");
        }
        out.append(']');
    }

    private static void writeDouble(double number, StringBuilder out) {
        if (Double.isNaN(number)) {
            out.append("\"NaN\"");
        } else if (Double.isInfinite(number)) {
            out.append(number > 0 ? "\"Infinity\"" : "\"-Infinity\"");
        } else {
            out.append(Numbers.format(number));
        }
    }

    private static void writeText(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20) {
                        out.append("\\u00")
                                .append(Character.forDigit(c >> 4, 16))
                                .append(Character.forDigit(c & 15, 16));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
