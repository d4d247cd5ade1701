package dev.chainrule.config.schema;

import dev.chainrule.config.compose.Composition;
import dev.chainrule.config.registry.ValueType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON Schema of scalars.
 *
 * <p>Editors read YAML by its core schema: to them {@code 12} and {@code true} are not texts, and {@code 1/255} is one.
 */
final class Forms {
    static final String TYPE = "type";
    static final String REF = "$ref";
    static final String STRING = "string";

    /** A reference <code>${…}</code>, allowed for every scalar: its value is unknown before the config is read. */
    static final String PLACEHOLDER = "placeholder";

    static final String NUMBER = "number";
    static final String WHOLE = "whole_number";
    static final String FLAG = "true_or_false";
    static final String TEXT = "text";

    private static final String REAL = "[-+]?(([0-9]+)(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?";

    private Forms() {}

    /** Return the shared forms, by name. */
    static Map<String, Object> definitions() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put(
                PLACEHOLDER,
                object(
                        TYPE,
                        STRING,
                        "pattern",
                        escaped(Composition.OPEN) + ".+" + escaped(Composition.CLOSE),
                        "title",
                        "a value from elsewhere, ${…}"));
        all.put(TEXT, object("title", "a text", TYPE, List.of(STRING, "number", "boolean")));
        all.put(WHOLE, object("title", "a whole number", "anyOf", List.of(object(TYPE, "integer"), ref(PLACEHOLDER))));
        all.put(
                NUMBER,
                object(
                        "title",
                        "a number, or a fraction such as 1/255",
                        "anyOf",
                        List.of(
                                object(TYPE, "number"),
                                object(TYPE, STRING, "pattern", "^" + REAL + " ?/ ?" + REAL + "$"),
                                ref(PLACEHOLDER))));
        all.put(FLAG, object("title", "true or false", "anyOf", List.of(object(TYPE, "boolean"), ref(PLACEHOLDER))));
        return all;
    }

    /** Return the form of one of several words. */
    static Map<String, Object> choice(ValueType.Choice choice) {
        List<Object> values = new ArrayList<>();
        for (String word : choice.allowed()) {
            values.add(word);
            if (word.equals("true") || word.equals("false")) {
                values.add(Boolean.valueOf(word));
            }
        }
        return anyOf(List.of(object("enum", values), ref(PLACEHOLDER)));
    }

    /** Return the form of a record that is written as one scalar. */
    static Map<String, Object> parsed(ValueType.Scalar scalar) {
        if (scalar.pattern().isEmpty()) {
            return ref(TEXT);
        }
        Map<String, Object> form =
                object("title", scalar.allowed(), TYPE, STRING, "pattern", "^(" + scalar.pattern() + ")$");
        if ("1".matches(scalar.pattern())) { // YAML reads a number without quotes as an integer
            form.put(TYPE, List.of(STRING, "integer"));
            form.put("minimum", "0".matches(scalar.pattern()) ? 0 : 1);
        }
        return anyOf(List.of(form, ref(PLACEHOLDER)));
    }

    static Map<String, Object> ref(String name) {
        return object(REF, "#/definitions/" + name);
    }

    static Map<String, Object> anyOf(List<?> alternatives) {
        return object("anyOf", alternatives);
    }

    /** Return a schema from alternating keywords and values. */
    static Map<String, Object> object(Object... keywords) {
        Map<String, Object> schema = new LinkedHashMap<>();
        for (int i = 0; i < keywords.length; i += 2) {
            schema.put((String) keywords[i], keywords[i + 1]);
        }
        return schema;
    }

    /** Return a text with its special characters escaped: JSON Schema has no quotes for patterns. */
    private static String escaped(String text) {
        return text.replaceAll("([${}])", "\\\\$1");
    }
}
