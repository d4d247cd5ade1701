package dev.chainrule.api;

import java.util.List;
import java.util.Optional;

/**
 * Say how an example is written as numbers. Kept with the model.
 *
 * @param shape the input's shape
 * @param columns the named columns of a table, in order; empty for data that is no table
 * @param target what is learned
 */
public record Encoding(Shape shape, List<Column> columns, Target target) {
    /**
     * Copy what could be modified.
     *
     * @param shape the input's shape
     * @param columns the named columns of a table, in order; empty for data that is no table
     * @param target what is learned
     */
    public Encoding {
        columns = List.copyOf(columns);
    }

    /**
     * {@return the encoding with another target}
     *
     * @param target what is learned instead
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
     * Name one column of a table.
     *
     * @param name the header's text
     * @param categories the values of a categorical column, each an input of its own (one-hot); empty for a numeric column
     * @param fallback the category that may stand for values that are none of them; empty if none may
     */
    public record Column(String name, List<String> categories, Optional<String> fallback) {
        /**
         * Copy what could be modified.
         *
         * @param name the header's text
         * @param categories the values of a categorical column, each an input of its own (one-hot); empty for a numeric column
         * @param fallback the category that may stand for values that are none of them; empty if none may
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
         * Name a column whose values are all known.
         *
         * @param name the header's text
         * @param categories the values of a categorical column, each an input of its own (one-hot); empty for a numeric column
         */
        public Column(String name, List<String> categories) {
            this(name, categories, Optional.empty());
        }

        /** {@return how many inputs the column takes} */
        public int width() {
            return categories.isEmpty() ? 1 : categories.size();
        }
    }
}
