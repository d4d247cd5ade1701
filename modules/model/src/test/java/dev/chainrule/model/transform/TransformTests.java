package dev.chainrule.model.transform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TransformTests {
    private static final Encoding THREE =
            new Encoding(Shape.of(3), List.of(), new Target(Target.Form.CLASS_INDEX, List.of("a", "b", "c")));
    private static final Kernels FLOAT64 = Kernels.of(Precision.FLOAT64, new ThreadTeam(1));

    @ParameterizedTest
    @EnumSource
    void scale_inputs_multipliesAndAdds(Precision precision) {
        Kernels kernels = Kernels.of(precision, new ThreadTeam(1));
        Transform scale = new Scale(0.5, -1).create(THREE, kernels);
        Matrix x = matrix(kernels, new double[][] {{0, 2, 255}, {1, -2, 4}});
        assertSame(x, scale.inputs(x));
        assertRows(new double[][] {{-1, 0, 126.5}, {-0.5, -2, 1}}, x);
        assertSame(THREE, scale.encoding());
        assertEquals(Set.of(), State.of(scale).matrices().keySet());
    }

    @Test
    void scale_byteBy255th_givesZeroToOne() {
        Matrix x = matrix(FLOAT64, new double[][] {{0, 51, 255}});
        new Scale(1.0 / 255, 0).create(THREE, FLOAT64).inputs(x);
        assertRows(new double[][] {{0, 51 * (1.0 / 255), 1}}, x);
    }

    @Test
    void standardize_fit_measuresMeanAndStd() {
        Transform transform = new Standardize().create(THREE, FLOAT64);
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
        Transform transform = new Standardize().create(THREE, FLOAT64);
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
        Transform transform = new Standardize().create(THREE, FLOAT64);
        transform.fit(new Examples(new double[][] {{unit, 0, 0}, {3 * unit, 0, 0}}));
        assertEquals(1, State.of(transform).matrix("std").get(0, 0) / unit, 1e-15);
        Matrix x = matrix(FLOAT64, new double[][] {{5 * unit, 0, 0}});
        assertEquals(3, transform.inputs(x).get(0, 0), 1e-14);
    }

    @Test
    void undo_eachInvertibleTransform_givesTheNumbersBack() {
        double[][] rows = {{1e-12, 2, 1e30}, {5e-12, 7, 3e30}};
        for (TransformSpec spec : List.of(new Standardize(), new Log(), new Scale(0.001, 0))) {
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
        new Log().create(THREE, FLOAT64).inputs(x);
        assertEquals(0, x.get(0, 0));
        assertEquals(1, x.get(0, 1), 1e-15);
        assertEquals(4.605170185988092, x.get(0, 2), 1e-15);
        assertEquals("numbers above 0", new Log().takes().toString());
        assertTrue(new Log().takes().contains(Double.MIN_VALUE)
                && !new Log().takes().contains(0));
    }

    @Test
    void standardize_restoredState_isUsed() {
        Transform transform = new Standardize().create(THREE, Kernels.of(Precision.FLOAT32, new ThreadTeam(1)));
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
        List<String> texts = new ArrayList<>();
        texts.add(text(() -> new Scale(0, 1)));
        texts.add(text(() -> new Scale(Double.NaN, 1)));
        texts.add(text(() -> new Scale(1, Double.POSITIVE_INFINITY)));
        texts.add(text(() -> new OneHot().create(values, FLOAT64)));
        texts.add(text(() -> new OneHot().create(oneHot, FLOAT64)));
        texts.add(text(() -> new Standardize().create(THREE, FLOAT64).fit(huge)));
        assertEquals(
                List.of(
                        "by is 0; a finite number other than 0",
                        "by is .nan; a finite number other than 0",
                        "offset is .inf; a finite number",
                        "the targets are numbers (u, v), not classes; Remove one_hot.",
                        "the targets are one-hot already; Remove one_hot.",
                        "input 2 has numbers from 1e308 to 1.5e308, too large to be standardized; "
                                + "The sum of its numbers must be below 1.79e308."),
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
