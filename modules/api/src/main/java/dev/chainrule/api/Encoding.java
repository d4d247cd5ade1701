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
