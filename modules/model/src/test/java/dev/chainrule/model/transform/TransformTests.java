package dev.chainrule.model.transform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.TransformSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.InvertibleTransform;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.data.Transform;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.training.State;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Precision;
import dev.chainrule.math.ThreadTeam;
import dev.chainrule.model.testing.Examples;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TransformTests {
    private static final Encoding THREE =
            new Encoding(Shape.of(3), List.of(), new Target(Target.Form.CLASS_INDEX, List.of("a", "b", "c")));
    private static final Encoding TABLE = new Encoding(
            Shape.of(4),
            List.of(
                    new Encoding.Column("size", List.of()),
                    new Encoding.Column("colour", List.of("red", "green")),
                    new Encoding.Column("age", List.of())),
            new Target(Target.Form.VALUES, List.of("price")));
    private static final Kernels FLOAT64 = Kernels.of(Precision.FLOAT64, new ThreadTeam(1));

    @ParameterizedTest
    @EnumSource
    void scale_inputs_multipliesAndAdds(Precision precision) {
        Kernels kernels = Kernels.of(precision, new ThreadTeam(1));
        Transform scale = new Scale(0.5, -1, Optional.empty()).create(THREE, kernels);
        Matrix x = matrix(kernels, new double[][] {{0, 2, 255}, {1, -2, 4}});
        assertSame(x, scale.inputs(x));
        assertRows(new double[][] {{-1, 0, 126.5}, {-0.5, -2, 1}}, x);
        assertSame(THREE, scale.encoding());
        assertEquals(Set.of(), State.of(scale).matrices().keySet());
    }

    @Test
    void scale_byteBy255th_givesZeroToOne() {
        Matrix x = matrix(FLOAT64, new double[][] {{0, 51, 255}});
        new Scale(1.0 / 255, 0, Optional.empty()).create(THREE, FLOAT64).inputs(x);
        assertRows(new double[][] {{0, 51 * (1.0 / 255), 1}}, x);
    }

    @ParameterizedTest
    @EnumSource
    void scale_namedInput_leavesTheOthers(Precision precision) {
        Kernels kernels = Kernels.of(precision, new ThreadTeam(1));
        Encoding parts = new Encoding(
                List.of(new Encoding.Input("one", Shape.of(1)), new Encoding.Input("two", Shape.of(2))),
                List.of(),
                THREE.target());
        InvertibleTransform scale = new Scale(0.5, -1, Optional.of("two")).create(parts, kernels);
        Matrix x = matrix(kernels, new double[][] {{-0.0, 2, 255}, {Double.NaN, -2, 4}});
        scale.inputs(x);
        assertRows(new double[][] {{-0.0, 0, 126.5}, {Double.NaN, -2, 1}}, x);
        assertRows(new double[][] {{-0.0, 2, 255}, {Double.NaN, -2, 4}}, scale.undo(x));
        assertFalse(scale.reads(0));
        assertTrue(scale.reads(1));
    }

    @Test
    void standardize_fit_measuresMeanAndStd() {
        Transform transform = new Standardize(Optional.empty(), Optional.empty()).create(THREE, FLOAT64);
        // Column 0: mean 2, std √((1 + 1)/2) = 1; column 1: mean 5, std 3; column 2 is the same everywhere.
        transform.fit(new Examples(new double[][] {{1, 2, 0.1}, {3, 8, 0.1}}));
        assertRows(new double[][] {{2, 5, 0.1}}, State.of(transform).matrix("mean"));
        assertRows(new double[][] {{1, 3, 1}}, State.of(transform).matrix("std"));
        Matrix x = matrix(FLOAT64, new double[][] {{1, 8, 0.1}, {4, 5, 0.6}});
        assertSame(x, transform.inputs(x));
        assertRows(new double[][] {{-1, 1, 0}, {2, 0, 0.5}}, x);
    }

    @Test
    void standardize_constantOfManyExamples_becomesZero() {
        double[][] rows = new double[1000][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new double[] {0.1, i, 1e-320 * i};
        }
        Transform transform = new Standardize(Optional.empty(), Optional.empty()).create(THREE, FLOAT64);
        transform.fit(new Examples(rows));
        Matrix x = matrix(FLOAT64, new double[][] {{0.1, 499.5, 0}});
        transform.inputs(x);
        assertEquals(0, x.get(0, 0));
        assertEquals(0, x.get(0, 1));
        // The inverse of so small a deviation is infinite: nothing may be multiplied by it.
        assertEquals(1, State.of(transform).matrix("std").get(0, 2));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-300, 1e-200, 1e-160, 1, 1e160, 1e200, 1e300})
    void standardize_numbersWhoseSquaresAreBeyondFloat64_isMeasuredAlike(double unit) {
        Transform transform = new Standardize(Optional.empty(), Optional.empty()).create(THREE, FLOAT64);
        transform.fit(new Examples(new double[][] {{unit, 0, 0}, {3 * unit, 0, 0}}));
        assertEquals(1, State.of(transform).matrix("std").get(0, 0) / unit, 1e-15);
        Matrix x = matrix(FLOAT64, new double[][] {{5 * unit, 0, 0}});
        assertEquals(3, transform.inputs(x).get(0, 0), 1e-14);
    }

    @Test
    void undo_eachInvertibleTransform_givesTheNumbersBack() {
        double[][] rows = {{1e-12, 2, 1e30}, {5e-12, 7, 3e30}};
        for (TransformSpec spec : List.of(
                new Standardize(Optional.empty(), Optional.empty()),
                new Log(Optional.empty()),
                new Scale(0.001, 0, Optional.empty()))) {
            Transform transform = spec.create(THREE, FLOAT64);
            transform.fit(new Examples(rows));
            Matrix x = matrix(FLOAT64, rows);
            Matrix undone = ((InvertibleTransform) transform).undo(transform.inputs(x));
            for (int i = 0; i < 2; i++) {
                for (int j = 0; j < 3; j++) {
                    // The absolute error of ln(1e30) = 69 is a relative one of 1e30.
                    assertEquals(1, undone.get(i, j) / rows[i][j], 1e-13, spec.toString());
                }
            }
        }
    }

    @Test
    void log_inputs_areNaturalLogarithms() {
        Matrix x = matrix(FLOAT64, new double[][] {{1, Math.E, 100}});
        new Log(Optional.empty()).create(THREE, FLOAT64).inputs(x);
        assertEquals(0, x.get(0, 0));
        assertEquals(1, x.get(0, 1), 1e-15);
        assertEquals(4.605170185988092, x.get(0, 2), 1e-15);
        assertEquals("numbers above 0", new Log(Optional.empty()).takes().toString());
        assertTrue(new Log(Optional.empty()).takes().contains(Double.MIN_VALUE)
                && !new Log(Optional.empty()).takes().contains(0));
    }

    @Test
    void undo_transformsOfOrder_giveTheNumbersBack() {
        double[][] rows = {{1, -2, 3}, {2, 9, -3}, {4, 7, 3}, {8, 7, -1e3}};
        for (TransformSpec spec : List.of(
                new MinMax(-1, 2, Optional.empty()), new Robust(Optional.empty()), new Power(Optional.empty()))) {
            Transform transform = spec.create(THREE, FLOAT64);
            transform.fit(new Examples(rows));
            Matrix undone = ((InvertibleTransform) transform).undo(transform.inputs(matrix(FLOAT64, rows)));
            for (int i = 0; i < rows.length; i++) {
                for (int j = 0; j < 3; j++) {
                    assertEquals(rows[i][j], undone.get(i, j), 1e-11 * Math.abs(rows[i][j]), spec.toString());
                }
            }
        }
    }

    @Test
    void minMax_ends_areExact() {
        double[][] rows = {{0.1, 7, 5}, {0.7, 11, 5}};
        Transform transform = new MinMax(0, 1, Optional.empty()).create(THREE, FLOAT64);
        transform.fit(new Examples(rows));
        Matrix x = transform.inputs(matrix(FLOAT64, new double[][] {{0.1, 7, 5}, {0.7, 11, 6}}));
        assertRows(new double[][] {{0, 0, 0}, {1, 1, 1}}, x);
    }

    @Test
    void robust_columnMostlyEqual_isNotStretched() {
        Transform transform = new Robust(Optional.empty()).create(THREE, FLOAT64);
        transform.fit(new Examples(new double[][] {{0.1, 1, 0}, {0.1, 2, 0}, {0.1, 3, 0}, {0.1, 4, 0}, {9, 5, 0}}));
        Matrix x = transform.inputs(matrix(FLOAT64, new double[][] {{1.1, 1, 2}}));
        assertRows(new double[][] {{1, -1, 2}}, x);
    }

    /** Above λ = 2 the function has a least value: an output beyond it is undone as the least training example. */
    @Test
    void power_outputBeyondTheFunction_isUndoneAsAnExample() {
        double[][] rows = {{0.01, 1, 1}, {3, 1, 1}, {3.5, 1, 1}, {3.9, 1, 1}, {4, 1, 1}, {4.1, 1, 1}};
        InvertibleTransform power = new Power(Optional.empty()).create(THREE, FLOAT64);
        power.fit(new Examples(rows));
        double lambda = State.of(power).matrix("lambda").get(0, 0);
        assertTrue(lambda > 2, () -> "lambda " + lambda);
        assertEquals(1, State.of(power).matrix("lambda").get(0, 1));
        Matrix undone = power.undo(matrix(FLOAT64, new double[][] {{-1e6, 1, 1}, {1e6, 1, 1}}));
        assertEquals(0.01, undone.get(0, 0), 1e-14);
        assertEquals(4.1, undone.get(1, 0), 1e-14);
    }

    @Test
    void bins_table_giveEachRangeAnInput() {
        Transform transform = new Bins(2, Bins.Rule.WIDTHS, Optional.of(List.of("size"))).create(TABLE, FLOAT64);
        assertEquals(
                List.of(
                        new Encoding.Column("size", List.of("range 1", "range 2")),
                        TABLE.columns().get(1),
                        TABLE.columns().get(2)),
                transform.encoding().columns());
        assertEquals(5, transform.encoding().shape().size());
        assertEquals(TABLE.targets(), transform.encoding().targets());
        transform.fit(new Examples(new double[][] {{0, 1, 0, 5}, {10, 0, 1, 6}}));
        Matrix x = transform.inputs(matrix(FLOAT64, new double[][] {{4.9, 1, 0, 5}, {5, 0, 1, 6}, {-99, 0, 1, 7}}));
        assertRows(new double[][] {{1, 0, 1, 0, 5}, {0, 1, 0, 1, 6}, {1, 0, 0, 1, 7}}, x);
    }

    @Test
    void bins_namedInputs_widenThatOfTheColumn() {
        List<Encoding.Input> inputs =
                List.of(new Encoding.Input("first", Shape.of(1)), new Encoding.Input("rest", Shape.of(3)));
        Encoding named = new Encoding(inputs, TABLE.columns(), TABLE.target());
        Bins bins = new Bins(3, Bins.Rule.WIDTHS, Optional.of(List.of("size")));
        assertEquals(
                "[first [3], rest [3]]",
                bins.create(named, FLOAT64).encoding().inputs().toString());
        Encoding image = new Encoding(
                List.of(new Encoding.Input("image", Shape.of(1, 2, 1)), new Encoding.Input("size", Shape.of(1))),
                List.of(),
                TABLE.target());
        Bins all = new Bins(2, Bins.Rule.WIDTHS, Optional.empty());
        assertEquals(
                "an example has the shape [1, 2, 1], to which no input can be added",
                assertThrows(InputException.class, () -> all.create(image, FLOAT64))
                        .getMessage());
    }

    @Test
    void columns_chosen_aloneAreTransformed() {
        double[][] rows = {{1, 1, 0, 5}, {3, 0, 1, 9}};
        double[][] first = {{-1, 1, 0, 5}};
        double[][] numbers = {{-1, 1, 0, -1}};
        double[][] names = {{1, 1, -1, 5}};
        assertRows(first, transformed(new Standardize(Optional.of(List.of("size")), Optional.empty()), rows));
        assertRows(numbers, transformed(new Standardize(Optional.empty(), Optional.of(ColumnKind.NUMBERS)), rows));
        assertRows(names, transformed(new Standardize(Optional.empty(), Optional.of(ColumnKind.CATEGORIES)), rows));
        assertRows(new double[][] {{-0.5, 1, 0, -0.5}}, transformed(new MinMax(-0.5, 0.5, Optional.empty()), rows));
        assertRows(new double[][] {{0, 1, 0, 5}}, transformed(new Log(Optional.of(List.of("size"))), rows));
        Transform log = new Log(Optional.of(List.of("age"))).create(TABLE, FLOAT64);
        assertTrue(log.reads(3) && !log.reads(0) && !log.reads(1));
    }

    /** Return the first row after the transform has learned from all. */
    private static Matrix transformed(TransformSpec spec, double[][] rows) {
        Transform transform = spec.create(TABLE, FLOAT64);
        transform.fit(new Examples(rows));
        return transform.inputs(matrix(FLOAT64, new double[][] {rows[0]}));
    }

    @Test
    void standardize_restoredState_isUsed() {
        Transform transform = new Standardize(Optional.empty(), Optional.empty())
                .create(THREE, Kernels.of(Precision.FLOAT32, new ThreadTeam(1)));
        State saved = State.of(transform);
        assertEquals(Set.of("mean", "std"), saved.matrices().keySet());
        assertEquals(Precision.FLOAT64, saved.matrix("mean").precision());
        transform.restore(new State()
                .put("mean", matrix(FLOAT64, new double[][] {{10, 10, 10}}))
                .put("std", matrix(FLOAT64, new double[][] {{4, 4, 4}})));
        Matrix x = matrix(Kernels.of(Precision.FLOAT32, new ThreadTeam(1)), new double[][] {{10, 12, 18}});
        transform.inputs(x);
        assertRows(new double[][] {{0, 0.5, 2}}, x);
    }

    @Test
    void oneHot_targets_writesARowForEachClass() {
        Transform transform = new OneHot().create(THREE, FLOAT64);
        assertEquals(
                new Target(Target.Form.ONE_HOT, List.of("a", "b", "c")),
                transform.encoding().target());
        Matrix first = transform.targets(matrix(FLOAT64, new double[][] {{2}, {0}, {1}}));
        assertRows(new double[][] {{0, 0, 1}, {1, 0, 0}, {0, 1, 0}}, first);
        // A smaller batch after a larger one must not see its remains.
        assertRows(new double[][] {{0, 1, 0}}, transform.targets(matrix(FLOAT64, new double[][] {{1}})));
    }

    @Test
    void create_misuse_saysWhatToDo() {
        Encoding values = THREE.with(new Target(Target.Form.VALUES, List.of("u", "v")));
        Encoding oneHot = THREE.with(new Target(Target.Form.ONE_HOT, List.of("a", "b")));
        Examples huge = new Examples(new double[][] {{0, 1.5e308, 0}, {0, 1e308, 0}});
        Examples tooWide = new Examples(new double[][] {{0, -1.5e308, 0}, {0, 1e308, 0}});
        List<String> texts = new ArrayList<>();
        texts.add(text(() -> new Scale(0, 1, Optional.empty())));
        texts.add(text(() -> new Scale(Double.NaN, 1, Optional.empty())));
        texts.add(text(() -> new Scale(1, Double.POSITIVE_INFINITY, Optional.empty())));
        texts.add(text(() -> new OneHot().create(values, FLOAT64)));
        texts.add(text(() -> new OneHot().create(oneHot, FLOAT64)));
        texts.add(text(() -> new Standardize(Optional.empty(), Optional.empty())
                .create(THREE, FLOAT64)
                .fit(huge)));
        texts.add(text(() -> new MinMax(1, 1, Optional.empty())));
        texts.add(text(() -> new Clip(0.5, 0.2, Optional.empty())));
        texts.add(text(() -> new Bins(1, Bins.Rule.WIDTHS, Optional.empty())));
        texts.add(text(() -> new Robust(Optional.of(List.of()))));
        texts.add(text(() -> new Standardize(Optional.of(List.of("a")), Optional.of(ColumnKind.NUMBERS))));
        texts.add(text(() -> new Power(Optional.of(List.of("weight"))).create(TABLE, FLOAT64)));
        texts.add(text(() -> new Power(Optional.of(List.of("weight"))).create(THREE, FLOAT64)));
        texts.add(text(() -> new Bins(3, Bins.Rule.WIDTHS, Optional.of(List.of("colour"))).create(TABLE, FLOAT64)));
        texts.add(text(
                () -> new Standardize(Optional.empty(), Optional.of(ColumnKind.CATEGORIES)).create(THREE, FLOAT64)));
        texts.add(text(() -> new Robust(Optional.empty()).create(THREE, FLOAT64).fit(tooWide)));
        assertEquals(
                List.of(
                        "by is 0; a finite number other than 0",
                        "by is .nan; a finite number other than 0",
                        "offset is .inf; a finite number",
                        "the targets are numbers (u, v), not classes; Remove one_hot.",
                        "the targets are one-hot already; Remove one_hot.",
                        "input 2 has numbers from 1e308 to 1.5e308, too large to be standardized; "
                                + "The sum of its numbers must be below 1.79e308.",
                        "to is 1; a finite number above from, 1",
                        "to is 0.2; a share above from, 0.5, up to 1",
                        "count is 1; an integer from 2 to 1000",
                        "columns is []; at least one column",
                        "columns is [a]; no value if only is given",
                        "there is no column 'weight'; Columns: size, colour, age.",
                        "there is no column 'weight'; The examples have no named columns: remove columns.",
                        "column 'colour' contains names, which have no ranges; Remove it: each name has an input already.",
                        "no column contains names; Remove only.",
                        "input 2 has numbers too far apart to be scaled; "
                                + "The difference of its numbers must be below 1.79e308."),
                texts);
    }

    private static String text(Executable code) {
        RuntimeException e = assertThrows(RuntimeException.class, code);
        if (e instanceof ParameterException parameter) {
            return parameter.getMessage() + "; " + parameter.allowed();
        }
        return e.getMessage() + "; " + String.join(" ", ((InputException) e).notes());
    }

    private static Matrix matrix(Kernels kernels, double[][] rows) {
        Matrix matrix = kernels.matrix(rows.length, rows[0].length);
        for (int i = 0; i < rows.length; i++) {
            matrix.setRow(i, rows[i]);
        }
        return matrix;
    }

    private static void assertRows(double[][] expected, Matrix matrix) {
        double[][] received = new double[matrix.rows()][matrix.columns()];
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                received[i][j] = matrix.get(i, j);
            }
        }
        assertArrayEquals(expected, received);
    }
}
