package dev.chainrule.builtin.data.table;

import dev.chainrule.api.Component;
import dev.chainrule.api.DataSourceSpec;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.data.DataContext;
import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.value.WordOr;
import dev.chainrule.builtin.data.Unknown;
import dev.chainrule.builtin.data.picture.PictureColumn;
import dev.chainrule.table.Table;
import dev.chainrule.table.TableFormat;
import dev.chainrule.table.TableMemory;
import dev.chainrule.table.TableReader;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A table in a text file.
 *
 * <p>A column of numbers is one input; a column of names is one input for each name (one-hot, names sorted by code
 * point). The training file decides which it is; every other file must have those columns, in any order.
 */
@Component("csv")
@Doc("A table from a CSV file: columns of numbers and of names (one-hot), and a column to predict.")
public record CsvSource(
        @Doc("The file, gzip or not: one row per line, with quotes around cells that contain delimiters or line "
                + "breaks.")
        String file,

        @Doc("Whether the first row contains the column names; otherwise they are column_1, column_2, …")
        @Default("true")
        boolean header,

        @Doc("The columns to learn from, in this order; by default all but the target.")
        Optional<List<String>> columns,

        @Doc(
                "Named inputs instead of columns, each with its columns: { wide: [ region ], deep: [ age, income ] }. Layers read "
                        + "them by from: input.wide.")
        Optional<Map<String, List<String>>> inputs,

        @Doc("The column to predict: a class if its cells are names, otherwise a number.")
        Optional<String> target,

        @Doc("Several columns to predict, instead of target: numbers; or names, which are a class for each step of a "
                + "sequence, of the same classes.")
        Optional<List<String>> targets,

        @Doc(
                "A column of numbers, 0 or more, by which cost and gradient of its row are multiplied in training; it is not an input.")
        Optional<String> weight,

        @Doc("The character between cells, or whitespace for runs of spaces and tabs. A first line such as "
                + "sep=; overrides it.")
        @Default("\",\"")
        String delimiter,

        @Doc("The character around cells that contain delimiters, line breaks or quotes.") @Default("'\"'")
        String quote,

        @Doc("Columns whose cells are names even if they look like numbers, such as class numbers.")
        Optional<List<String>> categorical,

        @Doc(
                "Columns whose cells become inputs in another form than numbers or one input for each name: { zip: ordinal }, or "
                        + "{ size: { as: ordinal, order: [ small, medium, large ] } }.")
        Optional<Map<String, WordOr<ColumnForm.Kind, ColumnForm>>> encode,

        @Doc(
                "Columns of paths, whose pictures are named inputs beside the other columns: { photo: { column: file, height: 64, "
                        + "width: 64 } }. Layers read them by from: input.photo, and the other columns by from: input.columns unless "
                        + "inputs names them.")
        Optional<Map<String, PictureColumn>> pictures,

        @Doc("The treatment of rows that lack a value in a used column: error (the default); drop; or keep, "
                + "for the transform fill, which drops only rows without a target. Empty cells and "
                + "missing_values count as missing; among numbers, so do NA, NaN, null, none, ? "
                + "and -. Rows to predict are never dropped.")
        @Default("error")
        Missing missing,

        @Doc("Texts that stand for a missing value, in every column.")
        Optional<List<String>> missingValues,

        @Doc("Texts that stand for a missing value in one column: { age: [ unknown ] }.")
        Optional<Map<String, List<String>>> missingValuesOf,

        @Doc("The treatment of names in input columns that no training example has: error (the default); "
                + "zeros, which sets all inputs of the column to 0; or most_common, which replaces them "
                + "with the most common name of the training file, whose source must specify "
                + "most_common, too. Rows to predict follow the training source.")
        @Default("error")
        Unknown unknown,

        @Doc("The decimal separator.") @Default("\".\"") String decimal,

        @Doc("The thousands separator; a space also matches no-break and thin spaces.")
        Optional<String> thousands,

        @Doc("Texts to ignore before or after the numbers of a column, such as %.")
        Optional<List<String>> units,

        @Doc("How many lines to skip at the beginning of the file.") @Default("0")
        int skip,

        @Doc("The character that begins comments: lines to skip.")
        Optional<String> comment,

        @Doc("The encoding, such as latin-1, windows-1252 or utf-16le; by default UTF-8, or the one of the "
                + "file's byte order mark.")
        Optional<String> encoding)
        implements DataSourceSpec {
    public CsvSource {
        columns = distinct("columns", columns);
        inputs = inputs.map(InputNames::check);
        boolean named = columns.isPresent() && inputs.isPresent();
        ParameterException.require(!named, "columns", columns.orElse(List.of()), "no value if inputs is given");
        targets = distinct("targets", targets);
        categorical = distinct("categorical", categorical);
        boolean both = target.isPresent() && targets.isPresent();
        ParameterException.require(!both, "targets", targets.orElse(List.of()), "no value if target is given");
        List<String> learned = targets.or(() -> target.map(List::of)).orElse(List.of());
        for (String name : columns.orElse(List.of())) {
            ParameterException.require(
                    !learned.contains(name), "columns", columns.get(), "columns other than the target " + name);
        }
        inputs.ifPresent(groups -> InputNames.checkColumns(groups, learned));
        if (weight.isPresent()) {
            boolean used =
                    Stream.concat(learned.stream(), chosen(columns, inputs)).anyMatch(weight.get()::equals);
            ParameterException.require(!used, "weight", weight.get(), "a column that is neither input nor target");
        }
        encode.orElse(Map.of())
                .forEach((name, form) -> ParameterException.require(
                        !form.word().equals(Optional.of(ColumnForm.Kind.HASH)),
                        "encode",
                        "{ " + name + ": hash }",
                        "hash with buckets, such as { as: hash, buckets: 64 }"));
        pictures = pictures.map(each -> InputNames.check("pictures", each));
        Map<String, List<String>> used = new LinkedHashMap<>();
        used.put("columns", columns.orElse(List.of()));
        used.put("inputs", chosen(Optional.empty(), inputs).toList());
        used.put(target.isPresent() ? "target" : "targets", learned);
        used.put("weight", weight.map(List::of).orElse(List.of()));
        used.put("categorical", categorical.orElse(List.of()));
        used.put("encode", List.copyOf(encode.orElse(Map.of()).keySet()));
        InputNames.checkPaths(
                paths(pictures),
                inputs.<Collection<String>>map(Map::keySet).orElse(List.of(PicturedTable.COLUMNS)),
                used);
        missingValues = missingValues.map(List::copyOf);
        units = units.map(List::copyOf);
        CsvFormat.check(delimiter, quote, decimal, thousands, units, skip, comment, encoding);
    }

    /** Return the column of each picture's paths. */
    private static Map<String, String> paths(Optional<Map<String, PictureColumn>> pictures) {
        Map<String, String> paths = new LinkedHashMap<>();
        pictures.orElse(Map.of()).forEach((input, column) -> paths.put(input, column.column(input)));
        return paths;
    }

    private static Stream<String> chosen(Optional<List<String>> columns, Optional<Map<String, List<String>>> inputs) {
        return Stream.concat(columns.stream(), inputs.stream().flatMap(groups -> groups.values().stream()))
                .flatMap(List::stream);
    }

    @Override
    public DataSource open(DataContext context) {
        Path path = context.resolve(file);
        TableFormat format = CsvFormat.of(this);
        try {
            return open(TableReader.read(path, format), context);
        } catch (OutOfMemoryError e) {
            throw TableMemory.problem(path, format);
        }
    }

    private DataSource open(Table whole, DataContext context) {
        List<String> forced = categorical.orElse(List.of());
        forced.forEach(name -> whole.column(name, "be categorical"));
        missingValuesOf.ifPresent(
                byColumn -> byColumn.keySet().forEach(name -> whole.column(name, "have missing values")));
        Map<String, ColumnForm> forms = ColumnForm.of(
                encode.orElse(Map.of()), context.training().isPresent() ? Optional.empty() : Optional.of(whole));
        CsvUse all = new CsvUse(
                whole,
                columns.map(names -> CsvUse.made(names, forms)),
                CsvUse.made(inputs.orElse(Map.of()), forms),
                goals(context),
                context.predicting() ? Optional.empty() : weight,
                context.splitColumns(),
                List.copyOf(paths(pictures).values()),
                forced,
                forms,
                context.training().map(PicturedTable::columns),
                context.labelled(),
                missing == Missing.KEEP,
                unknown);
        CsvExamples examples = new CsvExamples(this, all, context);
        return context.predicting() ? examples.predicted() : examples.learned();
    }

    /** Return the columns to be learned: those of the network's outputs, or else the source's own. */
    private Map<String, List<String>> goals(DataContext context) {
        if (context.targets().isEmpty()) {
            return Collections.singletonMap("", learned(context.training()));
        }
        List<String> all =
                context.targets().values().stream().flatMap(List::stream).toList();
        if (target.isPresent() || targets.isPresent()) {
            throw new InputException(
                            "the outputs choose the columns to predict: " + String.join(", ", all), "Remove this key.")
                    .atConfig(target.isPresent() ? "target" : "targets");
        }
        weight.filter(all::contains).ifPresent(name -> {
            throw new InputException("column '" + name + "' is the target of an output", "Give another column.")
                    .atConfig("weight");
        });
        columns.orElse(List.of()).stream().filter(all::contains).findFirst().ifPresent(name -> {
            throw new InputException("column '" + name + "' is the target of an output", "Remove it from columns.")
                    .atConfig("columns");
        });
        inputs.ifPresent(groups -> InputNames.checkColumns(groups, all));
        return context.targets();
    }

    /** Return the columns to be learned; those of the training file if this source specifies none. */
    private List<String> learned(Optional<Encoding> training) {
        return targets.or(() -> target.map(List::of))
                .or(() -> training.map(Encoding::target)
                        .filter(goal -> !goal.isClass())
                        .map(Target::names))
                .orElse(List.of());
    }

    private static Optional<List<String>> distinct(String parameter, Optional<List<String>> names) {
        names.ifPresent(list -> {
            ParameterException.require(!list.isEmpty(), parameter, list, "at least one column");
            ParameterException.require(
                    list.stream().distinct().count() == list.size(), parameter, list, "distinct columns");
        });
        return names.map(List::copyOf);
    }
}
