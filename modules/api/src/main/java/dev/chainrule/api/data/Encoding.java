package dev.chainrule.api.data;

import dev.chainrule.api.value.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The encoding of an example as numbers. Saved with the model.
 *
 * @param shape the input's shape
 * @param columns the named columns of a table, in order; empty for data that is not a table
 * @param targets the quantities to be learned, by the outputs of the network that learn them, see {@link DataContext#targets};
 *     that of a source which itself says what is learned has the name {@code ""}
 */
public record Encoding(Shape shape, List<Column> columns, Map<String, Target> targets) {
    /**
     * Copy the lists.
     *
     * @param shape the input's shape
     * @param columns the named columns of a table, in order; empty for data that is not a table
     * @param targets the quantities to be learned, in order, at least one
     */
    public Encoding {
        columns = List.copyOf(columns);
        targets = Collections.unmodifiableMap(new LinkedHashMap<>(targets));
    }

    /**
     * Create the encoding of examples with one target.
     *
     * @param shape the input's shape
     * @param columns the named columns of a table, in order; empty for data that is not a table
     * @param target the quantity to be learned
     */
    public Encoding(Shape shape, List<Column> columns, Target target) {
        this(shape, columns, Collections.singletonMap("", target));
    }

    /** {@return the quantity to be learned; the first of several} */
    public Target target() {
        return targets.values().iterator().next();
    }

    /** {@return the columns of y: those of all targets} */
    public int targetWidth() {
        return targets.values().stream().mapToInt(Target::width).sum();
    }

    /**
     * {@return this encoding with other targets}
     *
     * @param others the quantities to be learned instead, by name, in order
     */
    public Encoding with(Map<String, Target> others) {
        return new Encoding(shape, columns, others);
    }

    /**
     * {@return this encoding with another target}
     *
     * @param target the quantity to be learned instead
     */
    public Encoding with(Target target) {
        return new Encoding(shape, columns, target);
    }

    /**
     * Name an input, for messages.
     *
     * @param input from 0
     * @return {@code column 'colour'}, followed by the category if it has categories; {@code input 3} if no column is known
     */
    public String inputName(int input) {
        int from = 0;
        for (Column column : columns) {
            if (input < from + column.width()) {
                return "column '" + column.name() + "'"
                        + (column.categories().isEmpty()
                                ? ""
                                : " (" + column.categories().get(input - from) + ")");
            }
            from += column.width();
        }
        return "input " + (input + 1);
    }

    /**
     * Name the column of an input, for messages.
     *
     * @param input from 0
     * @return {@code column 'colour'}; {@code input 3} if no column is known
     */
    public String columnName(int input) {
        int from = 0;
        for (Column column : columns) {
            from += column.width();
            if (input < from) {
                return "column '" + column.name() + "'";
            }
        }
        return "input " + (input + 1);
    }

    /**
     * One column of a table.
     *
     * @param name the header's text
     * @param categories the values of a categorical column, one input each (one-hot); empty for a numeric column
     * @param fallback the category that may replace unknown values; empty if there is none
     */
    public record Column(String name, List<String> categories, Optional<String> fallback) {
        /**
         * Copy the lists.
         *
         * @param name the header's text
         * @param categories the values of a categorical column, one input each (one-hot); empty for a numeric column
         * @param fallback the category that may replace unknown values; empty if there is none
         * @throws IllegalArgumentException if {@code fallback} is not a category
         */
        public Column {
            categories = List.copyOf(categories);
            if (fallback.isPresent() && !categories.contains(fallback.get())) {
                throw new IllegalArgumentException(
                        "column '" + name + "' has no category '" + fallback.get() + "' to fall back to");
            }
        }

        /**
         * Create a column without a fallback.
         *
         * @param name the header's text
         * @param categories the values of a categorical column, one input each (one-hot); empty for a numeric column
         */
        public Column(String name, List<String> categories) {
            this(name, categories, Optional.empty());
        }

        /** {@return the number of inputs of the column} */
        public int width() {
            return categories.isEmpty() ? 1 : categories.size();
        }
    }
}
