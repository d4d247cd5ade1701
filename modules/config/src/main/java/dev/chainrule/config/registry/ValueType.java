package dev.chainrule.config.registry;

import dev.chainrule.api.Kind;
import dev.chainrule.api.value.ScalarForm;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The type of a parameter's value in YAML, with its name in users' words. */
public sealed interface ValueType {
    /** Return the name that users read: {@code whole number}, {@code list of numbers}. */
    String words();

    /** Return the name of several: {@code whole numbers}. */
    default String plural() {
        return words() + "s";
    }

    /** Return the name with its article: {@code an activation}. */
    default String one() {
        return article(words());
    }

    /** A text. */
    record Text() implements ValueType {
        @Override
        public String words() {
            return "text";
        }

        @Override
        public String one() {
            return "text";
        }
    }

    /** A whole number of 32 or 64 bits. */
    record Whole(boolean isLong) implements ValueType {
        @Override
        public String words() {
            return "whole number";
        }
    }

    /** A floating-point number. */
    record Real() implements ValueType {
        @Override
        public String words() {
            return "number";
        }
    }

    /** True or false. */
    record Flag() implements ValueType {
        @Override
        public String words() {
            return "true or false";
        }

        @Override
        public String one() {
            return words();
        }

        @Override
        public String plural() {
            return "true and false";
        }
    }

    /** One of an enum's constants, written in lower case. */
    record Choice(Class<? extends Enum<?>> type) implements ValueType {
        /** Return the text of a constant in YAML. */
        public static String text(Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        }

        /**
         * Return the words that YAML may contain, in the order of the class file, which is that of the declaration.
         * They are read from the fields: reading the constants would initialise the class, and describing a plugin must
         * not do that.
         */
        public List<String> allowed() {
            return Arrays.stream(type.getDeclaredFields())
                    .filter(Field::isEnumConstant)
                    .map(field -> field.getName().toLowerCase(Locale.ROOT))
                    .toList();
        }

        /** Return the constant with a text. */
        public Optional<Enum<?>> find(String text) {
            return Arrays.<Enum<?>>stream(type.getEnumConstants())
                    .filter(constant -> text(constant).equals(text))
                    .findFirst();
        }

        @Override
        public String words() {
            return "one of " + String.join(", ", allowed());
        }

        @Override
        public String one() {
            return words();
        }

        @Override
        public String plural() {
            return "any of " + String.join(", ", allowed());
        }
    }

    /** A record that is written as one scalar. */
    record Scalar(Class<? extends Record> type) implements ValueType {
        /** Return a description of the allowed texts. */
        public String allowed() {
            return Declarations.of(type, ScalarForm.class, "value", ScalarForm::value)
                    .orElse("");
        }

        /** Return a regular expression for the whole text; empty if there is none. */
        public String pattern() {
            return Declarations.of(type, ScalarForm.class, "pattern", ScalarForm::pattern)
                    .orElse("");
        }

        @Override
        public String words() {
            return allowed();
        }

        @Override
        public String one() {
            return allowed();
        }

        @Override
        public String plural() {
            return "items, each " + allowed();
        }
    }

    /** A value that may be omitted. */
    record Maybe(ValueType value) implements ValueType {
        @Override
        public String words() {
            return value.words();
        }

        @Override
        public String plural() {
            return value.plural();
        }

        @Override
        public String one() {
            return value.one();
        }
    }

    /** A list. */
    record ListOf(ValueType item) implements ValueType {
        @Override
        public String words() {
            return "list of " + item.plural();
        }

        @Override
        public String plural() {
            return "lists of " + item.plural();
        }
    }

    /** Names of the user's choice with values, in order. */
    record MapOf(ValueType value) implements ValueType {
        @Override
        public String words() {
            return "mapping of names to " + value.plural();
        }

        @Override
        public String plural() {
            return "mappings of names to " + value.plural();
        }
    }

    /** A list that may be written without brackets if it has one item, which is a scalar. */
    record OneOrMore(ValueType item) implements ValueType {
        @Override
        public String words() {
            return item.words() + " or list of " + item.plural();
        }

        @Override
        public String one() {
            return item.one() + " or a list of " + item.plural();
        }

        @Override
        public String plural() {
            return item.plural() + " or lists of " + item.plural();
        }
    }

    /** A word, or a value that is not written as a scalar. */
    record WordOr(Choice choice, ValueType value) implements ValueType {
        @Override
        public String words() {
            return String.join(", ", choice.allowed()) + ", or " + value.words();
        }

        @Override
        public String one() {
            return String.join(", ", choice.allowed()) + ", or " + value.one();
        }

        @Override
        public String plural() {
            return String.join(", ", choice.allowed()) + ", or " + value.plural();
        }
    }

    /** A record written as a mapping. */
    record Nested(Class<? extends Record> type) implements ValueType {
        /** Return the record's parameters. */
        public RecordType recordType() {
            return RecordType.of(type);
        }

        @Override
        public String words() {
            return named(parameter -> parameter.type().words(), "mapping with ");
        }

        @Override
        public String plural() {
            return named(parameter -> parameter.type().plural(), "mappings with ");
        }

        private String named(Function<RecordParameter, String> direct, String mapping) {
            String keys = mapping + String.join(", ", recordType().keys());
            Optional<RecordParameter> instead = recordType().direct();
            if (instead.isEmpty()) {
                return keys;
            }
            String words = direct.apply(instead.get());
            return instead.get().required() ? words : words + ", or " + keys;
        }
    }

    /** A component of a kind. */
    record ComponentOf(Kind kind) implements ValueType {
        @Override
        public String words() {
            return kind.forNumbers().isPresent() ? "number or " + kind.label() : kind.label();
        }

        @Override
        public String plural() {
            return kind.forNumbers().isPresent() ? "numbers or " + kind.label() + "s" : kind.label() + "s";
        }
    }

    /** Return a noun with its article. */
    static String article(String noun) {
        return ("aeiou".indexOf(noun.charAt(0)) >= 0 ? "an " : "a ") + noun;
    }

    /**
     * Return the type of YAML values for a Java type.
     *
     * @throws IllegalArgumentException if parameters cannot have that type
     */
    static ValueType of(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (generic.getRawType() == Optional.class) {
                return new Maybe(of(arguments[0]));
            }
            if (generic.getRawType() == List.class) {
                return new ListOf(of(arguments[0]));
            }
            if (generic.getRawType() == dev.chainrule.api.value.OneOrMore.class && isScalar(of(arguments[0]))) {
                return new OneOrMore(of(arguments[0]));
            }
            if (generic.getRawType() == Map.class && arguments[0] == String.class) {
                return new MapOf(of(arguments[1]));
            }
            if (generic.getRawType() == dev.chainrule.api.value.WordOr.class
                    && of(arguments[0]) instanceof Choice choice
                    && isLong(of(arguments[1]))) {
                return new WordOr(choice, of(arguments[1]));
            }
        }
        if (type instanceof Class<?> plain) {
            return ofClass(plain);
        }
        throw new IllegalArgumentException("parameters cannot have the type " + type.getTypeName());
    }

    /** Return whether each value of a type is written as a scalar. */
    private static boolean isScalar(ValueType type) {
        return type instanceof Text || type instanceof Whole || type instanceof Real || type instanceof Choice;
    }

    /** Return whether no scalar is written for a type, so that it cannot be confused with a word. */
    private static boolean isLong(ValueType type) {
        return type instanceof ListOf
                || type instanceof MapOf
                || type instanceof Nested nested && nested.recordType().direct().isEmpty();
    }

    private static ValueType ofClass(Class<?> type) {
        if (type == String.class) {
            return new Text();
        }
        if (type == int.class || type == Integer.class) {
            return new Whole(false);
        }
        if (type == long.class || type == Long.class) {
            return new Whole(true);
        }
        if (type == double.class || type == Double.class) {
            return new Real();
        }
        if (type == boolean.class || type == Boolean.class) {
            return new Flag();
        }
        if (type.isEnum()) {
            @SuppressWarnings("unchecked")
            Class<? extends Enum<?>> choice = (Class<? extends Enum<?>>) type;
            return new Choice(choice);
        }
        Optional<Kind> kind = Kind.of(type);
        if (kind.isPresent()) {
            return new ComponentOf(kind.get());
        }
        if (type.isRecord()) {
            Class<? extends Record> record = type.asSubclass(Record.class);
            return Declarations.of(record, ScalarForm.class, "value", ScalarForm::value)
                            .isPresent()
                    ? scalar(record)
                    : new Nested(record);
        }
        throw new IllegalArgumentException("parameters cannot have the type " + type.getTypeName());
    }

    private static ValueType scalar(Class<? extends Record> record) {
        try {
            Method parse = record.getDeclaredMethod("parse", String.class);
            if (Modifier.isStatic(parse.getModifiers()) && parse.getReturnType() == record) {
                return new Scalar(record);
            }
        } catch (NoSuchMethodException e) {
            // Reported below, like a method that is not static.
        }
        throw new IllegalArgumentException(record.getTypeName() + " is @ScalarForm but has no static parse(String)");
    }
}
