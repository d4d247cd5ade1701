package dev.chainrule.api;

import java.util.List;

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
     * Name one column of a table.
     *
     * @param name the header's text
     * @param categories the values of a categorical column, each an input of its own (one-hot); empty for a numeric column
     */
    public record Column(String name, List<String> categories) {
        /**
         * Copy what could be modified.
         *
         * @param name the header's text
         * @param categories the values of a categorical column, each an input of its own (one-hot); empty for a numeric column
         */
        public Column {
            categories = List.copyOf(categories);
        }

        /** {@return how many inputs the column takes} */
        public int width() {
            return categories.isEmpty() ? 1 : categories.size();
        }
    }
}
