package dev.chainrule.model.shape;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.error.Suggestion;
import dev.chainrule.api.layer.Value;
import dev.chainrule.api.value.Axis;
import dev.chainrule.api.value.ScalarForm;
import dev.chainrule.api.value.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A layer that passes on some of the numbers along the last axis, in the given order. */
@Component("select")
@Doc("Passes on some columns of a table by name, or some features or channels by number, in the given order.")
public record Select(
        @Doc("The names of columns, if the layer reads a table: the input of the network. A column of names is "
                + "selected with all its inputs.")
        Optional<List<String>> columns,

        @Doc("The features by their numbers, from 0, or ranges such as 0-9.")
        Optional<List<Range>> features,

        @Doc("The channels of an image by their numbers, from 0, or ranges such as 0-2.")
        Optional<List<Range>> channels)
        implements LayerSpec {
    /**
     * Numbers along an axis.
     *
     * @param first from 0
     * @param last included
     */
    @ScalarForm(value = "a number from 0, or a range such as 0-9", pattern = Range.FORM)
    public record Range(int first, int last) {
        static final String FORM = "[0-9]{1,9}(-[0-9]{1,9})?";

        /**
         * Read {@code 3} or {@code 0-9}.
         *
         * @throws IllegalArgumentException if the text is anything else
         */
        public static Range parse(String text) {
            String[] ends = text.split("-", -1);
            if (!text.matches(FORM) || Integer.parseInt(ends[0]) > Integer.parseInt(ends[ends.length - 1])) {
                throw new IllegalArgumentException("'" + text + "' is neither a number nor a range");
            }
            return new Range(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]));
        }

        @Override
        public String toString() {
            return first == last ? String.valueOf(first) : first + "-" + last;
        }
    }

    public Select {
        long given = List.of(columns, features, channels).stream()
                .filter(Optional::isPresent)
                .count();
        if (given != 1) {
            throw new IllegalArgumentException("one of columns, features and channels is required; "
                    + (given == 0 ? "none is given" : given + " are given"));
        }
        requireAny("columns", columns);
        requireAny("features", features);
        requireAny("channels", channels);
    }

    private static void requireAny(String key, Optional<? extends List<?>> list) {
        list.ifPresent(values -> ParameterException.require(!values.isEmpty(), key, "empty", "one or more"));
    }

    @Override
    public Value build(LayerContext context) {
        Shape input = context.input();
        Chosen chosen = new Chosen(columns.isPresent() ? "columns" : features.isPresent() ? "features" : "channels");
        if (columns.isPresent()) {
            byName(context, chosen);
        } else {
            byNumber(input, features.or(() -> channels).orElseThrow(), chosen);
        }
        List<Integer> dimensions = new ArrayList<>(input.dimensions());
        dimensions.set(dimensions.size() - 1, chosen.numbers.size());
        int[] numbers = chosen.numbers.stream().mapToInt(number -> number).toArray();
        return context.chain(new SelectNode("select", input, new Shape(dimensions), numbers));
    }

    private void byName(LayerContext context, Chosen chosen) {
        List<Encoding.Column> known = context.columns();
        if (known.isEmpty()) {
            Value read = context.inputs().get(0);
            throw new InputException(
                            read + " has no columns with names",
                            read.id() == 0
                                    ? "Only tables have them. Give numbers of features or channels instead."
                                    : "Only the input of the network has them: add from: input, or give numbers of "
                                            + "features instead.")
                    .atConfig("columns");
        }
        List<String> names = known.stream().map(Encoding.Column::name).toList();
        for (int i = 0; i < columns.orElseThrow().size(); i++) {
            String name = columns.orElseThrow().get(i);
            int index = names.indexOf(name);
            if (index < 0) {
                throw new InputException(
                                "the input has no column '" + name + "'",
                                Suggestion.didYouMean(name, names) + "Columns: " + String.join(", ", names) + ".")
                        .atConfig("columns[" + i + "]");
            }
            int first = known.subList(0, index).stream()
                    .mapToInt(Encoding.Column::width)
                    .sum();
            chosen.add(i, new Range(first, first + known.get(index).width() - 1), name);
        }
    }

    private static void byNumber(Shape input, List<Range> ranges, Chosen chosen) {
        Axis axis = input.axes().get(input.axes().size() - 1);
        if (!chosen.key.equals(axis.toString())) {
            throw new InputException(
                            chosen.key + " are given, but the input is " + input.named(), "Give " + axis + " instead.")
                    .atConfig(chosen.key);
        }
        int length = input.dimensions().get(input.dimensions().size() - 1);
        for (int i = 0; i < ranges.size(); i++) {
            if (ranges.get(i).last() >= length) {
                throw new InputException(
                                chosen.key + " are numbered from 0 to " + (length - 1) + ", but " + ranges.get(i)
                                        + " is given",
                                "The input is " + input.named() + ".")
                        .atConfig(chosen.key + "[" + i + "]");
            }
            chosen.add(i, ranges.get(i), ranges.get(i).toString());
        }
    }

    /** The numbers chosen so far along the last axis. */
    private static final class Chosen {
        private final String key;
        private final List<Integer> numbers = new ArrayList<>();

        Chosen(String key) {
            this.key = key;
        }

        void add(int index, Range range, String written) {
            for (int number = range.first(); number <= range.last(); number++) {
                if (numbers.contains(number)) {
                    throw new InputException(
                                    key + " lists " + (key.equals("columns") ? written : number) + " twice",
                                    "Each can be selected only once.")
                            .atConfig(key + "[" + index + "]");
                }
                numbers.add(number);
            }
        }
    }
}
