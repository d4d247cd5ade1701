package dev.chainrule.config.registry;

import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.value.Inline;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One parameter of a record.
 *
 * @param name in Java, {@code learningRate}
 * @param key in YAML, {@code learning_rate}
 * @param type the values that YAML may contain
 * @param defaultText its default as written in YAML
 * @param direct whether it is written instead of the record
 * @param doc its description; may be empty
 * @param component the record component
 */
public record RecordParameter(
        String name,
        String key,
        ValueType type,
        Optional<String> defaultText,
        boolean direct,
        String doc,
        RecordComponent component) {
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    static RecordParameter of(RecordComponent component) {
        return new RecordParameter(
                component.getName(),
                key(component.getName()),
                type(component),
                Declarations.of(component, Default.class, Default::value),
                Declarations.has(component, Inline.class),
                Declarations.of(component, Doc.class, Doc::value).orElse("").strip(),
                component);
    }

    private static ValueType type(RecordComponent component) {
        try {
            return ValueType.of(component.getGenericType());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("its parameter " + component.getName() + ": " + e.getMessage(), e);
        }
    }

    /** Return whether YAML must contain this parameter. */
    public boolean required() {
        return defaultText.isEmpty() && !(type instanceof ValueType.Maybe);
    }

    /** Return the expected value, as users read it: {@code number, default 0.9}. */
    public String summary() {
        if (required()) {
            return type.words() + ", required";
        }
        return type.words() + defaultText.map(text -> ", default " + text).orElse(", optional");
    }

    /** Return this parameter's value in a record. */
    public Object valueIn(Record owner) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(owner);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("parameter " + name + " of " + owner.getClass() + " cannot be read", e);
        }
    }

    /** Return the YAML key of a Java name: {@code learningRate} is {@code learning_rate}. */
    public static String key(String name) {
        return HUMP.matcher(name).replaceAll("_").toLowerCase(Locale.ROOT);
    }
}
