package dev.chainrule.builtin.data;

import dev.chainrule.api.Encoding;
import dev.chainrule.api.InputException;
import dev.chainrule.api.Target;
import java.util.List;
import java.util.Optional;

/**
 * Write the columns to be learned as numbers.
 *
 * @param learned the columns to be learned
 * @param forced columns whose cells are names although they look like numbers
 */
record CsvTargets(CsvTable table, List<String> learned, List<String> forced) {
    /**
     * Return what is learned: as in the training examples, else as the cells ask for.
     *
     * @param values whether the user asked for numbers
     */
    Target target(boolean values, Optional<Encoding> training) {
        if (learned.isEmpty()) {
            throw new InputException(
                            "no column to be learned is named",
                            "Write target: and one of the columns: " + Names.list(table.names()) + ".")
                    .atConfig("target");
        }
        learned.forEach(this::column);
        if (training.isPresent()) {
            return trained(training.get().target());
        }
        List<Encoding.Column> columns = learned.stream()
                .map(name -> column(name).encoding(forced.contains(name)))
                .toList();
        if (!values && !columns.get(0).categories().isEmpty()) {
            return new Target(Target.Form.CLASS_INDEX, columns.get(0).categories());
        }
        for (Encoding.Column column : columns) {
            if (!column.categories().isEmpty()) {
                throw new InputException(
                                "column '" + column.name() + "' holds names; targets are columns of numbers",
                                "To learn classes write target: " + column.name() + ".")
                        .inFile(table.place());
            }
        }
        return new Target(Target.Form.VALUES, learned);
    }

    /** Return the targets, one row an example. */
    double[][] encode(Target goal) {
        double[][] rows = new double[table.rows().size()][learned.size()];
        for (int j = 0; j < learned.size(); j++) {
            CsvColumn column = column(learned.get(j));
            double[] values = goal.isClass() ? column.numbersOf(goal.names()) : column.numbers();
            for (int i = 0; i < rows.length; i++) {
                rows[i][j] = values[i];
            }
        }
        return rows;
    }

    private Target trained(Target trained) {
        int wanted = trained.isClass() ? 1 : trained.names().size();
        if (learned.size() != wanted) {
            throw new InputException(
                            "columns to be learned: " + Names.list(learned) + "; the training examples' target is "
                                    + (trained.isClass() ? "a class" : Names.list(trained.names())))
                    .inFile(table.place());
        }
        return trained.isClass() ? new Target(Target.Form.CLASS_INDEX, trained.names()) : trained;
    }

    private CsvColumn column(String name) {
        return table.column(name, "be learned");
    }
}
