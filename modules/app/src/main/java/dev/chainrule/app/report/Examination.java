package dev.chainrule.app.report;

import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.app.report.page.Picture;
import dev.chainrule.engine.data.Dataset;
import dev.chainrule.engine.data.Pipeline;
import dev.chainrule.engine.evaluation.Evaluator;
import dev.chainrule.engine.experiment.Head;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Numbers;
import dev.chainrule.model.picture.ExamplePicture;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The examples and figures of one output that a page shows, kept from a pass over a dataset. */
final class Examination {
    private static final int MOST_EXAMPLES = 12;
    private static final int MOST_COLUMNS = 12;
    private static final int MOST_ANSWERS = 20_000;
    private static final int MOST_NUMBERS = 4;
    private static final int MOST_POSITIONS = 12;

    private final Dataset dataset;
    private final int head;
    private final Pipeline pipeline;
    private final Target target;
    /** Whether inputs are their own targets, which are not written as numbers. */
    private final boolean reconstructs;

    private final int stride;
    /** The outputs for the second of two classes; empty if there are not two. */
    private final double[] scores;

    private final int[] classes;
    private final double[][] truths;
    private final double[][] answers;
    private final PriorityQueue<Kept> worst = new PriorityQueue<>(Kept.ORDER);
    private final PriorityQueue<Kept> unsure = new PriorityQueue<>(Kept.ORDER);

    /** An example that is among the first by a rank. */
    private record Kept(double rank, int number, double cost, String truth, String answer) {
        /** The one to give up first; of equals, the later. */
        static final Comparator<Kept> ORDER =
                Comparator.comparingDouble(Kept::rank).thenComparing(Kept::number, Comparator.reverseOrder());
    }

    /** Whether examples are kept. */
    private final boolean shown;

    private Examination(Dataset dataset, int head, Pipeline pipeline, boolean shown) {
        this.dataset = dataset;
        this.shown = shown;
        this.head = head;
        this.pipeline = pipeline;
        this.target = pipeline.target(head);
        this.reconstructs = pipeline.reconstructs(head);
        int rows = dataset.size() * target.rows();
        this.stride = (rows + MOST_ANSWERS - 1) / MOST_ANSWERS;
        int numbers = target.isClass() || reconstructs || !shown
                ? 0
                : Math.min(MOST_NUMBERS, target.names().size());
        int count = (rows + stride - 1) / stride;
        boolean twoClasses = target.isClass() && target.names().size() == 2 && target.rows() == 1 && !reconstructs;
        this.scores = new double[twoClasses ? rows : 0];
        this.classes = new int[scores.length];
        this.truths = new double[numbers][count];
        this.answers = new double[numbers][count];
    }

    /**
     * Examine the answers of all outputs of a network to a dataset.
     *
     * @param shown whether examples are kept, or only counted
     */
    static List<Examined> of(Dataset dataset, List<Head> heads, Pipeline pipeline, Evaluator evaluator, boolean shown) {
        List<Examination> outputs = new ArrayList<>();
        for (int h = 0; h < heads.size(); h++) {
            outputs.add(new Examination(dataset, h, pipeline, shown));
        }
        Evaluator.Result result = evaluator.evaluate(
                dataset, (head, index, a, y, cost, row) -> outputs.get(head).add(index, a, y, cost, row));
        return IntStream.range(0, heads.size())
                .mapToObj(h -> outputs.get(h)
                        .examined(
                                heads.get(h).name(),
                                Optional.ofNullable(result.confusion().get(h))))
                .toList();
    }

    private Examined examined(String output, Optional<int[][]> confusion) {
        return new Examined(
                dataset.name(),
                output,
                dataset.size(),
                dataset.encoding(),
                target,
                confusion,
                curves(),
                examples(worst),
                examples(unsure),
                IntStream.range(0, truths.length)
                        .mapToObj(j -> new Examined.Answers(target.names().get(j), truths[j], answers[j]))
                        .toList());
    }

    private Optional<ThresholdCurves> curves() {
        boolean both = IntStream.of(classes).distinct().count() == 2;
        return both && DoubleStream.of(scores).allMatch(score -> score >= 0 && score <= 1)
                ? Optional.of(ThresholdCurves.of(target.names().get(1), scores, classes))
                : Optional.empty();
    }

    private void add(int index, Matrix a, Matrix y, double cost, int row) {
        if (scores.length > 0) {
            scores[index] = output(a, row, 1);
            classes[index] = Target.trueClass(y, row);
        }
        if (!shown) {
            return;
        }
        keep(worst, cost, index, cost, a, y, row);
        if (target.isClass()) {
            keep(unsure, -margin(a, row), index, cost, a, y, row);
            return;
        }
        for (int k = 0; k < target.rows(); k++) {
            int number = index * target.rows() + k;
            for (int j = 0; number % stride == 0 && j < truths.length; j++) {
                truths[j][number / stride] = y.get(row + k, j);
                answers[j][number / stride] = a.get(row + k, j);
            }
        }
    }

    private void keep(PriorityQueue<Kept> queue, double rank, int index, double cost, Matrix a, Matrix y, int row) {
        if (queue.size() == MOST_EXAMPLES && !(rank > queue.peek().rank())) {
            return;
        }
        if (queue.size() == MOST_EXAMPLES) {
            queue.remove();
        }
        queue.add(new Kept(rank, index, cost, truth(a, y, row), answer(a, row)));
    }

    /** Return by how much the first class leads the second, at the position at which it leads least. */
    private double margin(Matrix a, int first) {
        return IntStream.range(first, first + target.rows())
                .mapToDouble(row -> marginOf(a, row))
                .min()
                .orElseThrow();
    }

    private static double marginOf(Matrix a, int row) {
        if (a.columns() == 1) {
            return Math.abs(2 * a.get(row, 0) - 1);
        }
        double first = Double.NEGATIVE_INFINITY;
        double second = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < a.columns(); j++) {
            double value = a.get(row, j);
            second = Math.max(second, Math.min(first, value));
            first = Math.max(first, value);
        }
        return first - second;
    }

    private String truth(Matrix a, Matrix y, int row) {
        if (!target.isClass()) {
            return reconstructs ? "the input itself" : numbers(y, row);
        }
        if (target.rows() > 1) {
            return classes(i -> Target.trueClass(y, i), row);
        }
        int truth = Target.trueClass(y, row);
        return target.names().get(truth) + " (" + Numbers.rounded(output(a, row, truth)) + ")";
    }

    private String answer(Matrix a, int row) {
        if (!target.isClass()) {
            return reconstructs ? "the input again" : numbers(a, row);
        }
        if (target.rows() > 1) {
            return classes(i -> pipeline.predictedClass(head, a, i), row);
        }
        int answer = pipeline.predictedClass(head, a, row);
        return target.names().get(answer) + " (" + Numbers.rounded(output(a, row, answer)) + ")";
    }

    /** Return the class of each position of an example; of many positions, the number of each class. */
    private String classes(IntUnaryOperator of, int first) {
        int[] classes = IntStream.range(first, first + target.rows()).map(of).toArray();
        return classes.length <= MOST_POSITIONS
                ? IntStream.of(classes).mapToObj(target.names()::get).collect(Collectors.joining(" "))
                : IntStream.range(0, target.names().size())
                        .mapToObj(c -> target.names().get(c) + " "
                                + IntStream.of(classes).filter(own -> own == c).count())
                        .collect(Collectors.joining(", "));
    }

    private static double output(Matrix a, int row, int number) {
        return a.columns() > 1 ? a.get(row, number) : number == 1 ? a.get(row, 0) : 1 - a.get(row, 0);
    }

    private static String numbers(Matrix values, int row) {
        return IntStream.range(0, Math.min(MOST_NUMBERS, values.columns()))
                .mapToObj(j -> Numbers.rounded(values.get(row, j)))
                .collect(Collectors.joining(", "));
    }

    private List<Examined.Example> examples(PriorityQueue<Kept> queue) {
        return queue.stream().sorted(Kept.ORDER.reversed()).map(this::example).toList();
    }

    private Examined.Example example(Kept kept) {
        Encoding encoding = dataset.encoding();
        Matrix x = new DoubleMatrix(1, encoding.shape().size());
        dataset.readInputs(new int[] {kept.number()}, 0, 0, 1, x);
        boolean isPicture = encoding.shape().isImage();
        return new Examined.Example(
                kept.number(),
                dataset.location(kept.number())
                        .map(place -> place.substring(Math.max(place.lastIndexOf('/'), place.lastIndexOf('\\')) + 1))
                        .orElse(""),
                kept.truth(),
                kept.answer(),
                kept.cost(),
                isPicture ? List.of(Picture.address(ExamplePicture.png(x, encoding.shape()))) : values(x, encoding),
                isPicture);
    }

    /** Return the values of the first columns in words. */
    private static List<String> values(Matrix x, Encoding encoding) {
        List<String> values = new ArrayList<>();
        int at = 0;
        for (Encoding.Column column : encoding.columns()) {
            if (values.size() == MOST_COLUMNS) {
                break;
            }
            values.add(value(x, at, column));
            at += column.width();
        }
        for (int j = 0; encoding.columns().isEmpty() && j < Math.min(MOST_COLUMNS, x.columns()); j++) {
            values.add(Numbers.rounded(x.get(0, j)));
        }
        return values;
    }

    private static String value(Matrix x, int at, Encoding.Column column) {
        double first = x.get(0, at);
        if (Double.isNaN(first)) {
            return "missing";
        }
        if (column.categories().isEmpty()) {
            return Numbers.format(first);
        }
        if (column.ordinal()) {
            return first < 0 ? "unknown" : column.categories().get((int) first);
        }
        String names = IntStream.range(0, column.width())
                .filter(k -> x.get(0, at + k) > 0)
                .mapToObj(k -> column.categories().get(k)
                        + (x.get(0, at + k) > 1 ? " × " + Numbers.format(x.get(0, at + k)) : ""))
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "unknown" : names;
    }

    /** Return the headings of {@link Examined.Example#values}. */
    static List<String> headings(Encoding encoding) {
        return encoding.columns().isEmpty()
                ? IntStream.range(0, Math.min(MOST_COLUMNS, encoding.shape().size()))
                        .mapToObj(j -> "input " + (j + 1))
                        .toList()
                : encoding.columns().stream()
                        .limit(MOST_COLUMNS)
                        .map(Encoding.Column::name)
                        .toList();
    }
}
