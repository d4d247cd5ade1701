package dev.chainrule.engine.files;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A reader of JSON (RFC 8259), which turns it into maps, lists, text, longs, doubles, booleans and null. Strict: no trailing
 * text, no duplicate keys, no deep nesting.
 */
public final class JsonReader {
    private static final int DEEPEST = 64;

    private final String text;
    private final boolean exact;
    private int at;
    private int depth;

    private JsonReader(String text, boolean exact) {
        this.text = text;
        this.exact = exact;
    }

    /**
     * A number with the digits that the text has.
     *
     * @param digits as written
     */
    public record Digits(String digits) {}

    /**
     * Read one value.
     *
     * @throws IllegalArgumentException with the problem and the number of the character
     */
    public static Object read(String text) {
        return read(new JsonReader(text, false));
    }

    /**
     * Read one value, every number as {@link Digits}.
     *
     * @throws IllegalArgumentException with the problem and the number of the character
     */
    public static Object readExact(String text) {
        return read(new JsonReader(text, true));
    }

    private static Object read(JsonReader reader) {
        Object value = reader.value();
        reader.space();
        if (reader.at < reader.text.length()) {
            throw reader.wrong("text after the value");
        }
        return value;
    }

    private Object value() {
        space();
        char c = peek();
        return switch (c) {
            case '{' -> map();
            case '[' -> list();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, Object> map() {
        Map<String, Object> map = new LinkedHashMap<>();
        open();
        space();
        if (peek() == '}') {
            close();
            return map;
        }
        while (true) {
            space();
            if (peek() != '"') {
                throw wrong("a key in quotes is required");
            }
            String key = string();
            space();
            expect(':');
            Object value = value();
            if (map.containsKey(key)) {
                throw wrong("key '" + key + "' twice");
            }
            map.put(key, value);
            space();
            if (peek() == '}') {
                close();
                return map;
            }
            expect(',');
        }
    }

    private List<Object> list() {
        List<Object> list = new ArrayList<>();
        open();
        space();
        if (peek() == ']') {
            close();
            return list;
        }
        while (true) {
            list.add(value());
            space();
            if (peek() == ']') {
                close();
                return list;
            }
            expect(',');
        }
    }

    private String string() {
        StringBuilder out = new StringBuilder();
        at++;
        while (peek() != '"') {
            char c = text.charAt(at++);
            if (c < 0x20) {
                throw wrong("a control character in a text");
            }
            out.append(c == '\\' ? escaped() : c);
        }
        at++;
        return out.toString();
    }

    private char escaped() {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                if (at + 4 > text.length() || !text.substring(at, at + 4).matches("[0-9a-fA-F]{4}")) {
                    throw wrong("four hexadecimal digits are required");
                }
                at += 4;
                yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
            }
            default -> throw wrong("an unknown escape");
        };
    }

    private Object number() {
        int from = at;
        while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String digits = text.substring(from, at);
        if (!digits.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
            throw wrong("a value is required");
        }
        if (exact) {
            return new Digits(digits);
        }
        try {
            return digits.matches("-?[0-9]+") ? (Object) Long.valueOf(digits) : (Object) Double.valueOf(digits);
        } catch (NumberFormatException e) {
            throw wrong("the number " + digits + " is too large");
        }
    }

    private Object word(String word, Object value) {
        if (!text.startsWith(word, at)) {
            throw wrong("a value is required");
        }
        at += word.length();
        return value;
    }

    private void open() {
        at++;
        if (++depth > DEEPEST) {
            throw wrong("nested deeper than " + DEEPEST);
        }
    }

    private void close() {
        at++;
        depth--;
    }

    private void expect(char c) {
        if (peek() != c) {
            throw wrong("'" + c + "' is required");
        }
        at++;
    }

    private char peek() {
        if (at >= text.length()) {
            throw wrong("the text ends too early");
        }
        return text.charAt(at);
    }

    private void space() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(what + " at character " + at);
    }
}
