package dev.chainrule.builtin.data.table;

import dev.chainrule.api.Component;
import dev.chainrule.api.DataSourceSpec;
import dev.chainrule.api.Doc;
import dev.chainrule.api.data.DataContext;
import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.value.OneOrMore;
import dev.chainrule.api.value.Shape;
import dev.chainrule.builtin.data.Names;
import dev.chainrule.math.Numbers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A few examples written in the config itself. */
@Component("inline")
@Doc("A few examples written in the config itself.")
public record InlineSource(
        @Doc("The inputs: one list of numbers per example, all of equal length.")
        List<List<Double>> rows,

        @Doc("The numbers to predict: one list per example.")
        Optional<List<List<Double>>> targets,

        @Doc(
                "The classes to predict, instead of targets: one name per example, or a list of names, one for each step of a "
                        + "sequence.")
        Optional<List<OneOrMore<String>>> labels,

        @Doc(
                "Named inputs: parts of each row, by how many numbers, first to last: { left: 2, right: 2 }. Layers read them by "
                        + "from: input.left.")
        Optional<Map<String, Integer>> inputs)
        implements DataSourceSpec {
    public InlineSource {
        rows = table("rows", rows);
        if (targets.isPresent()) {
            targets = Optional.of(table("targets", targets.get()));
        }
        if (labels.isPresent()) {
            labels = Optional.of(List.copyOf(labels.get()));
        }
        boolean both = targets.isPresent() && labels.isPresent();
        ParameterException.require(
                !both, "labels", labels.map(InlineSource::all).orElse(List.of()), "no value if targets are given");
        requireCount("targets", targets.orElse(rows).size(), rows.size());
        requireCount("labels", labels.isPresent() ? labels.get().size() : rows.size(), rows.size());
        if (inputs.isPresent()) {
            inputs = Optional.of(InputNames.check(inputs.get()));
        }
        requireWhole(inputs.orElse(Map.of()), rows.get(0).size());
        if (labels.isPresent()) {
            requireEqual(labels.get());
        }
    }

    @Override
    public DataSource open(DataContext context) {
        Shape own = Shape.of(rows.get(0).size());
        context.training().ifPresent(encoding -> requireSize(encoding, own));
        Optional<Target> trained = context.training().map(Encoding::target);
        Target goal = context.labelled() ? goal(trained) : trained.orElse(new Target(Target.Form.VALUES, List.of()));
        Encoding encoding = context.training().orElseGet(() -> encoding(own)).with(goal);
        Optional<double[]> y = context.labelled() ? Optional.of(encode(goal)) : Optional.empty();
        List<Encoding.Column> columns = Collections.nCopies(own.size(), new Encoding.Column("", List.of()));
        return new TableData(
                flat(rows),
                columns,
                List.of(),
                y,
                encoding,
                "rows in the config",
                new TableRows(row -> Optional.empty(), Collections.emptySortedMap(), Optional.empty(), SplitCells.NONE),
                List.of());
    }

    private Encoding encoding(Shape own) {
        List<Encoding.Input> named = inputs.orElse(Map.of()).entrySet().stream()
                .map(input -> new Encoding.Input(input.getKey(), Shape.of(input.getValue())))
                .toList();
        return new Encoding(own, named, List.of(), Collections.singletonMap("", Target.NONE));
    }

    private static void requireWhole(Map<String, Integer> inputs, int numbers) {
        inputs.forEach((name, width) -> {
            if (width < 1) {
                throw new InputException("the input " + name + " has " + width + " numbers", "Give it 1 or more.")
                        .atConfig(InputNames.place(name));
            }
        });
        long sum = inputs.values().stream().mapToLong(width -> width).sum();
        if (!inputs.isEmpty() && sum != numbers) {
            throw new InputException(
                            "the inputs have " + sum + (sum == 1 ? " number" : " numbers") + ", but a row has "
                                    + numbers,
                            "Together they must be a whole row.")
                    .atConfig("inputs");
        }
    }

    private Target goal(Optional<Target> trained) {
        if (targets.isEmpty() && labels.isEmpty()) {
            throw new InputException("the rows have neither targets nor labels", "Add one of the two.");
        }
        boolean classes = labels.isPresent();
        List<String> names = classes
                ? Names.sorted(all(labels.get()))
                : valueNames(targets.get().get(0).size());
        int steps = classes ? labels.get().get(0).values().size() : 1;
        if (trained.isEmpty()) {
            return new Target(
                    classes ? Target.Form.CLASS_INDEX : Target.Form.VALUES,
                    names,
                    steps == 1 ? List.of() : List.of(steps));
        }
        Target known = trained.get();
        if (classes && known.isClass() && known.rows() != steps) {
            throw new InputException("an example has " + steps + (steps == 1 ? " label" : " labels")
                            + ", but a training example has " + known.rows())
                    .atConfig("labels");
        }
        if (known.isClass() != classes || (!classes && known.names().size() != names.size())) {
            throw new InputException(
                    "the targets are " + describe(classes, names) + ", but those of the training examples are "
                            + describe(known.isClass(), known.names()),
                    known.isClass()
                            ? "Add labels: with a class for each row."
                            : "Add targets: with " + describe(false, known.names()) + ".");
        }
        return classes ? new Target(Target.Form.CLASS_INDEX, known.names(), known.positions()) : known;
    }

    private double[] encode(Target goal) {
        if (!goal.isClass()) {
            return flat(targets.get());
        }
        Map<String, Integer> numbers = Names.numbered(goal.names());
        List<String> names = all(labels.get());
        double[] rows = new double[names.size()];
        for (int i = 0; i < rows.length; i++) {
            int example = i / goal.rows();
            if (!numbers.containsKey(names.get(i))) {
                throw new InputException(
                                "label " + (example + 1) + " is '" + names.get(i) + "', which no training example has",
                                "Known: " + Names.list(goal.names()) + ".")
                        .atConfig("labels[" + example + "]");
            }
            rows[i] = numbers.get(names.get(i));
        }
        return rows;
    }

    private static void requireSize(Encoding training, Shape own) {
        if (training.shape().size() != own.size()) {
            throw new InputException("a row has " + own.size() + (own.size() == 1 ? " number" : " numbers")
                            + ", but a training example has " + training.shape().size())
                    .atConfig("rows");
        }
    }

    private static List<String> valueNames(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "value_" + i).toList();
    }

    private static String describe(boolean classes, List<String> names) {
        return classes ? "classes" : names.size() + (names.size() == 1 ? " number" : " numbers") + " per row";
    }

    private static List<List<Double>> table(String parameter, List<List<Double>> rows) {
        ParameterException.require(!rows.isEmpty(), parameter, "empty", "at least one row");
        int width = rows.get(0).size();
        ParameterException.require(width > 0, parameter, "a list of empty rows", "at least one number per row");
        List<List<Double>> copies = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            copies.add(List.copyOf(rows.get(i)));
            int numbers = rows.get(i).size();
            ParameterException.require(
                    numbers == width,
                    parameter,
                    "ragged: row " + (i + 1) + " has " + numbers + ", but row 1 has " + width,
                    "rows of equal length");
            for (double value : rows.get(i)) {
                String received = "not finite: row " + (i + 1) + " has " + Numbers.format(value);
                ParameterException.require(Double.isFinite(value), parameter, received, "finite numbers");
            }
        }
        return List.copyOf(copies);
    }

    private static List<String> all(List<OneOrMore<String>> labels) {
        return labels.stream().flatMap(names -> names.values().stream()).toList();
    }

    private static void requireEqual(List<OneOrMore<String>> labels) {
        int count = labels.isEmpty() ? 0 : labels.get(0).values().size();
        for (int i = 0; i < labels.size(); i++) {
            int names = labels.get(i).values().size();
            String received = "ragged: example " + (i + 1) + " has " + names + ", but example 1 has " + count;
            ParameterException.require(names == count, "labels", received, "as many names for each example");
        }
    }

    private static void requireCount(String parameter, int count, int rows) {
        ParameterException.require(
                count == rows,
                parameter,
                "a list of " + count + " for " + rows + (rows == 1 ? " row" : " rows"),
                "one item for each row");
    }

    private static double[] flat(List<List<Double>> rows) {
        int width = rows.get(0).size();
        double[] flat = new double[rows.size() * width];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = rows.get(i / width).get(i % width);
        }
        return flat;
    }
}
