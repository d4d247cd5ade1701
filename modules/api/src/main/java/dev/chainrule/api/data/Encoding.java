package dev.chainrule.api.data;

import dev.chainrule.api.value.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The encoding of an example as numbers. Saved with the model.
 *
 * <p>An example is one row of numbers, which the first layer of a network reads. A source may name parts of it, so that
 * {@code from: input.left} reads one: they are side by side and fill the row. The columns of a table come first in the row; named inputs
 * after them have none, such as pictures.
 *
 * @param shape the input's shape
 * @param inputs the named parts of the input, in order; empty if it has none
 * @param columns the named columns of a table, in order; empty for data that is not a table
 * @param targets the quantities to be learned, by the outputs of the network that learn them, see {@link DataContext#targets};
 *     that of a source which itself says what is learned has the name {@code ""}
 */
public record Encoding(Shape shape, List<Input> inputs, List<Column> columns, Map<String, Target> targets) {
    /**
     * Copy the lists, and check that the named inputs fill the row and divide no column.
     *
     * @param shape the input's shape
     * @param inputs the named parts of the input, in order; empty if it has none
     * @param columns the named columns of a table, in order; empty for data that is not a table
     * @param targets the quantities to be learned, in order, at least one
     * @throws IllegalArgumentException if two inputs have one name, if they have more or fewer numbers than the shape, or if one ends
     *     within a column
     */
    public Encoding {
        inputs = List.copyOf(inputs);
        columns = List.copyOf(columns);
        targets = Collections.unmodifiableMap(new LinkedHashMap<>(targets));
        if (inputs.stream().map(Input::name).distinct().count() < inputs.size()) {
            throw new IllegalArgumentException("two of the inputs " + inputs + " have one name");
        }
        int end = 0;
        for (Input input : inputs) {
            end += input.shape().size();
            if (!columns.isEmpty() && !beginsAt(end, columns)) {
                throw new IllegalArgumentException("the input '" + input.name() + "' ends within a column");
            }
        }
        if (!inputs.isEmpty() && end != shape.size()) {
            throw new IllegalArgumentException("the inputs " + inputs + " have " + end + " numbers, but an example "
                    + shape + " has " + shape.size());
        }
    }

    private static boolean beginsAt(int place, List<Column> columns) {
        int from = 0;
        for (int i = 0; i < columns.size() && from < place; i++) {
            from += columns.get(i).width();
        }
        return from <= place; // after the columns, there are no more to be divided
    }

    /**
     * Create the encoding of examples with named inputs and one target.
     *
     * @param inputs the named parts of the input, in order, at least one
     * @param columns the named columns of a table, in order; empty for data that is not a table
     * @param target the quantity to be learned
     */
    public Encoding(List<Input> inputs, List<Column> columns, Target target) {
        this(whole(inputs), inputs, columns, Collections.singletonMap("", target));
    }

    private static Shape whole(List<Input> inputs) {
        return inputs.size() == 1
                ? inputs.get(0).shape()
                : Shape.of(
                        inputs.stream().mapToInt(input -> input.shape().size()).sum());
    }

    /**
     * Create the encoding of examples with one target.
     *
     * @param shape the input's shape
     * @param columns the named columns of a table, in order; empty for data that is not a table
     * @param target the quantity to be learned
     */
    public Encoding(Shape shape, List<Column> columns, Target target) {
        this(shape, List.of(), columns, Collections.singletonMap("", target));
    }

    /** {@return the quantity to be learned; the first of several} */
    public Target target() {
        return targets.values().iterator().next();
    }

    /** {@return the columns of y: those of all targets} */
    public int targetWidth() {
        return targets.values().stream().mapToInt(Target::size).sum();
    }

    /**
     * {@return this encoding with other targets}
     *
     * @param others the quantities to be learned instead, by name, in order
     */
    public Encoding with(Map<String, Target> others) {
        return new Encoding(shape, inputs, columns, others);
    }

    /**
     * {@return this encoding with another target}
     *
     * @param target the quantity to be learned instead
     */
    public Encoding with(Target target) {
        return with(Collections.singletonMap("", target));
    }

    /**
     * {@return the named input with a name, if there is one}
     *
     * @param name of the input
     */
    public Optional<Input> input(String name) {
        return inputs.stream().filter(input -> input.name().equals(name)).findFirst();
    }

    /**
     * {@return the place in a row at which a named input begins}
     *
     * @param input one of {@link #inputs}
     */
    public int first(Input input) {
        return inputs.subList(0, inputs.indexOf(input)).stream()
                .mapToInt(before -> before.shape().size())
                .sum();
    }

    /**
     * {@return the columns of a named input, in order; empty for data that is not a table}
     *
     * @param input one of {@link #inputs}
     */
    public List<Column> columns(Input input) {
        int first = first(input);
        List<Column> own = new ArrayList<>();
        int from = 0;
        for (Column column : columns) {
            if (from >= first && from < first + input.shape().size()) {
                own.add(column);
            }
            from += column.width();
        }
        return own;
    }

    /**
     * Name an input, for messages.
     *
     * @param input from 0
     * @return {@code column 'colour'}, followed by the category if it has categories; {@code input 3} if no column is known,
     *     {@code number 3 of input 'photo'} beside the columns
     */
    public String inputName(int input) {
        int from = 0;
        for (Column column : columns) {
            if (input < from + column.width()) {
                return "column '" + column.name() + "'"
                        + (column.categories().isEmpty() || column.ordinal()
                                ? ""
                                : " (" + column.categories().get(input - from) + ")");
            }
            from += column.width();
        }
        return unnamed(input);
    }

    /**
     * Name the column of an input, for messages.
     *
     * @param input from 0
     * @return {@code column 'colour'}; {@code input 3} if no column is known, {@code number 3 of input 'photo'} beside
     *     the columns
     */
    public String columnName(int input) {
        int from = 0;
        for (Column column : columns) {
            from += column.width();
            if (input < from) {
                return "column '" + column.name() + "'";
            }
        }
        return unnamed(input);
    }

    private String unnamed(int input) {
        for (Input part : columns.isEmpty() ? List.<Input>of() : inputs) {
            int place = input - first(part);
            if (place >= 0 && place < part.shape().size()) {
                return "number " + (place + 1) + " of input '" + part.name() + "'";
            }
        }
        return "input " + (input + 1);
    }

    /**
     * A part of the input that has a name.
     *
     * @param name such as {@code left}
     * @param shape of the part
     */
    public record Input(String name, Shape shape) {
        /** {@return name and shape, for messages: {@code left [28, 28, 1]}} */
        @Override
        public String toString() {
            return name + " " + shape;
        }
    }

    /**
     * One column of a table.
     *
     * @param name the header's text
     * @param categories the values of a categorical column, in order; empty for a numeric column
     * @param fallback the category that may replace unknown values; empty if there is none
     * @param ordinal whether a categorical column is one input, the number of the category from 0, or −1 for an unknown one; otherwise it
     *     has one input for each category (one-hot)
     */
    public record Column(String name, List<String> categories, Optional<String> fallback, boolean ordinal) {
        /**
         * Copy the lists.
         *
         * @param name the header's text
         * @param categories the values of a categorical column, in order; empty for a numeric column
         * @param fallback the category that may replace unknown values; empty if there is none
         * @param ordinal whether a categorical column is one input, the number of the category
         * @throws IllegalArgumentException if {@code fallback} is not a category, or an ordinal column has no categories
         */
        public Column {
            categories = List.copyOf(categories);
            if (fallback.isPresent() && !categories.contains(fallback.get())) {
                throw new IllegalArgumentException(
                        "column '" + name + "' has no category '" + fallback.get() + "' to fall back to");
            }
            if (ordinal && categories.isEmpty()) {
                throw new IllegalArgumentException("column '" + name + "' is ordinal without categories");
            }
        }

        /**
         * Create a column that is not ordinal.
         *
         * @param name the header's text
         * @param categories the values of a categorical column, one input each (one-hot); empty for a numeric column
         * @param fallback the category that may replace unknown values; empty if there is none
         */
        public Column(String name, List<String> categories, Optional<String> fallback) {
            this(name, categories, fallback, false);
        }

        /**
         * Create a column without a fallback that is not ordinal.
         *
         * @param name the header's text
         * @param categories the values of a categorical column, one input each (one-hot); empty for a numeric column
         */
        public Column(String name, List<String> categories) {
            this(name, categories, Optional.empty(), false);
        }

        /** {@return the number of inputs of the column} */
        public int width() {
            return categories.isEmpty() || ordinal ? 1 : categories.size();
        }
    }
}
