package dev.chainrule.app.command.predict;

import dev.chainrule.api.data.Target;
import dev.chainrule.engine.data.Pipeline;
import dev.chainrule.engine.evaluation.Evaluator;
import dev.chainrule.engine.experiment.Head;
import dev.chainrule.math.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.IntFunction;

/** Predictions as CSV: one line per row of the input, including marked ones for rows that cannot be predicted. */
final class PredictionTable {
    private final List<Head> heads;
    private final Pipeline pipeline;
    private final SortedMap<Integer, String> unusable;
    private final IntFunction<Optional<String>> names;
    private final StringBuilder text = new StringBuilder();
    /** The commas between the name of a row and the reason why it has no prediction. */
    private int columns;
    /** The next row of the input. */
    private int next;

    /**
     * Begin a table.
     *
     * @param heads the outputs of the network
     * @param unusable rows of the input that are not examples, with the reason
     * @param names the name of each row of the input, if rows have names
     */
    PredictionTable(
            List<Head> heads,
            Pipeline pipeline,
            SortedMap<Integer, String> unusable,
            IntFunction<Optional<String>> names) {
        this.heads = heads;
        this.pipeline = pipeline;
        this.unusable = unusable;
        this.names = names;
    }

    /**
     * Add a prediction; examples come in the order of the input.
     *
     * @param outputs of a batch, by output of the network. Not modified.
     */
    void add(int index, List<Evaluator.Prediction> outputs, int row) {
        if (index == 0) {
            text.append(heading(outputs));
        }
        addUnusable();
        beginRow();
        for (int h = 0; h < outputs.size(); h++) {
            add(h, outputs.get(h), row);
        }
        text.append(unusable.isEmpty() ? "\n" : ",\n");
    }

    private void add(int head, Evaluator.Prediction output, int row) {
        Target target = pipeline.target(head);
        if (target.rows() > 1) {
            addPositions(head, output, row * target.rows());
            return;
        }
        if (target.isClass()) {
            text.append(',').append(cell(target.names().get(pipeline.predictedClass(head, output.a(), row))));
        }
        output.costs().ifPresent(costs -> text.append(',').append(Numbers.rounded(costs.get(row, 0))));
        for (int j = 0; j < output.a().columns(); j++) {
            text.append(',')
                    .append(Numbers.format(
                            output.a().get(row, j), output.distance().get(row, j)));
        }
    }

    /** Add the class, or the values, of each position of an example. */
    private void addPositions(int head, Evaluator.Prediction output, int first) {
        Target target = pipeline.target(head);
        for (int i = first; i < first + target.rows(); i++) {
            if (target.isClass()) {
                text.append(',').append(cell(target.names().get(pipeline.predictedClass(head, output.a(), i))));
                continue;
            }
            for (int j = 0; j < output.a().columns(); j++) {
                text.append(',')
                        .append(Numbers.format(
                                output.a().get(i, j), output.distance().get(i, j)));
            }
        }
    }

    /** Return the whole table. */
    String text() {
        addUnusable();
        return text.toString();
    }

    /** Add the rows that cannot be predicted and precede the next one that can. */
    private void addUnusable() {
        while (unusable.containsKey(next)) {
            String reason = unusable.get(next);
            beginRow();
            text.append(",".repeat(columns)).append(cell(reason)).append('\n');
        }
    }

    private void beginRow() {
        text.append(next);
        names.apply(next).ifPresent(name -> text.append(',').append(cell(name)));
        next++;
    }

    private String heading(List<Evaluator.Prediction> outputs) {
        List<String> cells =
                new ArrayList<>(names.apply(0).isPresent() ? List.of("example", "file") : List.of("example"));
        int named = cells.size() - 1;
        for (int h = 0; h < outputs.size(); h++) {
            Head head = heads.get(h);
            columns(pipeline.target(h), outputs.get(h)).forEach(name -> cells.add(cell(head.label(name))));
        }
        columns = cells.size() - named;
        if (!unusable.isEmpty()) {
            cells.add("problem");
        }
        return String.join(",", cells) + "\n";
    }

    private static List<String> columns(Target target, Evaluator.Prediction output) {
        List<String> columns = new ArrayList<>();
        if (target.rows() > 1) {
            List<String> of = target.isClass() ? List.of("class") : target.names();
            for (int row = 0; row < target.rows(); row++) {
                String position = position(target.positions(), row);
                of.forEach(name -> columns.add(name + position));
            }
            return columns;
        }
        if (target.isClass()) {
            columns.add("class");
        }
        if (output.costs().isPresent()) {
            columns.add("loss");
        }
        if (target.isClass() && output.a().columns() != target.names().size()) {
            columns.add("output");
        } else {
            columns.addAll(target.names());
        }
        return columns;
    }

    /** Return the numbers of a step, or of the row and column of a pixel, from 1: {@code _3} or {@code _2_5}. */
    private static String position(List<Integer> positions, int row) {
        int width = positions.get(positions.size() - 1);
        return (positions.size() == 1 ? "" : "_" + (row / width + 1)) + "_" + (row % width + 1);
    }

    private static String cell(String text) {
        return text.matches("[^\",\\r\\n]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
