package dev.chainrule.app.command.show;

import dev.chainrule.api.data.Target;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.data.Dataset;
import dev.chainrule.engine.data.ExampleOrder;
import dev.chainrule.engine.data.Pipeline;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The first examples of the first epoch, read in its batches, since an augmentation may mix the examples of one. */
final class SeenExamples {
    private static final int MOST_NUMBERS = 4;
    private static final double PERCENT = 100;

    private final Assembly assembly;
    private final Pipeline pipeline;

    SeenExamples(Assembly assembly) {
        this.assembly = assembly;
        this.pipeline = assembly.pipeline();
    }

    List<SeenExample> first(int count) {
        Dataset train = assembly.datasets().train();
        int[] order = new ExampleOrder(assembly.experiment(), train).of(0);
        int batch =
                Math.min(order.length, assembly.experiment().data().batchSize().examples());
        List<SeenExample> seen = new ArrayList<>();
        for (int from = 0; from < order.length && seen.size() < count; from += batch) {
            int rows = Math.min(batch, order.length - from);
            Matrix x = pipeline.inputs(train, order, from, rows, 0);
            List<double[]> inputs = new ArrayList<>();
            for (int i = 0; i < Math.min(rows, count - seen.size()); i++) {
                inputs.add(numbers(x, i));
            }
            Matrix y = pipeline.targets(train, order, from, rows, 0);
            for (int i = 0; i < inputs.size(); i++) {
                seen.add(new SeenExample(order[from + i] % train.size(), inputs.get(i), label(y, i)));
            }
        }
        return seen;
    }

    private static double[] numbers(Matrix matrix, int row) {
        double[] numbers = new double[matrix.columns()];
        for (int j = 0; j < numbers.length; j++) {
            numbers[j] = matrix.get(row, j);
        }
        return numbers;
    }

    /** Return the targets of an example in words, those of several outputs with their names. */
    private String label(Matrix y, int row) {
        List<String> labels = new ArrayList<>();
        int first = 0;
        for (int head = 0; head < pipeline.heads(); head++) {
            int width =
                    pipeline.heads() == 1 ? y.columns() : pipeline.target(head).size();
            String name = assembly.experiment().heads().get(head).name();
            String words = pipeline.reconstructs(head)
                    ? "the input"
                    : words(pipeline.target(head), numbers(y, row), first, width);
            labels.add(name.isEmpty() ? words : name + ": " + words);
            first += width;
        }
        return String.join("; ", labels);
    }

    private static String words(Target target, double[] y, int first, int width) {
        List<String> names = target.names();
        if (target.rows() > 1) {
            return "at " + target.rows() + " positions: " + (target.isClass() ? shares(target, y, first) : "numbers");
        }
        if (!target.isClass()) {
            return listed(y, first, width);
        }
        if (width == 1) {
            return names.get((int) y[first]);
        }
        List<String> parts = new ArrayList<>();
        for (int j = 0; j < width; j++) {
            if (y[first + j] == 1) {
                return names.get(j);
            }
            if (y[first + j] > 0) {
                parts.add(names.get(j) + " " + percent(y[first + j]));
            }
        }
        return String.join(", ", parts);
    }

    private static String shares(Target target, double[] y, int first) {
        int width = target.width();
        int[] counts = new int[target.names().size()];
        for (int position = 0; position < target.rows(); position++) {
            int at = first + position * width;
            int found = width == 1 ? (int) y[at] : 0;
            for (int j = 1; width > 1 && j < width; j++) {
                found = y[at + j] > y[at + found] ? j : found;
            }
            counts[found]++;
        }
        List<String> parts = new ArrayList<>();
        for (int j = 0; j < counts.length; j++) {
            if (counts[j] > 0) {
                parts.add(target.names().get(j) + " " + percent(counts[j] / (double) target.rows()));
            }
        }
        return String.join(", ", parts);
    }

    /** Return the first numbers of a row. */
    static String listed(double[] numbers, int first, int count) {
        List<String> parts = new ArrayList<>();
        for (int j = 0; j < Math.min(count, MOST_NUMBERS); j++) {
            parts.add(Numbers.format(numbers[first + j]));
        }
        return String.join(", ", parts) + (count > MOST_NUMBERS ? ", … (" + count + " in all)" : "");
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", PERCENT * share);
    }
}
