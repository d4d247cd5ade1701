package dev.chainrule.builtin.data.table;

import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.builtin.data.Unknown;
import dev.chainrule.table.Column;
import dev.chainrule.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/**
 * The use of a table: the columns that are inputs, those that are learned, and the encoding of the training examples.
 *
 * @param chosen the input columns that the user listed
 * @param groups the input columns that the user listed by names of inputs, instead
 * @param goals the columns to be learned, which are not inputs, by target
 * @param weight the column of weights, which is not an input, if weights are read
 * @param splits the columns that decide to which part a row belongs, which are not inputs unless the user listed them
 * @param paths the columns of pictures' paths, which are not inputs
 * @param forced columns whose cells are names although they look like numbers
 * @param forms the forms of columns that differ from the usual one
 * @param training the encoding of the training examples, if these are others
 * @param labelled whether the learned columns are read
 * @param gaps whether inputs may be without a value
 * @param unknown the fate of names in inputs that no training example has
 */
record CsvUse(
        Table table,
        Optional<List<String>> chosen,
        Map<String, List<String>> groups,
        Map<String, List<String>> goals,
        Optional<String> weight,
        List<String> splits,
        List<String> paths,
        List<String> forced,
        Map<String, ColumnForm> forms,
        Optional<Encoding> training,
        boolean labelled,
        boolean gaps,
        Unknown unknown) {
    /** The refusal of a cell that cannot be written as a number. */
    static final BiConsumer<Integer, InputException> REFUSE = (row, problem) -> {
        throw problem;
    };

    /** Return the columns to be learned. */
    List<String> learned() {
        return listed(goals);
    }

    private static List<String> listed(Map<String, List<String>> columns) {
        return columns.values().stream().flatMap(List::stream).toList();
    }

    /** Return the columns of the table that are neither learned nor weights nor paths, and do not split the rows. */
    List<String> unlearned() {
        List<String> learned = learned();
        return table.names().stream()
                .filter(name -> !learned.contains(name)
                        && !splits.contains(name)
                        && !paths.contains(name)
                        && !weight.equals(Optional.of(name)))
                .toList();
    }

    /** Return the names of the inputs; some may be missing from the table. */
    List<String> inputs() {
        return training.map(Encoding::columns)
                .filter(known -> !known.isEmpty())
                .map(known -> known.stream().map(Encoding.Column::name).toList())
                .or(() -> chosen)
                .orElseGet(() -> groups.isEmpty() ? made(unlearned(), forms) : listed(groups));
    }

    CsvColumn input(String name) {
        String source = source(name);
        Optional<ColumnForm> form = Optional.ofNullable(forms.get(source));
        return new CsvColumn(
                name,
                table.column(source, "be used as input"),
                forced.contains(source),
                gaps,
                Optional.of(unknown),
                form,
                form.flatMap(each -> each.dates(source).stream()
                        .filter(date -> date.name().equals(name))
                        .findFirst()));
    }

    /** Return the column of the table from which an input column is made: another one if it is a part of dates. */
    String source(String input) {
        return forms.entrySet().stream()
                .filter(form -> form.getValue().dates(form.getKey()).stream()
                        .anyMatch(date -> date.name().equals(input)))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(input);
    }

    /** Return the input columns that are made from columns of the table: several from a column of dates. */
    static List<String> made(List<String> columns, Map<String, ColumnForm> forms) {
        return columns.stream()
                .flatMap(name -> {
                    List<DateInput> dates =
                            forms.containsKey(name) ? forms.get(name).dates(name) : List.of();
                    return dates.isEmpty() ? Stream.of(name) : dates.stream().map(DateInput::name);
                })
                .toList();
    }

    /** Return the input columns of named inputs that are made from columns of the table. */
    static Map<String, List<String>> made(Map<String, List<String>> inputs, Map<String, ColumnForm> forms) {
        Map<String, List<String>> made = new LinkedHashMap<>();
        inputs.forEach((input, names) -> made.put(input, made(names, forms)));
        return made;
    }

    private static CsvColumn plain(String name, Column cells, boolean forced) {
        return new CsvColumn(name, cells, forced, false, Optional.empty(), Optional.empty(), Optional.empty());
    }

    CsvColumn target(String name) {
        return plain(name, table.column(name, "be predicted"), forced.contains(name));
    }

    private CsvColumn weight(String name) {
        return plain(name, table.column(name, "be the weight"), false);
    }

    /**
     * Return the weights of the rows, if they have some.
     *
     * @throws InputException at a row whose weight is not a number, or negative
     */
    Optional<double[]> weights() {
        return weight.map(name -> {
            if (!weight(name).holdsNumbers()) {
                throw new InputException(
                                "column '" + name + "' contains names, but weights are numbers",
                                "Give a column of numbers as weight.")
                        .inFile(table.place());
            }
            double[] weights = weight(name).encode(List.of(), REFUSE);
            for (int row = 0; row < weights.length; row++) {
                if (weights[row] < 0) {
                    throw table.problem(
                            row,
                            "column '" + name + "' has " + weight(name).cells().cell(row)
                                    + ", but weights are 0 or more",
                            "A weight of 0 excludes a row.");
                }
            }
            return weights;
        });
    }

    /**
     * Return the same use of the rows that have a value in every column that is used; in all but the inputs if these may
     * have gaps.
     *
     * @throws InputException if no row is left
     */
    CsvUse complete() {
        List<Column> columns = new ArrayList<>();
        List<Boolean> numbers = new ArrayList<>();
        Set<String> present = new LinkedHashSet<>(table.names());
        for (String name : gaps ? List.<String>of() : inputs()) {
            if (present.contains(source(name)) && !input(name).isBag()) {
                columns.add(input(name).cells());
                numbers.add(holdsNumbers(name, input(name)));
            }
        }
        for (String name : labelled ? learned() : List.<String>of()) {
            columns.add(target(name).cells());
            numbers.add(
                    training.isPresent()
                            ? !goal(training.get(), name).isClass()
                            : target(name).holdsNumbers());
        }
        weight.ifPresent(name -> {
            columns.add(weight(name).cells());
            numbers.add(true);
        });
        splits.stream().filter(present::contains).forEach(name -> {
            columns.add(table.column(name, "split the rows"));
            numbers.add(false);
        });
        paths.forEach(name -> {
            columns.add(table.column(name, "contain the paths of pictures"));
            numbers.add(false);
        });
        IntPredicate whole = row -> {
            for (int i = 0; i < columns.size(); i++) {
                if (columns.get(i).isMissing(row, numbers.get(i))) {
                    return false;
                }
            }
            return true;
        };
        Table left = table.where(whole);
        if (left.size() == 0) {
            throw new InputException(
                            "every row lacks a value in some column",
                            "List the columns that have values with columns:.")
                    .inFile(table.place());
        }
        return of(left);
    }

    /**
     * Return the rows that cannot be written as numbers, with the reason.
     *
     * @param columns the inputs in the encoding of the training examples
     */
    SortedMap<Integer, String> unusable(List<Encoding.Column> columns) {
        SortedMap<Integer, String> reasons = new TreeMap<>();
        for (Encoding.Column column : columns) {
            input(column.name())
                    .encode(
                            column.categories(),
                            (row, problem) -> reasons.merge(
                                    row,
                                    problem.getMessage(),
                                    (first, second) -> first.contains(second) ? first : first + "; " + second));
        }
        return reasons;
    }

    /** Return the target of the training examples that a column is learned for. */
    private Target goal(Encoding trained, String column) {
        return goals.entrySet().stream()
                .filter(entry -> entry.getValue().contains(column))
                .map(entry -> trained.targets().get(entry.getKey()))
                .findFirst()
                .orElseThrow();
    }

    /** Return the same use of other rows. */
    CsvUse of(Table rows) {
        return new CsvUse(
                rows, chosen, groups, goals, weight, splits, paths, forced, forms, training, labelled, gaps, unknown);
    }

    private boolean holdsNumbers(String name, CsvColumn column) {
        return column.date().isPresent()
                || training.map(Encoding::columns)
                        .flatMap(known -> known.stream()
                                .filter(each -> each.name().equals(name))
                                .findFirst())
                        .map(known -> known.categories().isEmpty())
                        .orElseGet(column::holdsNumbers);
    }
}
