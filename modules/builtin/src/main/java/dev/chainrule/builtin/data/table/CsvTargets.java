package dev.chainrule.builtin.data.table;

import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.builtin.data.Names;
import dev.chainrule.table.Spellings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The target columns of a table, written as numbers. */
record CsvTargets(CsvUse use) {
    /**
     * Return the targets: those of the training examples, or else ones that suit the cells.
     *
     * @param values whether the user requested numbers
     */
    Map<String, Target> targets(boolean values) {
        if (use.learned().isEmpty()) {
            throw new InputException(
                            "no target column was given",
                            "Add target: with one of the columns: "
                                    + Names.list(use.table().names()) + ".")
                    .atConfig("target");
        }
        use.learned().forEach(use::target);
        Map<String, Target> targets = new LinkedHashMap<>();
        use.goals()
                .forEach((name, columns) -> targets.put(
                        name,
                        use.training().isPresent()
                                ? trained(use.training().get().targets().get(name), columns)
                                : target(columns, values || columns.size() > 1)));
        return targets;
    }

    private Target target(List<String> learned, boolean values) {
        List<Encoding.Column> columns =
                learned.stream().map(name -> use.target(name).encoding()).toList();
        long names = columns.stream()
                .filter(column -> !column.categories().isEmpty())
                .count();
        if (names == columns.size() && (!values || names > 1)) {
            return new Target(
                    Target.Form.CLASS_INDEX, classes(columns), names > 1 ? List.of(columns.size()) : List.of());
        }
        for (Encoding.Column column : columns) {
            if (!column.categories().isEmpty()) {
                throw new InputException(
                                "column '" + column.name() + "' contains names, but targets must be columns of numbers"
                                        + (columns.size() > 1 ? ", or all of names" : ""),
                                "To predict classes, write target: " + column.name() + ".")
                        .inFile(use.table().place());
            }
        }
        return new Target(Target.Form.VALUES, learned);
    }

    /** Return the classes that columns have in common: class numbers in several spellings, such as 1 and 1.0, are one class. */
    private List<String> classes(List<Encoding.Column> columns) {
        List<String> names =
                columns.stream().flatMap(column -> column.categories().stream()).toList();
        return Names.sorted(Spellings.of(names, use.table().format().numbers()).values());
    }

    /** Return the targets, row by row. */
    double[] encode(Map<String, Target> targets) {
        int rows = use.table().size();
        int width = use.learned().size();
        double[] cells = new double[Math.multiplyExact(rows, width)];
        int place = 0;
        for (Map.Entry<String, List<String>> goal : use.goals().entrySet()) {
            Target target = targets.get(goal.getKey());
            for (String name : goal.getValue()) {
                double[] values = use.target(name).encode(target.isClass() ? target.names() : List.of(), CsvUse.REFUSE);
                for (int i = 0; i < rows; i++) {
                    cells[i * width + place] = values[i];
                }
                place++;
            }
        }
        return cells;
    }

    private Target trained(Target trained, List<String> learned) {
        int wanted = trained.size();
        if (learned.size() != wanted) {
            throw new InputException("target columns: " + Names.list(learned)
                            + "; the training examples' target is "
                            + (trained.isClass()
                                    ? wanted == 1 ? "a class" : wanted + " classes"
                                    : Names.list(trained.names())))
                    .inFile(use.table().place());
        }
        return trained.isClass() ? new Target(Target.Form.CLASS_INDEX, trained.names(), trained.positions()) : trained;
    }
}
