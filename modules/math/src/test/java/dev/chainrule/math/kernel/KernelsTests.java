package dev.chainrule.math.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import dev.chainrule.math.FloatMatrix;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Patches;
import dev.chainrule.math.Precision;
import dev.chainrule.math.ThreadTeam;
import dev.chainrule.math.UpdateRule;
import dev.chainrule.math.Window;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class KernelsTests {
    private static final Map<String, KernelCases.Case> CASES = KernelCases.all();

    /** Surefire adds the module to this JVM, so that there are vector kernels. */
    private static final List<KernelParts> PARTS = List.of(PlainParts.INSTANCE, VectorParts.INSTANCE);

    private static final String[] PRODUCTS = {"multiply", "multiplyTransA", "multiplyTransB"};

    private static final int[][] LARGE = {
        // m, n, k: several blocks of rows, columns and k, with remainders; rows shared, columns shared, both
        // orientations
        {1, 1, 300},
        {1, 1100, 3},
        {5, 1030, 131},
        {67, 133, 129},
        {300, 7, 257},
        {7, 300, 257},
        {13, 40, 784},
        {784, 30, 10},
        {520, 10, 64},
        {1, 513, 400},
        {515, 1, 400},
        {33, 1025, 9},
        {3, 3, 0},
        {0, 4, 5},
        {4, 0, 5},
    };

    @Test
    void cases_all_coverEveryMethod() {
        Set<String> methods = new TreeSet<>();
        for (Method method : Kernels.class.getDeclaredMethods()) {
            if (!Modifier.isStatic(method.getModifiers()) && !method.isSynthetic()) {
                methods.add(method.getName());
            }
        }
        assertEquals(45, methods.size());
        methods.removeAll(Set.of("precision", "team", "declaring", "matrix"));
        Set<String> covered = new TreeSet<>();
        CASES.keySet().forEach(name -> covered.add(name.split(" ", 2)[0]));
        assertEquals(methods, covered);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void products_smallShapes_equalTheChain(Precision precision) {
        int checked = 0;
        try (Teams teams = new Teams(precision, 1)) {
            for (int m = 1; m <= 12; m++) {
                for (int n = 1; n <= 12; n++) {
                    for (int k = 1; k <= 12; k++) {
                        for (String name : PRODUCTS) {
                            teams.compare(name, m, n, k, false, false);
                            teams.compare(name, m, n, k, true, (m + n + k) % 2 == 0);
                            checked += 2;
                        }
                    }
                }
            }
        }
        assertEquals(12 * 12 * 12 * 3 * 2, checked);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void products_largeShapes_equalTheChainOnAnyThreads(Precision precision) {
        try (Teams teams = new Teams(precision, 1, 2, 3)) {
            for (int[] shape : LARGE) {
                for (String name : PRODUCTS) {
                    teams.compare(name, shape[0], shape[1], shape[2], false, false);
                    teams.compare(name, shape[0], shape[1], shape[2], true, true);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void otherKernels_allShapes_equalTheReferenceOnAnyThreads(Precision precision) {
        int[][] shapes = {
            {1, 1}, {1, 10}, {2, 3}, {3, 15}, {3, 16}, {3, 17}, {10, 30}, {7, 100}, {0, 3}, {3, 0}, {40, 1}, {111, 300}
        };
        int checked = 0;
        try (Teams teams = new Teams(precision, 1, 2, 3)) {
            for (String name : KernelCases.all().keySet()) {
                for (int[] shape : shapes) {
                    teams.compare(name, shape[0], shape[1], 3, false, false);
                    teams.compare(name, shape[0], shape[1], 3, true, true);
                    checked++;
                }
            }
        }
        assertEquals((34 + 2 * 7 + 9 * 7) * shapes.length, checked);
    }

    /** Both sides err by at most k·u·Σ|a|·|b| to first order, u = ε/2; so they differ by k·ε·Σ|a|·|b| at most. */
    @ParameterizedTest
    @CsvSource({
        "FLOAT32, 10, 30, 784",
        "FLOAT32, 65, 33, 129",
        "FLOAT64, 10, 30, 784",
        "FLOAT64, 65, 33, 129",
        "FLOAT64, 3, 700, 2"
    })
    void products_anyShape_areNearEjml(Precision precision, int m, int n, int k) {
        Kernels kernels = Kernels.of(precision, new ThreadTeam(1));
        DrawnOperands x = new DrawnOperands(precision, m, n, k, false, false);
        Matrix a = x.matrix(m, k);
        Matrix b = x.matrix(k, n);
        Matrix at = transposed(kernels, a);
        Matrix bt = transposed(kernels, b);
        DMatrixRMaj expected = new DMatrixRMaj(m, n);
        DMatrixRMaj bound = new DMatrixRMaj(m, n);
        CommonOps_DDRM.mult(ejml(a), ejml(b), expected);
        CommonOps_DDRM.mult(magnitudes(ejml(a)), magnitudes(ejml(b)), bound);
        double epsilon = precision == Precision.FLOAT32 ? 0x1p-23 : 0x1p-52;
        Matrix c = kernels.matrix(0, 0);
        for (Runnable product : new Runnable[] {
            () -> kernels.multiply(a, b, c, false),
            () -> kernels.multiplyTransA(at, b, c, false),
            () -> kernels.multiplyTransB(a, bt, c, false)
        }) {
            product.run();
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    assertEquals(expected.get(i, j), c.get(i, j), k * epsilon * bound.get(i, j));
                }
            }
        }
    }

    @Test
    void multiply_byHand_isTheProduct() {
        Kernels kernels = doubles();
        Matrix c = kernels.matrix(0, 0);
        kernels.multiply(matrix(new double[][] {{1, 2}, {3, 4}}), matrix(new double[][] {{5, 6}, {7, 8}}), c, false);
        requireEqual(new double[][] {{19, 22}, {43, 50}}, c);
        kernels.multiply(matrix(new double[][] {{1, 2}, {3, 4}}), matrix(new double[][] {{5, 6}, {7, 8}}), c, true);
        requireEqual(new double[][] {{38, 44}, {86, 100}}, c);
    }

    @Test
    void softmaxRows_byHand_isTheSoftmax() {
        Kernels kernels = doubles();
        Matrix a = kernels.matrix(0, 0);
        double inf = Double.POSITIVE_INFINITY;
        kernels.softmaxRows(matrix(new double[][] {{7, 7}, {-inf, 3}, {1000, -1000}}), a);
        requireEqual(new double[][] {{0.5, 0.5}, {0, 1}, {1, 0}}, a);
        double nan = Double.NaN;
        kernels.softmaxRows(matrix(new double[][] {{-inf, -inf}, {inf, 0}, {nan, 0}}), a);
        requireEqual(new double[][] {{nan, nan}, {nan, nan}, {nan, nan}}, a);
    }

    @Test
    void softmaxBackward_byHand_isTheJacobianTimesTheGradient() {
        Kernels kernels = doubles();
        Matrix delta = kernels.matrix(0, 0);
        kernels.softmaxBackward(matrix(new double[][] {{0.25, 0.75}}), matrix(new double[][] {{4, 8}}), delta);
        requireEqual(new double[][] {{-0.75, 0.75}}, delta); // Σ g·a = 7
    }

    @Test
    void normalizeRows_byHand_centresAndScalesEachRow() {
        Kernels kernels = doubles();
        Matrix normalized = kernels.matrix(0, 0);
        Matrix deviations = kernels.matrix(0, 0);
        // Mean 4, variance 9, with epsilon 16; a constant row has the variance 0.
        kernels.normalizeRows(matrix(new double[][] {{1, 7}, {5, 5}}), 7, normalized, deviations);
        requireEqual(new double[][] {{-0.75, 0.75}, {0, 0}}, normalized);
        requireEqual(new double[][] {{4}, {Math.sqrt(7)}}, deviations);
    }

    @Test
    void normalizeRowsBackward_byHand_takesOutMeanAndSlope() {
        Kernels kernels = doubles();
        Matrix delta = kernels.matrix(0, 0);
        Matrix normalized = matrix(new double[][] {{-0.75, 0.75}});
        // Mean of g is 6, mean of g·normalized 1.5: (4 − 6 + 0.75·1.5) / 4.
        kernels.normalizeRowsBackward(normalized, matrix(new double[][] {{4}}), matrix(new double[][] {{4, 8}}), delta);
        requireEqual(new double[][] {{-0.21875, 0.21875}}, delta);
    }

    @Test
    void gatherColumns_byHand_picksThem() {
        Kernels kernels = doubles();
        Matrix out = kernels.matrix(0, 0);
        kernels.gatherColumns(matrix(new double[][] {{1, 2, 3}, {4, 5, 6}}), new int[] {2, 0, 2, 1}, out);
        requireEqual(new double[][] {{3, 1, 3, 2}, {6, 4, 6, 5}}, out);
    }

    /** The image 1 2 3 / 4 5 6 within a border of zeros, a window of 2 × 2 at every second place. */
    @Test
    void gatherPatchesAndAddPatches_byHand_goThereAndBack() {
        Kernels kernels = doubles();
        Patches patches = new Patches(new Window(2, 2, 2, 1, 1, 2), new Window(3, 2, 2, 1, 1, 2), 1, 0, 1);
        Matrix rows = kernels.matrix(0, 0);
        kernels.gatherPatches(matrix(new double[][] {{1, 2, 3, 4, 5, 6}}), patches, 0, 4, rows);
        requireEqual(new double[][] {{0, 0, 0, 1}, {0, 0, 2, 3}, {0, 4, 0, 0}, {5, 6, 0, 0}}, rows);
        Matrix image = matrix(new double[][] {{10, 20, 30, 40, 50, 60}});
        kernels.addPatches(rows, patches, 0, image);
        requireEqual(new double[][] {{11, 22, 33, 44, 55, 66}}, image);
    }

    /** The image 1 2 3 / 4 5 6 within a border, a window of 2 × 2 at every second place. */
    @Test
    void maxPatchesAndMeanPatches_byHand_leaveTheBorderOut() {
        Kernels kernels = doubles();
        Patches patches = new Patches(new Window(2, 2, 2, 1, 1, 2), new Window(3, 2, 2, 1, 1, 2), 1, 0, 1);
        Matrix x = matrix(new double[][] {{1, 2, 3, 4, 5, 6}});
        Matrix g = matrix(new double[][] {{10, 20, 30, 40}});
        Matrix out = kernels.matrix(0, 0);
        Matrix dx = kernels.matrix(0, 0);
        kernels.maxPatches(x, patches, out);
        requireEqual(new double[][] {{1, 3, 4, 6}}, out);
        kernels.maxPatchesBackward(x, out, g, patches, dx);
        requireEqual(new double[][] {{10, 0, 20, 30, 0, 40}}, dx);
        kernels.meanPatches(x, patches, out);
        requireEqual(new double[][] {{1, 2.5, 4, 5.5}}, out);
        kernels.meanPatchesBackward(g, patches, dx);
        requireEqual(new double[][] {{10, 10, 10, 30, 20, 20}}, dx);
    }

    @Test
    void maxPatchesBackward_ofEqualNumbers_choosesTheFirst() {
        Kernels kernels = doubles();
        Patches all = new Patches(new Window(2, 2, 1, 1, 0, 1), new Window(2, 2, 1, 1, 0, 1), 1, 0, 1);
        Matrix x = matrix(new double[][] {{1, 7, 7, 7}, {0, 0, -1, -1}, {1, Double.NaN, 2, 2}});
        Matrix out = kernels.matrix(0, 0);
        Matrix dx = kernels.matrix(0, 0);
        kernels.maxPatches(x, all, out);
        requireEqual(new double[][] {{7}, {0}, {Double.NaN}}, out);
        kernels.maxPatchesBackward(x, out, matrix(new double[][] {{1}, {2}, {3}}), all, dx);
        requireEqual(new double[][] {{0, 1, 0, 0}, {2, 0, 0, 0}, {0, 0, 0, 0}}, dx);
    }

    @Test
    void logSumExpRows_byHand_isStable() {
        Kernels kernels = doubles();
        Matrix out = kernels.matrix(0, 0);
        kernels.logSumExpRows(matrix(new double[][] {{1000, 1000}, {-1000, -2000}}), out);
        assertEquals(1000 + StrictMath.log(2), out.get(0, 0), 1e-12);
        assertEquals(-1000, out.get(1, 0));
    }

    @Test
    void logSoftmaxRows_byHand_isStable() {
        Kernels kernels = doubles();
        Matrix a = kernels.matrix(0, 0);
        double inf = Double.POSITIVE_INFINITY;
        kernels.logSoftmaxRows(matrix(new double[][] {{7, 7}, {-inf, 3}, {1000, -1000}}), a);
        requireEqual(new double[][] {{-StrictMath.log(2), -StrictMath.log(2)}, {-inf, 0}, {0, -2000}}, a);
        double nan = Double.NaN;
        kernels.logSoftmaxRows(matrix(new double[][] {{-inf, -inf}, {inf, 0}, {nan, 0}}), a);
        requireEqual(new double[][] {{nan, nan}, {nan, nan}, {nan, nan}}, a);
    }

    @Test
    void logSoftmaxBackward_byHand_isTheJacobianTimesTheGradient() {
        Kernels kernels = doubles();
        Matrix delta = kernels.matrix(0, 0);
        double inf = Double.POSITIVE_INFINITY;
        kernels.logSoftmaxBackward(matrix(new double[][] {{0, -inf}}), matrix(new double[][] {{4, 8}}), delta);
        requireEqual(new double[][] {{-8, 8}}, delta); // the probabilities are 1 and 0, Σ g = 12
    }

    @Test
    void update_byHand_givesEachMethodTheOldValues() {
        UpdateRule rule = new UpdateRule() {
            @Override
            public double parameter(double w, double g, double first, double second) {
                return 1000 * w + 100 * g + 10 * first + second;
            }

            @Override
            public double first(double w, double g, double first, double second) {
                return first + w;
            }
        };
        for (Precision precision : Precision.values()) {
            Kernels kernels = Kernels.of(precision, new ThreadTeam(1));
            Matrix w = matrix(precision, new double[][] {{1, 5}});
            Matrix g = matrix(precision, new double[][] {{2, 6}});
            Matrix first = matrix(precision, new double[][] {{3, 7}});
            Matrix second = matrix(precision, new double[][] {{4, 8}});
            kernels.update(rule, w, g, first, second);
            requireEqual(new double[][] {{1234, 5678}}, w);
            requireEqual(new double[][] {{4, 12}}, first);
            requireEqual(new double[][] {{4, 8}}, second);

            w.setRow(0, new double[] {1, 5});
            kernels.update(rule, w, g, first);
            requireEqual(new double[][] {{1240, 5720}}, w);
            requireEqual(new double[][] {{5, 17}}, first);
            requireEqual(new double[][] {{2, 6}}, g);
        }
    }

    @Test
    void sums_byHand_areTheSums() {
        Kernels kernels = doubles();
        Matrix x = matrix(new double[][] {{1, -2, 3}, {-4, 5, -6}});
        assertEquals(-3, kernels.sum(x));
        assertEquals(91, kernels.sumOfSquares(x));
        assertEquals(21, kernels.sumOfMagnitudes(x));
        assertEquals(10, kernels.dot(x, matrix(new double[][] {{1, 0, 3}, {0, 0, 0}})));
        Matrix sums = kernels.matrix(0, 0);
        kernels.columnSums(x, sums);
        requireEqual(new double[][] {{-3, 3, -3}}, sums);
        kernels.columnDots(x, x, sums);
        requireEqual(new double[][] {{17, 29, 45}}, sums);
        kernels.sumRows((a, b, c) -> a * b + c, x, x, 1, sums);
        requireEqual(new double[][] {{17}, {80}}, sums);
        kernels.sumRows((a, b, c) -> a * b + c, x, matrix(new double[][] {{2}, {0}}), 1, sums);
        requireEqual(new double[][] {{6}, {-1}}, sums);
    }

    @Test
    void misfits_namesBothSides() {
        Kernels kernels = doubles();
        Matrix x = kernels.matrix(2, 3);
        Matrix y = kernels.matrix(2, 4);
        Matrix c = kernels.matrix(2, 2);
        requireMessage("no a·b of a [2, 3] and b [2, 4]", () -> kernels.multiply(x, y, c, false));
        requireMessage(
                "no aᵀ·b of a [2, 3] and b [3, 2]", () -> kernels.multiplyTransA(x, kernels.matrix(3, 2), c, false));
        requireMessage("no a·bᵀ of a [2, 3] and b [2, 4]", () -> kernels.multiplyTransB(x, y, c, false));
        requireMessage("result is [2, 2], the product is [3, 4]", () -> kernels.multiplyTransA(x, y, c, true));
        requireMessage("result [2, 2] is one of the factors of a·b", () -> kernels.multiply(c, c, c, true));
        requireMessage("shapes differ: [2, 3] and [2, 4]", () -> kernels.hadamard(x, y, c));
        requireMessage("shapes differ: [2, 3] and [2, 4]", () -> kernels.update(KernelCases.RULE, x, x, y));
        requireMessage("shapes differ: [2, 3] and [2, 4]", () -> kernels.update(KernelCases.RULE, x, x, x, y));
        requireMessage("row is [2, 4], the matrix is [2, 3]", () -> kernels.multiplyRow(x, y, c));
        requireMessage(
                "no pairs of [2, 3] float64 and [2, 4] float64", () -> kernels.sumRows(KernelCases.PAIR, x, y, 0, c));
        requireMessage("row is [2, 4], the matrix is [2, 3]", () -> kernels.addRow(x, y));
        requireMessage("row is [1, 2], the matrix is [2, 3]", () -> kernels.addRow(x, kernels.matrix(1, 2)));
        requireMessage(
                "column is [1, 2], the matrix is [2, 3]",
                () -> kernels.normalizeRowsBackward(x, kernels.matrix(1, 2), x, c));
        requireMessage("column 3 of a matrix [2, 3]", () -> kernels.gatherColumns(x, new int[] {0, 3}, c));
        requireMessage("column -1 of a matrix [2, 3]", () -> kernels.gatherColumns(x, new int[] {-1}, c));
        requireMessage(
                "result [2, 3] is the matrix that it is computed from",
                () -> kernels.gatherColumns(x, new int[] {0}, x));
        Patches row = new Patches(new Window(1, 1, 1, 1, 0, 1), new Window(3, 2, 1, 1, 0, 2), 1, 0, 1);
        requireMessage("images are [2, 4], the patches' have 3 numbers", () -> kernels.gatherPatches(y, row, 0, 1, c));
        requireMessage("rows are [2, 3], a patch has 2 numbers", () -> kernels.addPatches(x, row, 0, x.copy()));
        requireMessage(
                "the output is [2, 3], there are 2 positions with 1 channels",
                () -> kernels.meanPatchesBackward(x, row, c));
        assertThrows(IndexOutOfBoundsException.class, () -> kernels.gatherPatches(x, row, 1, 4, c));
        requireMessage("no 2 channels from 2 of 3", () -> new Patches(row.vertical(), row.horizontal(), 3, 2, 2));
        requireMessage(
                "no window of size 2 along 3 places: stride 0, dilation 1, 0 before, 2 positions",
                () -> new Window(3, 2, 0, 1, 0, 2));
        Matrix other = new FloatMatrix(2, 3);
        requireMessage("matrix [2, 3] is float32, these kernels compute float64", () -> kernels.scale(2, other));
    }

    @Test
    void kernels_afterWorkInPlainJava_goOverToTheOtherParts() {
        try (ThreadTeam team = new ThreadTeam(1)) {
            FloatKernels kernels = new FloatKernels(team, PlainParts.INSTANCE, VectorParts.INSTANCE);
            int side = 1024;
            Matrix a = kernels.matrix(side, side);
            Matrix b = kernels.matrix(side, side);
            Matrix c = kernels.matrix(side, side);
            assertEquals(KernelParts.PLAIN_WORK, (long) side * side * side);
            a.reshape(side - 1, side);
            kernels.multiply(a, b, c, false);
            assertInstanceOf(FloatPlainProduct.class, kernels.product());
            a.reshape(1, side);
            kernels.multiply(a, b, c, false);
            assertSame(
                    VectorParts.INSTANCE.floatProduct(team).getClass(),
                    kernels.product().getClass());
        }
    }

    /** Compare kernels, plain and vector, on several numbers of threads with one run of the reference. */
    private static final class Teams implements AutoCloseable {
        private final Precision precision;
        private final List<ThreadTeam> teams = new ArrayList<>();
        private final List<Kernels> kernels = new ArrayList<>();

        Teams(Precision precision, int... threads) {
            this.precision = precision;
            for (int count : threads) {
                for (KernelParts parts : PARTS) {
                    teams.add(new ThreadTeam(count));
                    kernels.add(parts.kernels(precision, teams.get(teams.size() - 1)));
                }
            }
        }

        void compare(String name, int m, int n, int k, boolean choice, boolean special) {
            DrawnOperands expected = new DrawnOperands(precision, m, n, k, choice, special);
            double expectedResult = CASES.get(name).call(new ReferenceKernels(precision), expected);
            for (int i = 0; i < teams.size(); i++) {
                DrawnOperands ours = new DrawnOperands(precision, m, n, k, choice, special);
                double result = CASES.get(name).call(kernels.get(i), ours);
                String difference = ours.firstDifference(expected);
                if (!difference.isEmpty() || Double.compare(result, expectedResult) != 0) {
                    fail(PARTS.get(i % PARTS.size()) + " " + name + " m " + m + " n " + n + " k " + k + " choice "
                            + choice + " threads " + teams.get(i).threads() + ": " + difference + "; " + result
                            + ", not " + expectedResult);
                }
            }
        }

        @Override
        public void close() {
            teams.forEach(ThreadTeam::close);
        }
    }

    private static Kernels doubles() {
        return Kernels.of(Precision.FLOAT64, new ThreadTeam(1));
    }

    private static Matrix matrix(double[][] rows) {
        return matrix(Precision.FLOAT64, rows);
    }

    private static Matrix matrix(Precision precision, double[][] rows) {
        Matrix matrix = Kernels.of(precision, new ThreadTeam(1)).matrix(rows.length, rows[0].length);
        for (int i = 0; i < rows.length; i++) {
            matrix.setRow(i, rows[i]);
        }
        return matrix;
    }

    private static void requireEqual(double[][] expected, Matrix actual) {
        double[][] rows = new double[actual.rows()][actual.columns()];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                rows[i][j] = actual.get(i, j);
            }
        }
        assertEquals(Arrays.deepToString(expected), Arrays.deepToString(rows));
    }

    private static void requireMessage(String message, Runnable misuse) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, misuse::run).getMessage());
    }

    private static Matrix transposed(Kernels kernels, Matrix x) {
        Matrix result = kernels.matrix(x.columns(), x.rows());
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.columns(); j++) {
                result.set(j, i, x.get(i, j));
            }
        }
        return result;
    }

    private static DMatrixRMaj ejml(Matrix x) {
        DMatrixRMaj result = new DMatrixRMaj(x.rows(), x.columns());
        for (int i = 0; i < x.size(); i++) {
            result.data[i] = x.get(i / x.columns(), i % x.columns());
        }
        return result;
    }

    private static DMatrixRMaj magnitudes(DMatrixRMaj x) {
        DMatrixRMaj result = x.copy();
        for (int i = 0; i < result.data.length; i++) {
            result.data[i] = Math.abs(result.data[i]);
        }
        return result;
    }
}
