package dev.chainrule.builtin.data.table;

import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import java.util.List;

/** The target columns of a table, written as numbers. */
record CsvTargets(CsvUse use) {
    /**
     * Return the target: that of the training examples, or else one that suits the cells.
     *
     * @param values whether the user requested numbers
     */
    Target target(boolean values) {
        if (use.learned().isEmpty()) {
            throw new InputException(
                            "no target column was given",
                            "Add target: with one of the columns: "
                                    + Names.list(use.table().names()) + ".")
                    .atConfig("target");
        }
        use.learned().forEach(use::target);
        if (use.training().isPresent()) {
            return trained(use.training().get().target());
        }
        List<Encoding.Column> columns =
                use.learned().stream().map(name -> use.target(name).encoding()).toList();
        if (!values && !columns.get(0).categories().isEmpty()) {
            return new Target(
                    Target.Form.CLASS_INDEX, use.target(use.learned().get(0)).classes());
        }
        for (Encoding.Column column : columns) {
            if (!column.categories().isEmpty()) {
                throw new InputException(
                                "column '" + column.name() + "' contains names, but targets must be columns of numbers",
                                "To predict classes, write target: " + column.name() + ".")
                        .inFile(use.table().place());
            }
        }
        return new Target(Target.Form.VALUES, use.learned());
    }

    /** Return the targets, row by row. */
    double[] encode(Target goal) {
        List<String> learned = use.learned();
        int rows = use.table().size();
        double[] cells = new double[Math.multiplyExact(rows, learned.size())];
        for (int j = 0; j < learned.size(); j++) {
            CsvColumn column = use.target(learned.get(j));
            double[] values = column.encode(goal.isClass() ? goal.names() : List.of(), CsvUse.REFUSE);
            for (int i = 0; i < rows; i++) {
                cells[i * learned.size() + j] = values[i];
            }
        }
        return cells;
    }

    private Target trained(Target trained) {
        int wanted = trained.isClass() ? 1 : trained.names().size();
        if (use.learned().size() != wanted) {
            throw new InputException("target columns: " + Names.list(use.learned())
                            + "; the training examples' target is "
                            + (trained.isClass() ? "a class" : Names.list(trained.names())))
                    .inFile(use.table().place());
        }
        return trained.isClass() ? new Target(Target.Form.CLASS_INDEX, trained.names()) : trained;
    }
}
