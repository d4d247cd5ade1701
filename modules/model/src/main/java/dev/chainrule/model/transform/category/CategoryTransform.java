package dev.chainrule.model.transform.category;

import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Transform;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.training.State;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.transform.ChosenColumns;
import dev.chainrule.model.transform.WiderEncoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;

/** A transform that replaces columns of names, ordinal or with an input for each name, by other columns. */
abstract class CategoryTransform implements Transform {
    /** The number of a name that no training example has. */
    static final int UNKNOWN = -1;

    private final List<Encoding.Column> all;
    /** The place of each column among those that are replaced; −1 if it is not. */
    private final int[] places;

    private final int[] widths;
    private final String cause;
    private final Encoding encoding;
    private final Matrix out;

    /**
     * Create the transform.
     *
     * @param chosen the names of the columns to replace, in the order of their places
     * @param made the columns that replace a column
     * @param cause the name of the transform
     * @throws InputException at {@code columns} if one does not exist or contains numbers
     */
    CategoryTransform(
            List<String> chosen,
            Encoding from,
            Function<Encoding.Column, List<Encoding.Column>> made,
            String cause,
            Kernels kernels) {
        ChosenColumns.require(Optional.of(chosen), from);
        this.all = from.columns();
        this.cause = cause;
        this.places = new int[all.size()];
        this.widths = new int[all.size()];
        List<Encoding.Column> columns = new ArrayList<>();
        int[] added = new int[from.shape().size()];
        int input = 0;
        for (int c = 0; c < places.length; c++) {
            Encoding.Column column = all.get(c);
            places[c] = chosen.indexOf(column.name());
            widths[c] = column.width();
            List<Encoding.Column> replacing = List.of(column);
            if (places[c] >= 0) {
                requireNames(column, cause);
                replacing = made.apply(column);
                added[input] =
                        replacing.stream().mapToInt(Encoding.Column::width).sum() - column.width();
            }
            columns.addAll(replacing);
            input += column.width();
        }
        this.encoding = WiderEncoding.of(from, added, columns, cause);
        this.out = kernels.matrix(0, encoding.shape().size());
    }

    private static void requireNames(Encoding.Column column, String cause) {
        if (column.categories().isEmpty()) {
            throw new InputException(
                            "column '" + column.name() + "' contains numbers, but " + cause + " takes names",
                            "Remove it; if its numbers are names, list it under categorical in the source.")
                    .atConfig("columns");
        }
    }

    /**
     * Require that chosen columns still have an input for each name, of which one at most is 1.
     *
     * @throws InputException if other transforms have changed them, or if cells have several names
     */
    @Override
    public void fit(Examples training) {
        training.forEachInput(x -> {
            int from = 0;
            for (int c = 0; c < places.length; c++) {
                if (places[c] >= 0 && !all.get(c).ordinal()) {
                    requireOneName(x, from, all.get(c));
                }
                from += widths[c];
            }
        });
    }

    private void requireOneName(double[] x, int from, Encoding.Column column) {
        int ones = 0;
        for (int j = from; j < from + column.width(); j++) {
            ones += x[j] == 1 ? 1 : 0;
            if (x[j] != 0 && x[j] != 1 || ones > 1) {
                throw new InputException(
                        "column '" + column.name() + "' is not 1 for one name and 0 for all others, as " + cause
                                + " requires",
                        "Transforms that change it, such as standardize, belong below " + cause
                                + ", or get only: numbers. Columns of words or sets cannot be used.");
            }
        }
    }

    /** Return the columns to be replaced, by their places. */
    static List<Encoding.Column> columns(List<String> chosen, Encoding encoding) {
        return chosen.stream()
                .map(name -> encoding.columns().stream()
                        .filter(column -> column.name().equals(name))
                        .findFirst()
                        .orElseThrow())
                .toList();
    }

    /**
     * Write the numbers that replace a name.
     *
     * @param place of the column
     * @param name its number; {@link #UNKNOWN} if no training example has it
     * @param fold of the example; −1 if it is not a training example
     * @param out row {@code row} is modified
     * @param at the first number
     * @return how many there are
     */
    abstract int write(int place, int name, int fold, Matrix out, int row, int at);

    @Override
    public final Encoding encoding() {
        return encoding;
    }

    @Override
    public final Matrix inputs(Matrix x) {
        out.reshape(x.rows(), encoding.shape().size());
        for (int row = 0; row < x.rows(); row++) {
            transform(x, row, -1);
        }
        return out;
    }

    /** Transform training examples, whose folds are known. */
    final Matrix inputs(Matrix x, Origin origin, int folds) {
        out.reshape(x.rows(), encoding.shape().size());
        for (int row = 0; row < x.rows(); row++) {
            transform(x, row, origin.draws(row).below(folds));
        }
        return out;
    }

    private void transform(Matrix x, int row, int fold) {
        int from = 0;
        int at = 0;
        for (int c = 0; c < places.length; c++) {
            if (places[c] >= 0) {
                at += write(places[c], name(input -> x.get(row, input), from, c), fold, out, row, at);
            } else {
                for (int j = 0; j < widths[c]; j++) {
                    out.set(row, at++, x.get(row, from + j));
                }
            }
            from += widths[c];
        }
        while (from < x.columns()) { // pictures beside the columns
            out.set(row, at++, x.get(row, from++));
        }
    }

    /** Pass the number of the name of each replaced column to a consumer, by the column's place. */
    final void names(double[] x, PlaceConsumer consumer) {
        int from = 0;
        for (int c = 0; c < places.length; c++) {
            if (places[c] >= 0) {
                consumer.accept(places[c], name(input -> x[input], from, c));
            }
            from += widths[c];
        }
    }

    private int name(IntToDoubleFunction x, int from, int c) {
        if (all.get(c).ordinal()) {
            return (int) x.applyAsDouble(from);
        }
        for (int j = 0; j < widths[c]; j++) {
            if (x.applyAsDouble(from + j) == 1) {
                return j;
            }
        }
        return UNKNOWN;
    }

    /** Save the numbers learned for each replaced column, as {@code <name>_<place>}. */
    static void save(String name, List<DoubleMatrix> learned, State to) {
        for (int place = 0; place < learned.size(); place++) {
            to.put(name + "_" + place, learned.get(place));
        }
    }

    /** Restore what {@link #save} saved under the same name. */
    static void restore(String name, List<DoubleMatrix> learned, State from) {
        for (int place = 0; place < learned.size(); place++) {
            learned.get(place).copyFrom(from.matrix(name + "_" + place));
        }
    }

    /** A consumer of the name of a column, by its number. */
    @FunctionalInterface
    interface PlaceConsumer {
        void accept(int place, int name);
    }
}
