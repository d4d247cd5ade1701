package dev.chainrule.model.initializer;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Initializer;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Matrix;
import java.util.List;

/** An initializer that sets the elements to numbers written in the config. */
@Component("values")
@Doc("Explicit values, for networks small enough to follow by hand.")
public record Values(
        @Doc("The rows. Weights have one row per input and one column per unit; biases are a single row.")
        List<List<Double>> rows)
        implements Initializer {
    public Values {
        rows = rows.stream().map(List::copyOf).toList();
        int columns = rows.isEmpty() ? 0 : rows.get(0).size();
        ParameterException.require(columns > 0, "rows", rows, "at least one row of at least one number");
        for (List<Double> row : rows) {
            ParameterException.require(
                    row.size() == columns,
                    "rows",
                    rows,
                    "rows of equal length: the first has " + columns + ", one has " + row.size());
            for (Double value : row) {
                ParameterException.require(Double.isFinite(value), "rows", value, "finite numbers");
            }
        }
    }

    @Override
    public void fill(Matrix w, int fanIn, int fanOut, Draws draws) {
        int columns = rows.get(0).size();
        if (rows.size() != w.rows() || columns != w.columns()) {
            throw new InputException(
                    "values are [" + rows.size() + ", " + columns + "], but the parameter is " + w.shape(),
                    "Write one row per input and one column per unit; biases are a single row.");
        }
        for (int i = 0; i < w.rows(); i++) {
            for (int j = 0; j < columns; j++) {
                w.set(i, j, rows.get(i).get(j));
            }
        }
    }
}
