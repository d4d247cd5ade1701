package dev.chainrule.config.registry;

import dev.chainrule.api.Doc;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A record that YAML can describe: its parameters, in order.
 *
 * @param type the record class
 * @param parameters in the order of the declaration
 */
public record RecordType(Class<? extends Record> type, List<RecordParameter> parameters) {
    /** A cache, since the result for a class never changes and lists of records need it often. */
    private static final ClassValue<RecordType> KNOWN = new ClassValue<>() {
        @Override
        protected RecordType computeValue(Class<?> type) {
            return read(type.asSubclass(Record.class));
        }
    };

    public RecordType {
        parameters = List.copyOf(parameters);
    }

    /**
     * Return the description of a record class.
     *
     * @throws IllegalArgumentException if a parameter has a type that YAML cannot write, or several are direct
     */
    public static RecordType of(Class<? extends Record> type) {
        return KNOWN.get(type);
    }

    /** Return the author's description of a record; {@code ""} if there is none. */
    public static String doc(Class<? extends Record> type) {
        return Declarations.of(type, Doc.class, "value", Doc::value).orElse("").strip();
    }

    private static RecordType read(Class<? extends Record> type) {
        List<RecordParameter> parameters = new ArrayList<>();
        int direct = 0;
        for (RecordComponent component : type.getRecordComponents()) {
            RecordParameter parameter = RecordParameter.of(component);
            parameters.add(parameter);
            if (parameter.direct()) {
                requireComponent(parameter);
                direct++;
            }
        }
        if (direct > 1) {
            throw new IllegalArgumentException("more than one parameter is @Inline");
        }
        return new RecordType(type, parameters);
    }

    private static void requireComponent(RecordParameter parameter) {
        ValueType inner = parameter.type() instanceof ValueType.Maybe maybe ? maybe.value() : parameter.type();
        if (!(inner instanceof ValueType.ComponentOf)) {
            throw new IllegalArgumentException("parameter " + parameter.name() + " is @Inline but no component");
        }
    }

    /** Return the parameter that is written instead of the record, if there is one. */
    public Optional<RecordParameter> direct() {
        for (RecordParameter parameter : parameters) {
            if (parameter.direct()) {
                return Optional.of(parameter);
            }
        }
        return Optional.empty();
    }

    /** Return the keys of all parameters but the direct one, in order. */
    public List<String> keys() {
        List<String> keys = new ArrayList<>();
        for (RecordParameter parameter : parameters) {
            if (!parameter.direct()) {
                keys.add(parameter.key());
            }
        }
        return keys;
    }

    /** Return the parameter of a YAML key. */
    public Optional<RecordParameter> find(String key) {
        for (RecordParameter parameter : parameters) {
            if (!parameter.direct() && parameter.key().equals(key)) {
                return Optional.of(parameter);
            }
        }
        return Optional.empty();
    }

    /**
     * Create the record.
     *
     * @param values one for each parameter, in order
     * @throws InvocationTargetException with the exception of the constructor
     */
    public Record create(Object[] values) throws InvocationTargetException {
        try {
            RecordComponent[] components = type.getRecordComponents();
            Class<?>[] types = new Class<?>[components.length];
            for (int i = 0; i < types.length; i++) {
                types[i] = components[i].getType();
            }
            Constructor<? extends Record> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
            throw new IllegalStateException("record " + type + " cannot be created", e);
        }
    }
}
