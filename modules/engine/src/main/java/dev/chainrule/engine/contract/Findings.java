package dev.chainrule.engine.contract;

import dev.chainrule.math.Matrix;
import dev.chainrule.math.Numbers;
import java.util.ArrayList;
import java.util.List;

/** Compare matrices and collect what differs. */
final class Findings {
    private final List<Finding> found = new ArrayList<>();

    List<Finding> all() {
        return List.copyOf(found);
    }

    void add(String value, double expected, double got, String at) {
        found.add(new Finding(value, expected, got, at));
    }

    /** Name a place by the input that stands there: {@code z = 0.5}. */
    static String at(String name, double input) {
        return name + " = " + Numbers.format(input);
    }

    /** Require a shape. */
    boolean shape(String value, int rows, int columns, Matrix got) {
        int before = found.size();
        if (got.rows() != rows) {
            add("rows of " + value, rows, got.rows(), "");
        }
        if (got.columns() != columns) {
            add("columns of " + value, columns, got.columns(), "");
        }
        return found.size() == before;
    }

    /** Require equal bits; NaNs are equal. */
    void same(String value, Matrix expected, Matrix got, String name, Matrix inputs) {
        compare(value, expected, got, 0, name, inputs);
    }

    /** Require each element within {@code tolerance}·max(1, the expected matrix's largest magnitude). */
    void close(String value, Matrix expected, Matrix got, double tolerance, String name, Matrix inputs) {
        compare(value, expected, got, tolerance * Math.max(1, largest(expected)), name, inputs);
    }

    private void compare(String value, Matrix expected, Matrix got, double allowed, String name, Matrix inputs) {
        if (!shape(value, expected.rows(), expected.columns(), got)) {
            return;
        }
        for (int i = 0; i < got.rows(); i++) {
            for (int j = 0; j < got.columns(); j++) {
                double want = expected.get(i, j);
                double have = got.get(i, j);
                // Written so that NaN differs from every number.
                if (Double.compare(want, have) != 0 && !(allowed > 0 && Math.abs(want - have) <= allowed)) {
                    add(value, want, have, i < inputs.rows() && j < inputs.columns() ? at(name, inputs.get(i, j)) : "");
                }
            }
        }
    }

    /** Require that no element is NaN, nor infinite unless that is allowed. */
    void finite(String value, Matrix got, boolean infinityAllowed, String name, Matrix inputs) {
        for (int i = 0; i < got.rows(); i++) {
            for (int j = 0; j < got.columns(); j++) {
                double have = got.get(i, j);
                if (Double.isNaN(have) || (!infinityAllowed && Double.isInfinite(have))) {
                    add(value, Double.NaN, have, at(name, inputs.get(i, Math.min(j, inputs.columns() - 1))));
                }
            }
        }
    }

    private static double largest(Matrix matrix) {
        double largest = 0;
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                largest = Math.max(largest, Math.abs(matrix.get(i, j)));
            }
        }
        return largest;
    }
}
