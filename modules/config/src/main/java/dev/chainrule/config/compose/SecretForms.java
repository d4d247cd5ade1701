package dev.chainrule.config.compose;

import dev.chainrule.math.Numbers;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The forms in which a secret's value may appear in a text.
 *
 * <p>A form is a text that other code derives from the value: a path without {@code ..}, a number without its exponent,
 * Base64. The pattern of a form then finds it in any case and with its characters escaped as in JSON, YAML, Java or a
 * URL, so that the forms need not be multiplied by the ways to escape them.
 */
final class SecretForms {
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(?:[0-9]{1,40}\\.?[0-9]{0,40}|\\.[0-9]{1,40})(?:[eE][+-]?[0-9]{1,2})?%?");
    private static final Pattern URL =
            Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://(?:([^/@]*)@)?([^/?#]*)([^?#]*)(?:\\?([^#]*))?(?:#(.*))?");
    /** A file's name with an ending. */
    private static final Pattern NAMED = Pattern.compile("(\\S[^/\\\\]*)\\.[A-Za-z0-9]{1,8}");
    /** The number of names at the end of a path of which each tail is a separate form. */
    private static final int MOST_NAMES = 16;
    /** A multi-line key is shorter; the pattern of a text is many times its length. */
    private static final int LONGEST_ESCAPED = 8_192;

    private static final String BLANKS =
            "(?:[\\s\\p{Cntrl}\\x{85}\\x{a0}\\x{2028}\\x{2029}\\x{fffd}+]|\\\\{1,2}[nrtfbNLP0]"
                    + "|\\\\{1,2}u[0-9a-f]{4}|%[0-9a-f]{2}|&#\\d+;)+";
    private static final String SLASHES = "(?:[/\\\\]\\.(?=[/\\\\])|\\\\u00(?:2f|5c)|[/\\\\]|%2f|%5c)++";

    /** A path's "." between separators, which the pattern of a separator skips. */
    private static final Pattern HERE = Pattern.compile("(?<=[/\\\\])(?:\\.(?:[/\\\\]+|$))+");

    private SecretForms() {}

    /** Return the forms of a whole value, first the value itself. */
    static Set<String> whole(String value) {
        String plain = value.strip();
        Set<String> forms = new LinkedHashSet<>();
        forms.add(plain);
        forms.add(plain.toLowerCase(Locale.ROOT));
        forms.add(plain.toUpperCase(Locale.ROOT));
        for (Normalizer.Form form : Normalizer.Form.values()) {
            forms.add(Normalizer.normalize(plain, form));
        }
        if (isPath(plain)) {
            paths(plain, Path.of("").toAbsolutePath(), forms);
        }
        encoded(value, forms);
        encoded(plain, forms);
        return forms;
    }

    /** Return the forms of a path relative to a folder; none if the value is not a path. */
    static Set<String> in(Path folder, String value) {
        Set<String> forms = new LinkedHashSet<>();
        String plain = value.strip();
        if (isPath(plain)) {
            paths(plain, folder, forms);
        }
        return forms;
    }

    /**
     * Return the forms of the parts of a value that appear alone: lines, the names of a path, the parts of a URL, and a file's name
     * without its ending, which is what plugins and runs are called by.
     */
    static Set<String> parts(String value) {
        String plain = value.strip();
        Set<String> parts = new LinkedHashSet<>();
        plain.lines().map(String::strip).forEach(parts::add);
        Matcher url = URL.matcher(plain);
        if (url.matches()) {
            for (int group = 1; group <= url.groupCount(); group++) {
                if (url.group(group) != null) {
                    parts.add(url.group(group));
                    parts.addAll(Arrays.asList(url.group(group).split("[:&=;]")));
                }
            }
        } else if (isPath(plain)) {
            Path path = Path.of(plain).normalize();
            int names = path.getNameCount();
            for (int from = Math.max(0, names - MOST_NAMES); from < names; from++) {
                parts.add(path.subpath(from, names).toString());
            }
            withoutEnding(String.valueOf(path.getFileName()), parts);
        } else if (!NUMBER.matcher(plain).matches()) {
            withoutEnding(plain, parts);
        }
        return parts;
    }

    private static void withoutEnding(String file, Set<String> parts) {
        Matcher named = NAMED.matcher(file);
        if (named.matches()) {
            parts.add(named.group(1));
        }
    }

    /** Return a number in the forms that other code may write; none if the value is not a number. */
    static Set<String> numbers(String value) {
        Set<String> forms = new LinkedHashSet<>();
        String plain = value.strip().replace("_", "");
        if (NUMBER.matcher(plain).matches()) {
            forms.add(plain);
            boolean percent = plain.endsWith("%");
            BigDecimal number = new BigDecimal(percent ? plain.substring(0, plain.length() - 1) : plain);
            number(number, forms);
            if (percent) {
                number(number.movePointLeft(2), forms);
            }
        }
        return forms;
    }

    private static void number(BigDecimal number, Set<String> forms) {
        forms.add(number.toString());
        forms.add(number.toPlainString());
        forms.add(number.stripTrailingZeros().toString());
        forms.add(number.stripTrailingZeros().toPlainString());
        forms.add(number.toEngineeringString());
        forms.add(Numbers.format(number.doubleValue()));
        forms.add(String.format(Locale.ROOT, "%,d", number.toBigInteger()));
    }

    private static boolean isPath(String value) {
        try {
            return (value.contains("/") || value.contains("\\"))
                    && !Path.of(value).toString().isEmpty();
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static void paths(String value, Path folder, Set<String> forms) {
        Path path = Path.of(value);
        Path normal = path.normalize();
        Path absolute = folder.resolve(path).toAbsolutePath().normalize();
        forms.add(path.toString());
        forms.add(normal.toString());
        forms.add(normal.toString().replaceFirst("^(\\.\\./)+", ""));
        forms.add(absolute.toString());
        try {
            forms.add(absolute.toRealPath().toString());
        } catch (IOException e) {
            return; // a path that does not exist has no other name
        }
    }

    /**
     * Add the Base64 of a value within a longer text, where it may begin at any of three places in a group of letters.
     */
    private static void encoded(String value, Set<String> forms) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, shifted, before, bytes.length);
            // The first and last letters also contain bits of the text around the value.
            int from = (before * 8 + 5) / 6;
            int to = shifted.length * 8 / 6;
            for (Base64.Encoder encoder : new Base64.Encoder[] {Base64.getEncoder(), Base64.getUrlEncoder()}) {
                forms.add(encoder.encodeToString(shifted).substring(from, Math.max(from, to)));
            }
        }
    }

    /** Return a pattern that finds a form with its characters escaped in any usual way. */
    static String pattern(String form) {
        if (form.length() > LONGEST_ESCAPED) {
            return Pattern.quote(form);
        }
        StringBuilder out = new StringBuilder();
        boolean wasBlank = false;
        boolean wasSlash = false;
        for (int c : HERE.matcher(form).replaceAll("").codePoints().toArray()) {
            boolean blank = isBlank(c);
            boolean slash = c == '/' || c == '\\';
            if (blank && !wasBlank) {
                out.append(BLANKS);
            } else if (slash && !wasSlash) {
                out.append(SLASHES);
            } else if (!blank && !slash) {
                out.append(character(c));
            }
            wasBlank = blank;
            wasSlash = slash;
        }
        return out.toString();
    }

    private static boolean isBlank(int c) {
        return Character.isWhitespace(c) || Character.isISOControl(c) || Character.isSpaceChar(c);
    }

    private static String character(int c) {
        String literal = Pattern.quote(Character.toString(c));
        if (c < 0x80 && Character.isLetterOrDigit(c)) {
            return Character.toString(c);
        }
        StringBuilder unicode = new StringBuilder();
        for (char unit : Character.toChars(c)) {
            unicode.append(String.format(Locale.ROOT, "\\\\{1,2}u%04x", (int) unit));
        }
        StringBuilder percent = new StringBuilder();
        for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
            percent.append(String.format(Locale.ROOT, "%%(?:25)?%02x", b));
        }
        String repeated = c == '\'' ? "'?" : "";
        return "(?:\\\\{0,3}" + literal + repeated + "|" + unicode + "|"
                + String.format(Locale.ROOT, "\\\\{1,2}(?:U%08x|x%02x)", c, c) + "|" + percent
                + "|&#(?:" + c + "|x" + Integer.toHexString(c) + ");|" + entity(c) + ")";
    }

    private static String entity(int c) {
        return switch (c) {
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '&' -> "&amp;";
            default -> "&apos;";
        };
    }
}
