package dev.chainrule.app.init;

import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.Suggestion;
import dev.chainrule.table.FormatGuess;
import dev.chainrule.table.MissingValues;
import dev.chainrule.table.NumberForm;
import dev.chainrule.table.NumberGuess;
import dev.chainrule.table.OddCells;
import dev.chainrule.table.Table;
import dev.chainrule.table.TableFormat;
import dev.chainrule.table.TableReader;
import java.nio.file.Path;
import java.util.List;

/** The survey of an unknown table: its format, and the contents of its columns. The data source will read it with the same code. */
public record TableSurvey(Table table, List<SurveyedColumn> columns) {
    /**
     * Survey a file.
     *
     * @param target a column that the file must have
     * @param classes whether its values are classes even if they are numbers
     * @throws InputException if the file is not a table, with the line, or if it has no such column
     */
    public static TableSurvey of(Path file, String target, boolean classes) {
        TableFormat format = FormatGuess.of(file, target);
        Table raw = TableReader.read(file, format);
        List<String> names = raw.names();
        if (!names.contains(target)) {
            throw new InputException(
                            "there is no column '" + target + "'",
                            Suggestion.didYouMean(target, names) + "Columns: " + String.join(", ", names) + ".")
                    .inFile(file.toString());
        }
        raw.duplicates().forEach(name -> raw.column(name, "be used"));
        NumberForm numbers = NumberGuess.of(raw);
        MissingValues missing = OddCells.of(raw.readAs(numbers, MissingValues.NONE));
        Table table = raw.readAs(numbers, missing);
        return new TableSurvey(
                table,
                table.columns().stream()
                        .map(column -> SurveyedColumn.of(
                                column, classes && column.name().equals(target)))
                        .toList());
    }

    SurveyedColumn column(String name) {
        return columns.stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
