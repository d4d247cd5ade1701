package dev.chainrule.model.join;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chainrule.api.error.InputException;
import dev.chainrule.api.layer.Join;
import dev.chainrule.api.layer.Value;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Precision;
import dev.chainrule.math.ThreadTeam;
import dev.chainrule.model.testing.TestPass;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JoiningTests {
    private static final Kernels FLOAT32 = Kernels.of(Precision.FLOAT32, new ThreadTeam(1));
    private static final double[] A = {1, 2, 3};
    private static final double[] B = {10, 20, 30};
    private static final double[] C = {-1, 4, 0.5};
    private static final double[] DELTA = {2, 3, 5};

    private static Matrix row(double... values) {
        Matrix row = FLOAT32.matrix(1, values.length);
        row.setRow(0, values);
        return row;
    }

    private static double[] row(Matrix matrix) {
        double[] row = new double[matrix.columns()];
        for (int j = 0; j < row.length; j++) {
            row[j] = matrix.get(0, j);
        }
        return row;
    }

    private static Join join(Joining joining, Shape... shapes) {
        return joining.join(values(shapes), FLOAT32);
    }

    private static List<Value> values(Shape... shapes) {
        return IntStream.range(0, shapes.length)
                .mapToObj(k -> new Value(k, "x" + k, shapes[k]))
                .toList();
    }

    private static double[] forward(Join join, double[]... xs) {
        Matrix out = FLOAT32.matrix(1, join.output().size());
        out.fill(Double.NaN);
        join.forward(Arrays.stream(xs).map(JoiningTests::row).toList(), out, TestPass.TRAINING);
        return row(out);
    }

    private static double[] backward(Join join, int input, double[] delta, double[]... xs) {
        List<Matrix> read = Arrays.stream(xs).map(JoiningTests::row).toList();
        Matrix dx = FLOAT32.matrix(1, xs[input].length);
        dx.fill(Double.NaN);
        Matrix out = FLOAT32.matrix(1, join.output().size());
        join.forward(read, out, TestPass.TRAINING);
        join.backward(read, out, row(delta), input, dx, TestPass.TRAINING);
        return row(dx);
    }

    @Test
    void add_threeValues_givesTheirSumAndHandsDeltaToEach() {
        Join join = join(Joining.ADD, Shape.of(3), Shape.of(3), Shape.of(3));
        assertEquals("add", join.label());
        assertArrayEquals(new double[] {10, 26, 33.5}, forward(join, A, B, C));
        assertArrayEquals(DELTA, backward(join, 2, DELTA, A, B, C));
    }

    @Test
    void mean_twoValues_halvesSumAndDelta() {
        Join join = join(Joining.MEAN, Shape.of(3), Shape.of(3));
        assertEquals("mean", join.label());
        assertArrayEquals(new double[] {5.5, 11, 16.5}, forward(join, A, B));
        assertArrayEquals(new double[] {1, 1.5, 2.5}, backward(join, 0, DELTA, A, B));
    }

    @Test
    void multiply_threeValues_givesEachTheProductOfTheOthers() {
        Join join = join(Joining.MULTIPLY, Shape.of(3), Shape.of(3), Shape.of(3));
        assertArrayEquals(new double[] {-10, 160, 45}, forward(join, A, B, C));
        assertArrayEquals(new double[] {-20, 240, 75}, backward(join, 0, DELTA, A, B, C));
        assertArrayEquals(new double[] {-2, 24, 7.5}, backward(join, 1, DELTA, A, B, C));
        assertArrayEquals(new double[] {20, 120, 450}, backward(join, 2, DELTA, A, B, C));
    }

    @Test
    void concat_features_putsThemSideBySide() {
        Join join = join(Joining.CONCAT, Shape.of(3), Shape.of(1), Shape.of(2));
        assertEquals(Shape.of(6), join.output());
        assertArrayEquals(new double[] {1, 2, 3, 7, 8, 9}, forward(join, A, new double[] {7}, new double[] {8, 9}));
        double[] delta = {1, 2, 3, 4, 5, 6};
        assertArrayEquals(new double[] {4}, backward(join, 1, delta, A, new double[] {7}, new double[] {8, 9}));
        assertArrayEquals(new double[] {5, 6}, backward(join, 2, delta, A, new double[] {7}, new double[] {8, 9}));
    }

    @Test
    void concat_severalDimensions_joinsAlongTheLast() {
        Join join = join(Joining.CONCAT, Shape.of(2, 1), Shape.of(2, 2));
        assertEquals(Shape.of(2, 3), join.output());
        double[] narrow = {1, 2};
        double[] wide = {10, 20, 30, 40};
        assertArrayEquals(new double[] {1, 10, 20, 2, 30, 40}, forward(join, narrow, wide));
        double[] delta = {1, 2, 3, 4, 5, 6};
        assertArrayEquals(new double[] {1, 4}, backward(join, 0, delta, narrow, wide));
        assertArrayEquals(new double[] {2, 3, 5, 6}, backward(join, 1, delta, narrow, wide));
    }

    @Test
    void dot_features_sumsTheirProductsAndHandsEachTheOther() {
        Join join = join(Joining.DOT, Shape.of(3), Shape.of(3));
        assertEquals("dot", join.label());
        assertEquals(Shape.of(1), join.output());
        assertArrayEquals(new double[] {140}, forward(join, A, B));
        assertArrayEquals(new double[] {20, 40, 60}, backward(join, 0, new double[] {2}, A, B));
        assertArrayEquals(new double[] {2, 4, 6}, backward(join, 1, new double[] {2}, A, B));
    }

    @Test
    void dot_aSequence_givesOneNumberPerStep() {
        Join join = join(Joining.DOT, Shape.of(2, 2), Shape.of(2, 2));
        assertEquals(Shape.of(2, 1), join.output());
        double[] left = {1, 2, 3, 4};
        double[] right = {5, 6, 7, 8};
        assertArrayEquals(new double[] {17, 53}, forward(join, left, right));
        assertArrayEquals(new double[] {10, 12, 21, 24}, backward(join, 0, new double[] {2, 3}, left, right));
        assertArrayEquals(new double[] {2, 4, 9, 12}, backward(join, 1, new double[] {2, 3}, left, right));
    }

    /** Matrices of one column are no numbers of classes here. */
    @Test
    void dot_singleFeatures_multipliesThem() {
        Join join = join(Joining.DOT, Shape.of(1), Shape.of(1));
        assertArrayEquals(new double[] {12}, forward(join, new double[] {3}, new double[] {4}));
    }

    @Test
    void dot_threeValues_isRefused() {
        InputException e =
                assertThrows(InputException.class, () -> join(Joining.DOT, Shape.of(3), Shape.of(3), Shape.of(3)));
        assertEquals("dot needs two inputs of one shape, but reads x0 [3], x1 [3], x2 [3]", e.getMessage());
    }

    @Test
    void join_shapesThatDiffer_areRefusedWithAllOfThem() {
        for (Joining joining : List.of(Joining.ADD, Joining.MULTIPLY, Joining.MEAN)) {
            InputException e =
                    assertThrows(InputException.class, () -> join(joining, Shape.of(3), Shape.of(3), Shape.of(1, 3)));
            assertEquals(joining + " needs inputs of one shape, but reads x0 [3], x1 [3], x2 [1, 3]", e.getMessage());
        }
        InputException e =
                assertThrows(InputException.class, () -> join(Joining.CONCAT, Shape.of(2, 3), Shape.of(3, 3)));
        assertEquals(
                "concat needs inputs that agree in all dimensions but the last, but reads x0 [2, 3], x1 [3, 3]",
                e.getMessage());
    }
}
