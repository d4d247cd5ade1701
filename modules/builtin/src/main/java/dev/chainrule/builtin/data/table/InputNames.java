package dev.chainrule.builtin.data.table;

import dev.chainrule.api.NamedLayer;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.value.Shape;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameter {@code inputs} of sources of rows: names of parts of a row, in its order. */
final class InputNames {
    private static final String KEY = "inputs";

    private InputNames() {}

    /**
     * Check the names, and copy the parts.
     *
     * @throws ParameterException if there is none
     * @throws InputException at a name that {@code from:} cannot give
     */
    static <T> Map<String, T> check(Map<String, T> inputs) {
        return check(KEY, inputs);
    }

    /** Check the names of a key, and copy the parts. */
    static <T> Map<String, T> check(String key, Map<String, T> inputs) {
        ParameterException.require(!inputs.isEmpty(), key, "empty", "one name or more");
        inputs.keySet().forEach(name -> {
            try {
                NamedLayer.requireName("name", name);
            } catch (ParameterException e) {
                throw new InputException("the input's " + e.getMessage(), "Allowed: " + e.allowed() + ".")
                        .atConfig(key + "." + name);
            }
        });
        return Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    }

    /**
     * Check the columns of each input.
     *
     * @param learned columns to predict
     * @throws InputException at an input without columns, and at a column that is listed twice or is to be predicted
     */
    static void checkColumns(Map<String, List<String>> inputs, List<String> learned) {
        Map<String, String> owners = new LinkedHashMap<>();
        inputs.forEach((input, columns) -> {
            if (columns.isEmpty()) {
                throw new InputException("the input " + input + " has no columns", "List one or more, or remove it.")
                        .atConfig(place(input));
            }
            for (int i = 0; i < columns.size(); i++) {
                String column = columns.get(i);
                String owner = owners.putIfAbsent(column, input);
                String place = place(input) + "[" + i + "]";
                if (owner != null) {
                    throw new InputException(
                                    "column '" + column + "' is listed in " + owner
                                            + (owner.equals(input) ? " twice" : ", too"),
                                    "A column belongs to one input. A layer select can read it from all: from: input.")
                            .atConfig(place);
                }
                if (learned.contains(column)) {
                    throw new InputException("column '" + column + "' is a target", "Remove it from the inputs.")
                            .atConfig(place);
                }
            }
        });
    }

    /**
     * Check the pictures beside columns.
     *
     * @param paths the column of each input's paths
     * @param groups the names of the other inputs
     * @param used the columns with another use, by the key that gives it
     * @throws InputException at a picture with the name of another input, or with a column of another use
     */
    static void checkPaths(Map<String, String> paths, Collection<String> groups, Map<String, List<String>> used) {
        Map<String, String> owners = new LinkedHashMap<>();
        paths.forEach((input, column) -> {
            String place = "pictures." + input;
            if (groups.contains(input)) {
                throw new InputException("two inputs are called '" + input + "'", "Give the picture another name.")
                        .atConfig(place);
            }
            String owner = owners.putIfAbsent(column, input);
            if (owner != null) {
                throw new InputException(
                                "column '" + column + "' has the paths of " + owner + ", too",
                                "Remove one: several layers can read the same picture.")
                        .atConfig(place);
            }
            used.forEach((key, columns) -> {
                if (columns.contains(column)) {
                    throw new InputException(
                                    "column '" + column + "' is listed in " + key + ", too",
                                    "A column of paths has no other use: remove it there.")
                            .atConfig(place);
                }
            });
        });
    }

    /** Return the inputs that are groups of columns. */
    static List<Encoding.Input> of(Map<String, List<String>> inputs, List<Encoding.Column> columns) {
        return inputs.entrySet().stream()
                .map(input -> new Encoding.Input(
                        input.getKey(),
                        Shape.of(columns.stream()
                                .filter(column -> input.getValue().contains(column.name()))
                                .mapToInt(Encoding.Column::width)
                                .sum())))
                .toList();
    }

    static String place(String input) {
        return KEY + "." + input;
    }
}
