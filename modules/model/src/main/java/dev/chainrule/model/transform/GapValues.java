package dev.chainrule.model.transform;

import dev.chainrule.api.data.Transform;
import dev.chainrule.api.error.InputException;
import dev.chainrule.math.Matrix;
import java.util.Arrays;

/** The learning of values for gaps from the training examples, in float64, from the values that are present. */
final class GapValues {
    private final FillValue with;
    private final FilledColumn[] columns;
    private final Matrix values;

    /**
     * Begin.
     *
     * @param values [1, inputs]. Modified by {@link #learn}.
     */
    GapValues(FillValue with, FilledColumn[] columns, Matrix values) {
        this.with = with;
        this.columns = columns;
        this.values = values;
    }

    void learn(Transform.Examples training) {
        FilledColumn[] numbers = Arrays.stream(columns)
                .filter(column -> column.filled() && column.names().isEmpty())
                .toArray(FilledColumn[]::new);
        FilledColumn[] names = Arrays.stream(columns)
                .filter(column -> column.filled() && !column.names().isEmpty())
                .toArray(FilledColumn[]::new);
        if (with.rule().isEmpty()) {
            for (FilledColumn column : numbers) {
                values.set(0, column.from(), with.number().orElseThrow());
            }
            for (FilledColumn column : names) {
                setName(column, column.names().indexOf(with.text()));
            }
            return;
        }
        switch (with.rule().get()) {
            case MEAN -> means(training, numbers);
            case MEDIAN, MOST_COMMON -> sorted(training, numbers);
            case OWN -> {
                for (FilledColumn column : names) {
                    if (column.ordinal()) {
                        setName(column, column.names().size());
                    }
                }
            }
        }
        if (with.rule().get() == FillValue.Rule.MOST_COMMON) {
            mostCommon(training, names);
        }
    }

    private void means(Transform.Examples training, FilledColumn... numbers) {
        double[] sums = new double[numbers.length];
        int[] counts = new int[numbers.length];
        training.forEachInput(x -> {
            for (int j = 0; j < numbers.length; j++) {
                double value = x[numbers[j].from()];
                if (!Double.isNaN(value)) {
                    sums[j] += value;
                    counts[j]++;
                }
            }
        });
        for (int j = 0; j < numbers.length; j++) {
            requireSome(numbers[j], counts[j]);
            if (Double.isInfinite(sums[j])) {
                throw new InputException(numbers[j].name() + " has numbers too large for a mean", "Use median.");
            }
            values.set(0, numbers[j].from(), sums[j] / counts[j]);
        }
    }

    private void sorted(Transform.Examples training, FilledColumn... numbers) {
        boolean median = with.rule().get() == FillValue.Rule.MEDIAN;
        int[] inputs = Arrays.stream(numbers).mapToInt(FilledColumn::from).toArray();
        AscendingNumbers.of(training, inputs, (place, ascending, count) -> {
            requireSome(numbers[place], count);
            values.set(0, inputs[place], (median ? median(ascending, count) : mode(ascending, count)) + 0.0);
        });
    }

    private static double median(double[] ascending, int count) {
        int middle = count / 2;
        return count % 2 == 1 ? ascending[middle] : ascending[middle - 1] / 2 + ascending[middle] / 2;
    }

    /** Return the most common number, the lowest one among equals. */
    private static double mode(double[] ascending, int count) {
        double best = ascending[0];
        int most = 0;
        int run = 0;
        for (int i = 0; i < count; i++) {
            run = i > 0 && ascending[i] == ascending[i - 1] ? run + 1 : 1;
            if (run > most) {
                most = run;
                best = ascending[i];
            }
        }
        return best;
    }

    /** Let a gap become a name, by its number. */
    private void setName(FilledColumn column, int number) {
        if (column.ordinal()) {
            values.set(0, column.from(), number);
        } else {
            values.set(0, column.from() + number, 1);
        }
    }

    private void mostCommon(Transform.Examples training, FilledColumn... names) {
        long[][] counts = new long[names.length][];
        for (int c = 0; c < names.length; c++) {
            counts[c] = new long[names[c].names().size()];
        }
        training.forEachInput(x -> {
            for (int c = 0; c < names.length; c++) {
                for (int j = 0; j < names[c].width(); j++) {
                    double value = x[names[c].from() + j];
                    int name = names[c].ordinal() ? (int) value : j;
                    if (names[c].ordinal() ? value >= 0 : value == 1) {
                        counts[c][name]++;
                    }
                }
            }
        });
        for (int c = 0; c < names.length; c++) {
            int best = 0;
            for (int name = 1; name < counts[c].length; name++) {
                best = counts[c][name] > counts[c][best] ? name : best;
            }
            requireSome(names[c], counts[c][best]);
            setName(names[c], best);
        }
    }

    private static void requireSome(FilledColumn column, long count) {
        if (count == 0) {
            throw new InputException(
                    column.name() + " has no value in any training example, so its gaps cannot be filled",
                    "Remove the column, or fill it with a number or a name.");
        }
    }
}
