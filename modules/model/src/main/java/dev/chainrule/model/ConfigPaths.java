package dev.chainrule.model;

import dev.chainrule.api.NamedLayer;
import dev.chainrule.api.value.Inline;
import dev.chainrule.api.value.ScalarForm;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The places of values in a config, so that a message can point there. */
public final class ConfigPaths {
    private static final Pattern CAPITAL = Pattern.compile("([A-Z])");

    private ConfigPaths() {}

    /**
     * Return the path of the parameter that contains a value.
     *
     * @param path of the record, {@code model[2]}
     * @param record bound there
     * @param wanted recognises the value
     * @return {@code model[2].units}; empty if no parameter contains it
     */
    public static Optional<String> find(String path, Record record, Predicate<Object> wanted) {
        return find(path, record, (at, value) -> wanted.test(value));
    }

    /**
     * A value in a record.
     *
     * @param path from the record on
     */
    public record Located(String path, Object value) {}

    /** Return the lists in a record, in the order of its parameters. */
    public static List<Located> lists(Record record) {
        List<Located> lists = new ArrayList<>();
        find("", record, (at, value) -> {
            if (value instanceof List<?>) {
                lists.add(new Located(at.substring(1), value));
            }
            return false;
        });
        return lists;
    }

    private static Optional<String> find(String path, Record record, BiPredicate<String, Object> wanted) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            String key = CAPITAL.matcher(component.getName()).replaceAll("_$1").toLowerCase(Locale.ROOT);
            String at = component.isAnnotationPresent(Inline.class) ? path : path + "." + key;
            Optional<String> found = within(at, value(record, component), wanted);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /**
     * Return the path of the parameter that contains a value, in the last such layer of a list.
     *
     * @param path of the list
     */
    public static Optional<String> inLayers(String path, List<NamedLayer> layers, Predicate<Object> wanted) {
        for (int i = layers.size() - 1; i >= 0; i--) {
            Optional<String> found = layers.get(i).spec() instanceof Record spec
                    ? find(path + "[" + i + "]", spec, wanted)
                    : Optional.empty();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /**
     * Return the path of the first of some parameters that was given a value.
     *
     * @param path of the component, {@code data.train}
     * @param component bound there
     * @param keys the parameters' names in YAML
     * @return {@code data.train.target}; the component's own path if none was given
     */
    public static String firstGiven(String path, Object component, String... keys) {
        for (String key : keys) {
            for (RecordComponent parameter : parameters(component)) {
                if (parameter.getName().equals(key) && !Optional.empty().equals(value((Record) component, parameter))) {
                    return path + "." + key;
                }
            }
        }
        return path;
    }

    /** Return whether a component has a parameter of a name, given or not. */
    public static boolean hasParameter(Object component, String key) {
        return Arrays.stream(parameters(component))
                .anyMatch(parameter -> parameter.getName().equals(key));
    }

    private static RecordComponent[] parameters(Object component) {
        return component instanceof Record ? component.getClass().getRecordComponents() : new RecordComponent[0];
    }

    private static Optional<String> within(String path, Object value, BiPredicate<String, Object> wanted) {
        if (wanted.test(path, value)) {
            return Optional.of(path);
        }
        if (value instanceof Optional<?> maybe) {
            return maybe.isPresent() ? within(path, maybe.get(), wanted) : Optional.empty();
        }
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                Optional<String> found = within(path + "[" + i + "]", list.get(i), wanted);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                Optional<String> found = within(path + "." + entry.getKey(), entry.getValue(), wanted);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        if (value instanceof Record inner) {
            Optional<String> found = find(path, inner, wanted);
            return inner.getClass().isAnnotationPresent(ScalarForm.class) ? found.map(part -> path) : found;
        }
        return Optional.empty();
    }

    private static Object value(Record record, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("cannot read " + component.getName() + " of " + record.getClass(), e);
        }
    }
}
