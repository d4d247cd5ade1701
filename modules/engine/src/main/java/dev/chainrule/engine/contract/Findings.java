package dev.chainrule.engine.contract;

import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Numbers;
import dev.chainrule.math.Precision;
import dev.chainrule.math.ThreadTeam;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Comparisons of matrices and the differences that they find. */
final class Findings {
    private static final int[] MORE_THREADS = {2, 3};

    private final List<Finding> found = new ArrayList<>();

    private Findings() {}

    /** Run checks and return their findings; an exception of a component is a finding too. */
    static List<Finding> of(Consumer<Findings> checks) {
        Findings findings = new Findings();
        try {
            checks.accept(findings);
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            findings.add("its code", "a result", "'" + e + "'" + place(e), "");
        }
        return List.copyOf(findings.found);
    }

    /** Return the file and line that threw, so that an author finds it without a stack trace. */
    private static String place(Throwable e) {
        return e.getStackTrace().length == 0
                ? ""
                : " in " + e.getStackTrace()[0].getFileName() + ", line " + e.getStackTrace()[0].getLineNumber();
    }

    boolean none() {
        return found.isEmpty();
    }

    void add(String value, double expected, double got, String at) {
        found.add(Finding.of(value, expected, got, at));
    }

    void add(String value, String expected, String got, String at) {
        found.add(new Finding(value, expected, got, at));
    }

    /** Require a condition. */
    void require(boolean holds, String value, Object expected, Object got) {
        if (!holds) {
            add(value, text(expected), text(got), "");
        }
    }

    private static String text(Object value) {
        return value instanceof Double number ? Numbers.format(number) : String.valueOf(value);
    }

    /**
     * Require identical bits when computed again and by several threads, in float32, the default precision of training.
     *
     * @param values the results of {@code compute}, in words
     */
    void repeatable(List<String> values, Function<Kernels, List<Matrix>> compute) {
        List<Matrix> expected = compute.apply(new Probe().float32());
        List<Matrix> again = compute.apply(new Probe().float32());
        for (int i = 0; i < values.size(); i++) {
            first(values.get(i) + " computed again", expected.get(i), again.get(i));
        }
        for (int threads : MORE_THREADS) {
            try (ThreadTeam team = new ThreadTeam(threads)) {
                List<Matrix> shared = compute.apply(Kernels.of(Precision.FLOAT32, team));
                for (int i = 0; i < values.size(); i++) {
                    first(values.get(i) + " with " + threads + " threads", expected.get(i), shared.get(i));
                }
            }
        }
    }

    /** Require identical bits of two large matrices; only the first difference is reported. */
    private void first(String value, Matrix expected, Matrix got) {
        if (!shape(value, expected.rows(), expected.columns(), got)) {
            return;
        }
        for (int i = 0; i < got.rows(); i++) {
            for (int j = 0; j < got.columns(); j++) {
                if (Double.compare(expected.get(i, j), got.get(i, j)) != 0) {
                    add(value, expected.get(i, j), got.get(i, j), "[" + i + ", " + j + "]");
                    return;
                }
            }
        }
    }

    /** Require that a component left a matrix unchanged; NaNs are equal. */
    void untouched(String value, Matrix before, Matrix now) {
        same(value, before, now, "", now);
    }

    /** Return a place in words, by the input there: {@code z = 0.5}. */
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

    /** Require identical bits; NaNs are equal. */
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
                    add(value, want, have, place(name, inputs, i, j));
                }
            }
        }
    }

    private static String place(String name, Matrix inputs, int row, int column) {
        if (name.isEmpty()) {
            return "[" + row + ", " + column + "]";
        }
        return row < inputs.rows() && column < inputs.columns() ? at(name, inputs.get(row, column)) : "";
    }

    /** Require that no element is NaN, nor infinite unless that is allowed. */
    void finite(String value, Matrix got, boolean infinityAllowed, String name, Matrix inputs) {
        for (int i = 0; i < got.rows(); i++) {
            for (int j = 0; j < got.columns(); j++) {
                double have = got.get(i, j);
                if (Double.isNaN(have) || (!infinityAllowed && Double.isInfinite(have))) {
                    add(value, Double.NaN, have, place(name, inputs, i, Math.min(j, inputs.columns() - 1)));
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
