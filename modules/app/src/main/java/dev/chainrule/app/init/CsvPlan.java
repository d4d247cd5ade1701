package dev.chainrule.app.init;

import dev.chainrule.api.error.InputException;
import dev.chainrule.table.MissingValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The plan for a table: which column is learned, from which others, and from which rows. */
final class CsvPlan {
    private static final int WIDEST = 32;

    private final TableSurvey survey;
    private final SurveyedColumn target;
    private final boolean classes;
    private final List<SurveyedColumn> inputs;
    private final RowChoice rows;
    private final Map<SurveyedColumn, String> leftOut = new LinkedHashMap<>();

    /**
     * Create a plan.
     *
     * @throws InputException if nothing can be learned
     */
    CsvPlan(TableSurvey survey, String name) {
        this.survey = survey;
        this.target = survey.column(name);
        this.classes = target.holdsClasses();
        List<SurveyedColumn> telling = new ArrayList<>();
        for (SurveyedColumn column : survey.columns()) {
            String reason = column.useless();
            if (column != target && reason.isEmpty()) {
                telling.add(column);
            } else if (column != target) {
                leftOut.put(column, reason);
            }
        }
        requireTarget();
        if (telling.isEmpty()) {
            throw problem("no usable column is left to predict '" + name + "'", reasons());
        }
        this.inputs = telling;
        this.rows = new RowChoice(target, telling, classes);
        requireRows();
    }

    private void requireTarget() {
        if (!target.otherForm().isEmpty()) {
            throw problem(
                    "column '" + target.name() + "' has '" + target.otherForm()
                            + "', which looks like a number in another format",
                    "The file's numbers have more than one format, or their separators are ambiguous.",
                    "Write a config by hand, with decimal: and thousands: in data.train.");
        }
        if (target.isNumeric() && !Double.isFinite(target.numbers().range())) {
            throw problem("column '" + target.name() + "' has numbers out of range", "The largest number is 1.79e308.");
        }
        if (target.hasSeveralUnits()) {
            throw problem(
                    "column '" + target.name() + "' has numbers of more than one unit: "
                            + String.join(", ", target.column().units()),
                    "All numbers in a column must have the same unit, or none.");
        }
        if (target.names().size() < 2) {
            throw problem("column '" + target.name() + "' has the same value in every row: nothing can be learned");
        }
        if (classes && target.different() > target.rows() / 2) {
            throw problem(
                    "column '" + target.name() + "' has " + target.different() + " different names in " + target.rows()
                            + " rows: too few examples of each",
                    "Give a column with fewer classes, or with numbers.");
        }
    }

    private void requireRows() {
        if (2 * rows.used() < target.rows()) {
            throw problem(
                    (target.rows() - rows.used()) + " of " + target.rows() + " rows lack a value in '" + target.name()
                            + "'",
                    "Fill these cells in, or give another column to predict.");
        }
    }

    TableSurvey survey() {
        return survey;
    }

    SurveyedColumn target() {
        return target;
    }

    List<SurveyedColumn> inputs() {
        return inputs;
    }

    RowChoice rows() {
        return rows;
    }

    /** Return the inputs whose names are embedded. */
    List<SurveyedColumn> embedded() {
        return inputs.stream().filter(SurveyedColumn::isWide).toList();
    }

    /** Return the number of features of an embedded name: the square root of the largest number of names, at most 32; 0 without any. */
    int embeddedWidth() {
        return embedded().stream()
                .mapToInt(column -> (int) Math.min(WIDEST, Math.ceil(Math.sqrt(column.different()))))
                .max()
                .orElse(0);
    }

    /** Return the columns that are not used, with the reason. */
    Map<SurveyedColumn, String> leftOut() {
        return leftOut;
    }

    boolean learnsClasses() {
        return classes;
    }

    /** Return the balance of the classes. */
    ClassBalance balance() {
        return new ClassBalance(rows.classCounts());
    }

    /**
     * Return the texts that represent missing values. Among class numbers these include words such as NA, which would otherwise be
     * classes.
     */
    MissingValues missingValues() {
        MissingValues given = survey.table().format().missing();
        return classes && target.isNumeric() ? given.with(target.name(), target.missingTexts()) : given;
    }

    /** Return the column whose gaps cause rows to be left out, with the count of its gaps. */
    String missing() {
        return counts(List.of(target));
    }

    /** Return the inputs that have gaps, with the counts of these. */
    String gaps() {
        return counts(rows.gaps());
    }

    private static String counts(List<SurveyedColumn> columns) {
        return columns.stream()
                .filter(column -> column.missingCount() > 0)
                .map(column -> column.name() + " " + column.missingCount())
                .collect(Collectors.joining(", "));
    }

    private String reasons() {
        return leftOut.entrySet().stream()
                .map(entry -> entry.getKey().name() + ": " + entry.getValue())
                .collect(Collectors.joining("; ", "Columns: ", "."));
    }

    private InputException problem(String message, String... notes) {
        return new InputException(message, notes).inFile(survey.table().place());
    }
}
