package dev.chainrule.config.bind;

import dev.chainrule.api.error.Suggestion;
import dev.chainrule.config.node.ConfigNode;
import dev.chainrule.config.registry.ValueType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The binding of scalars: text, numbers, truth values, choices, and records that are written as one scalar. */
final class ScalarBinder {
    private static final Map<String, String> TRUTHS =
            Map.of("yes", "true", "on", "true", "no", "false", "off", "false");

    private ScalarBinder() {}

    /**
     * Read a scalar.
     *
     * @throws Refused if {@code type} does not allow it
     */
    static Object read(ValueType type, ConfigNode.Scalar scalar) throws Refused {
        String text = scalar.text();
        if (type instanceof ValueType.Text) {
            return text;
        }
        if (type instanceof ValueType.Choice choice) {
            return choice(choice, text);
        }
        if (type instanceof ValueType.Scalar parsed) {
            return parsed(parsed, text);
        }
        if (!scalar.plain()) {
            throw quoted(type, text);
        }
        if (type instanceof ValueType.Whole whole) {
            return whole.isLong()
                    ? (Object) NumberText.whole(text, Long.MIN_VALUE, Long.MAX_VALUE)
                    : (Object) (int) NumberText.whole(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
        }
        if (type instanceof ValueType.Real) {
            return NumberText.real(text);
        }
        if (type instanceof ValueType.Flag) {
            return flag(text);
        }
        throw new Refused("'" + text + "' is not " + type.one());
    }

    private static Refused quoted(ValueType type, String text) {
        String message = "'" + text + "' in quotes is text, not " + type.one();
        try {
            read(type, new ConfigNode.Scalar(text, true, null));
            return new Refused(message, "Remove the quotes.");
        } catch (Refused e) {
            return new Refused(message, e.notes().toArray(String[]::new));
        }
    }

    private static boolean flag(String text) throws Refused {
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        String lower = text.toLowerCase(Locale.ROOT);
        String meant = TRUTHS.getOrDefault(lower, lower);
        String message = "'" + text + "' is not true or false";
        throw meant.equals("true") || meant.equals("false")
                ? new Refused(message, "Write " + meant + ".")
                : new Refused(message);
    }

    private static Enum<?> choice(ValueType.Choice choice, String text) throws Refused {
        Optional<Enum<?>> found = choice.find(text);
        if (found.isPresent()) {
            return found.get();
        }
        List<String> allowed = choice.allowed();
        throw new Refused(
                "'" + text + "' is not allowed here",
                Suggestion.didYouMean(text, allowed) + "Allowed: " + String.join(", ", allowed) + ".");
    }

    private static Object parsed(ValueType.Scalar parsed, String text) throws Refused {
        String note = "Allowed: " + parsed.allowed() + ".";
        try {
            Method parse = parsed.type().getDeclaredMethod("parse", String.class);
            parse.setAccessible(true);
            return parse.invoke(null, text);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException cause) {
                boolean saysSomething = cause.getMessage() != null && !(cause instanceof NumberFormatException);
                throw new Refused(saysSomething ? cause.getMessage() : "'" + text + "' is not allowed here", note);
            }
            throw new IllegalStateException("parse of " + parsed.type() + " failed", e.getCause());
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new IllegalStateException(parsed.type() + " is @ScalarForm but has no static parse(String)", e);
        }
    }
}
