package dev.chainrule.model.transform;

import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Transform;
import dev.chainrule.api.training.State;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.List;

/**
 * The replacement of NaN by values, column by column. A column of names is NaN in all of its inputs, or in none.
 *
 * <p>The input of a separate name for gaps follows the column's other inputs; the indicators follow all columns, or those of their
 * named input.
 */
final class Filling implements Transform {
    private final Fill fill;
    private final FilledColumn[] columns;
    private final Encoding encoding;
    /** [1, inputs], the value of each input in a gap. */
    private final DoubleMatrix values;
    /** [batch, outputs], if there are more of them than inputs. */
    private final Matrix out;

    private final boolean isWider;

    Filling(Fill fill, List<FilledColumn> columns, Encoding encoding, Kernels kernels) {
        this.fill = fill;
        this.columns = columns.toArray(FilledColumn[]::new);
        this.encoding = FilledColumn.filled(fill, columns, encoding);
        this.values = new DoubleMatrix(1, encoding.shape().size());
        this.isWider = this.encoding.shape().size() > encoding.shape().size();
        this.out = kernels.matrix(0, this.encoding.shape().size());
    }

    @Override
    public Encoding encoding() {
        return encoding;
    }

    @Override
    public void fit(Examples training) {
        new GapValues(fill.with(), columns, values).learn(training);
    }

    @Override
    public void save(State to) {
        to.put("values", values);
    }

    @Override
    public void restore(State from) {
        values.copyFrom(from.matrix("values"));
    }

    @Override
    public Matrix inputs(Matrix x) {
        if (isWider) {
            out.reshape(x.rows(), encoding.shape().size());
            for (int i = 0; i < x.rows(); i++) {
                widen(x, i);
            }
            return out;
        }
        for (int i = 0; i < x.rows(); i++) {
            for (FilledColumn column : columns) {
                for (int j = column.from(); isGap(column, x, i) && j < column.from() + column.width(); j++) {
                    x.set(i, j, values.get(0, j));
                }
            }
        }
        return x;
    }

    private void widen(Matrix x, int row) {
        int place = 0;
        int indicated = 0;
        for (int i = 0; i < columns.length; i++) {
            FilledColumn column = columns[i];
            boolean gap = isGap(column, x, row);
            for (int j = column.from(); j < column.from() + column.width(); j++) {
                out.set(row, place++, gap ? values.get(0, j) : x.get(row, j));
            }
            if (column.own() && !column.ordinal()) {
                out.set(row, place++, gap ? 1 : 0);
            }
            for (; column.last() && indicated <= i; indicated++) {
                if (fill.indicator() && columns[indicated].filled()) {
                    out.set(row, place++, isGap(columns[indicated], x, row) ? 1 : 0);
                }
            }
        }
    }

    private static boolean isGap(FilledColumn column, Matrix x, int row) {
        return column.filled() && Double.isNaN(x.get(row, column.from() + column.width() - 1));
    }
}
