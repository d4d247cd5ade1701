package dev.chainrule.builtin.data;

import dev.chainrule.api.Component;
import dev.chainrule.api.DataContext;
import dev.chainrule.api.DataSource;
import dev.chainrule.api.DataSourceSpec;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Encoding;
import dev.chainrule.api.ParameterException;
import dev.chainrule.api.Target;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Read a table from a CSV file of UTF-8 text.
 *
 * <p>A column of numbers is one input; a column of names is one input for each name (one-hot, names sorted by code point). What
 * the training file has decides; every other file must have those columns, in any order.
 */
@Component("csv")
@Doc("A table from a CSV file: columns of numbers and of names (one-hot), and a column to be learned.")
public record CsvSource(
        @Doc("The file: UTF-8, one row a line, cells with delimiters or line breaks in quotes.")
        String file,

        @Doc("Whether the first row names the columns; else they are column_1, column_2, …") @Default("true")
        boolean header,

        @Doc("The columns to learn from, in this order; by default all but the target.")
        Optional<List<String>> columns,

        @Doc("The column to be learned: a class where its cells are names, else a number.")
        Optional<String> target,

        @Doc("Several columns of numbers to be learned, in place of target.")
        Optional<List<String>> targets,

        @Doc("The character between cells.") @Default("\",\"")
        String delimiter,

        @Doc("The character around cells that contain delimiters, line breaks or quotes.") @Default("'\"'")
        String quote,

        @Doc("Columns whose cells are names although they look like numbers.")
        Optional<List<String>> categorical,

        @Doc(
                "What becomes of rows that lack a value in a column that is used: error (the default) or drop, which leaves them "
                        + "out. Then NA, NaN, null, none, ? and - are no values either. Rows to predict are never dropped.")
        @Default("error")
        Missing missing)
        implements DataSourceSpec {
    public CsvSource {
        columns = distinct("columns", columns);
        targets = distinct("targets", targets);
        categorical = distinct("categorical", categorical);
        requireCharacter("delimiter", delimiter);
        requireCharacter("quote", quote);
        ParameterException.require(!delimiter.equals(quote), "quote", quote, "another character than the delimiter");
        boolean both = target.isPresent() && targets.isPresent();
        ParameterException.require(!both, "targets", targets.orElse(List.of()), "left out where target is given");
        List<String> learned = targets.or(() -> target.map(List::of)).orElse(List.of());
        for (String name : columns.orElse(List.of())) {
            ParameterException.require(
                    !learned.contains(name), "columns", columns.get(), "columns other than the target " + name);
        }
    }

    @Override
    public DataSource open(DataContext context) {
        CsvTable whole = CsvTable.read(context.resolve(file), header, delimiter.charAt(0), quote.charAt(0));
        CsvTable table =
                missing == Missing.DROP && context.labelled() ? whole.complete(used(whole, context.training())) : whole;
        List<String> forced = categorical.orElse(List.of());
        forced.forEach(name -> table.column(name, "be categorical"));
        List<String> learned = learned(context.training());
        CsvInputs inputs = new CsvInputs(table, learned, forced);
        CsvTargets goals = new CsvTargets(table, learned, forced);
        Encoding encoding = inputs.encoding(columns, context.training());
        if (!context.labelled()) {
            Target unknown = new Target(Target.Form.VALUES, learned);
            Encoding blind =
                    encoding.with(context.training().map(Encoding::target).orElse(unknown));
            return new TableData(inputs.encode(blind), Optional.empty(), blind, "CSV " + file);
        }
        Target goal = goals.target(targets.isPresent(), context.training());
        Encoding full = encoding.with(goal);
        int dropped = whole.rows().size() - table.rows().size();
        String origin = "CSV " + file + (dropped == 0 ? "" : ", " + dropped + " rows without a value left out");
        return new TableData(inputs.encode(full), Optional.of(goals.encode(goal)), full, origin);
    }

    /** Return the columns that are looked at, some of which the table may lack. */
    private List<String> used(CsvTable table, Optional<Encoding> training) {
        List<String> inputs = training.map(Encoding::columns)
                .filter(known -> !known.isEmpty())
                .map(known -> known.stream().map(Encoding.Column::name).toList())
                .or(() -> columns)
                .orElse(table.names());
        return Stream.concat(inputs.stream(), learned(training).stream()).toList();
    }

    /** Return the columns to be learned; those of the training file where this source names none. */
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
                    list.stream().distinct().count() == list.size(), parameter, list, "columns that all differ");
        });
        return names.map(List::copyOf);
    }

    private static void requireCharacter(String parameter, String text) {
        boolean fits = text.length() == 1 && "\r\n".indexOf(text.charAt(0)) < 0;
        ParameterException.require(fits, parameter, "'" + text + "'", "one character, no line break");
    }
}
