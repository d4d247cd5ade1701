package dev.chainrule.app.command;

import dev.chainrule.api.data.Target;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** Predictions as CSV: one line per row of the input, including marked ones for rows that cannot be predicted. */
final class PredictionTable {
    private final Target target;
    private final boolean reconstructs;
    private final SortedMap<Integer, String> unusable;
    private final StringBuilder text = new StringBuilder();
    private int outputs;
    /** The next row of the input. */
    private int next;

    /**
     * Begin a table.
     *
     * @param reconstructs whether inputs are their own targets, so that each has a loss
     * @param unusable rows of the input that are not examples, with the reason
     */
    PredictionTable(Target target, boolean reconstructs, SortedMap<Integer, String> unusable) {
        this.target = target;
        this.reconstructs = reconstructs;
        this.unusable = unusable;
    }

    /**
     * Add a prediction; examples come in the order of the input.
     *
     * @param a [rows, outputs] in the unit of the data. Not modified.
     * @param distance [rows, outputs] within which a number stands for each output. Not modified.
     * @param costs [rows, 1] if inputs are their own targets. Not modified.
     */
    void add(int index, Matrix a, Matrix distance, Matrix costs, int row) {
        if (index == 0) {
            outputs = a.columns();
            text.append(heading());
        }
        addUnusable();
        text.append(next++);
        if (target.isClass()) {
            text.append(',').append(cell(target.names().get(Target.predictedClass(a, row))));
        }
        if (reconstructs) {
            text.append(',').append(Numbers.rounded(costs.get(row, 0)));
        }
        for (int j = 0; j < outputs; j++) {
            text.append(',').append(Numbers.format(a.get(row, j), distance.get(row, j)));
        }
        text.append(unusable.isEmpty() ? "\n" : ",\n");
    }

    /** Return the whole table. */
    String text() {
        addUnusable();
        return text.toString();
    }

    /** Add the rows that cannot be predicted and precede the next one that can. */
    private void addUnusable() {
        while (unusable.containsKey(next)) {
            text.append(next)
                    .append(",".repeat(outputs + (target.isClass() || reconstructs ? 2 : 1)))
                    .append(cell(unusable.get(next)))
                    .append('\n');
            next++;
        }
    }

    private String heading() {
        List<String> cells = new ArrayList<>(List.of("example"));
        if (target.isClass()) {
            cells.add("class");
        }
        if (reconstructs) {
            cells.add("loss");
        }
        if (target.isClass() && outputs != target.names().size()) {
            cells.add("output");
        } else {
            target.names().forEach(name -> cells.add(cell(name)));
        }
        if (!unusable.isEmpty()) {
            cells.add("problem");
        }
        return String.join(",", cells) + "\n";
    }

    private static String cell(String text) {
        return text.matches("[^\",\\r\\n]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
