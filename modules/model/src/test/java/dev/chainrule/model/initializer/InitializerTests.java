package dev.chainrule.model.initializer;

import static dev.chainrule.model.testing.Matrices.FLOAT64;
import static dev.chainrule.model.testing.Matrices.assertSame;
import static dev.chainrule.model.testing.Matrices.of;
import static dev.chainrule.model.testing.Matrices.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.chainrule.api.Initializer;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.RandomStream;
import dev.chainrule.model.testing.PackageTypes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InitializerTests {
    private static final int FAN_IN = 200;
    private static final int FAN_OUT = 100;
    /** The standard deviation of normal draws within two: √(1 − 4·0.0539910 / 0.9544997). */
    private static final double TRUNCATED = 0.8796257;

    private static Matrix fill(Initializer initializer) {
        Matrix w = FLOAT64.matrix(FAN_IN, FAN_OUT);
        initializer.fill(w, FAN_IN, FAN_OUT, RandomStream.of(5, "w").at(0, 0));
        return w;
    }

    /** Initializer, mean, standard deviation, bound (infinite for normal draws), for 200 inputs and 100 outputs. */
    static List<Arguments> random() {
        double infinity = Double.POSITIVE_INFINITY;
        return List.of(
                arguments(new Normal(3, 2), 3.0, 2.0, infinity),
                arguments(new Uniform(-1, 3), 1.0, 4 / Math.sqrt(12), 2.0),
                arguments(new TruncatedNormal(1, 2), 1.0, 2 * TRUNCATED, 4.0),
                arguments(
                        new VarianceScaling(
                                3, VarianceScaling.Mode.FAN_AVG, VarianceScaling.Distribution.TRUNCATED_NORMAL),
                        0.0,
                        Math.sqrt(3 / 150.0),
                        2 * Math.sqrt(3 / 150.0) / TRUNCATED),
                arguments(new XavierNormal(), 0.0, Math.sqrt(2 / 300.0), infinity),
                arguments(new XavierUniform(), 0.0, Math.sqrt(2 / 300.0), Math.sqrt(6 / 300.0)),
                arguments(new HeNormal(), 0.0, 0.1, infinity),
                arguments(new HeUniform(), 0.0, 0.1, Math.sqrt(6 / 200.0)),
                arguments(new LecunNormal(), 0.0, Math.sqrt(1 / 200.0), infinity),
                arguments(new LecunUniform(), 0.0, Math.sqrt(1 / 200.0), Math.sqrt(3 / 200.0)));
    }

    @Test
    void varianceScaling_ofEachDistribution_hasTheBitsOfItsSpecialCases() {
        VarianceScaling.Distribution normal = VarianceScaling.Distribution.NORMAL;
        VarianceScaling.Distribution uniform = VarianceScaling.Distribution.UNIFORM;
        assertSame(fill(new HeNormal()), fill(new VarianceScaling(2, VarianceScaling.Mode.FAN_IN, normal)), "he");
        assertSame(
                fill(new XavierUniform()),
                fill(new VarianceScaling(1, VarianceScaling.Mode.FAN_AVG, uniform)),
                "xavier");
        assertSame(
                fill(new Normal(0, 0.1)),
                fill(new VarianceScaling(1, VarianceScaling.Mode.FAN_OUT, normal)),
                "outputs");
        assertEquals(
                "scale is 0",
                assertThrows(
                                ParameterException.class,
                                () -> new VarianceScaling(0, VarianceScaling.Mode.FAN_IN, normal))
                        .getMessage());
    }

    @Test
    void identity_ofAnyShape_isTheDiagonal() {
        Matrix w = FLOAT64.matrix(2, 3);
        w.fill(7);
        new IdentityMatrix(0.5).fill(w, 2, 3, RandomStream.of(5, "w").at(0, 0));
        assertSame(of(FLOAT64, row(0.5, 0, 0), row(0, 0.5, 0)), w, "w");
        assertThrows(ParameterException.class, () -> new IdentityMatrix(Double.NaN));
    }

    /** Products of unit vectors of up to 60 numbers round by some 60·1.1e-16. */
    @Test
    void orthogonal_ofAnyShape_hasOrthogonalVectorsOfLengthGain() {
        for (int[] shape : new int[][] {{1, 1}, {5, 5}, {60, 40}, {40, 60}, {1, 7}}) {
            Matrix w = FLOAT64.matrix(shape[0], shape[1]);
            new Orthogonal(2)
                    .fill(w, shape[0], shape[1], RandomStream.of(5, "w").at(0, 0));
            Matrix products = FLOAT64.matrix(0, 0);
            if (shape[0] >= shape[1]) {
                FLOAT64.multiplyTransA(w, w, products, false);
            } else {
                FLOAT64.multiplyTransB(w, w, products, false);
            }
            for (int i = 0; i < products.rows(); i++) {
                for (int j = 0; j < products.columns(); j++) {
                    assertEquals(i == j ? 4 : 0, products.get(i, j), 4e-14, w.shape());
                }
            }
        }
        assertThrows(ParameterException.class, () -> new Orthogonal(Double.POSITIVE_INFINITY));
    }

    @Test
    void random_andFixed_areAllInThePackage() {
        int known = PackageTypes.of(Initializer.class, Zeros.class).size();
        assertEquals(known, random().size() + 5, "zeros, constant, values, identity and orthogonal are tested apart");
    }

    @ParameterizedTest
    @MethodSource("random")
    void fill_of20000Draws_hasTheMoments(Initializer initializer, double mean, double std, double bound) {
        Matrix w = fill(initializer);
        double sum = 0;
        double squares = 0;
        double largest = 0;
        for (int i = 0; i < w.rows(); i++) {
            for (int j = 0; j < w.columns(); j++) {
                double deviation = w.get(i, j) - mean;
                sum += deviation;
                squares += deviation * deviation;
                largest = Math.max(largest, Math.abs(deviation));
            }
        }
        // Five standard errors: std/√n for the mean, at most std/√(2n) for the deviation.
        assertEquals(0, sum / w.size(), 5 * std / Math.sqrt(w.size()), "mean");
        assertEquals(std, Math.sqrt(squares / w.size()), 5 * std / Math.sqrt(2.0 * w.size()), "std");
        assertTrue(largest <= bound, "largest deviation is " + largest);
        if (Double.isFinite(bound)) {
            assertTrue(largest > 0.999 * bound, "the whole range is drawn, largest deviation is " + largest);
        } else {
            assertTrue(largest > 3 * std, "draws are not truncated, largest deviation is " + largest);
        }
    }

    @ParameterizedTest
    @MethodSource("random")
    void fill_again_givesTheSameBits(Initializer initializer, double mean, double std, double bound) {
        assertSame(fill(initializer), fill(initializer), "w");
        assertNotEquals(fill(initializer).get(0, 0), fill(initializer).get(1, 0));
    }

    @Test
    void fill_ofNormal_drawsByRows() {
        Draws draws = RandomStream.of(5, "w").at(0, 0);
        Matrix w = fill(new Normal(1, 2));
        for (int j = 0; j < FAN_OUT; j++) {
            assertEquals(1 + 2 * draws.normal(), w.get(0, j));
        }
        assertEquals(1 + 2 * draws.normal(), w.get(1, 0));
    }

    @Test
    void fill_ofZerosAndConstant_isThatEverywhere() {
        Matrix w = of(FLOAT64, row(1, 2), row(3, 4));
        new Zeros().fill(w, 2, 2, null);
        assertSame(of(FLOAT64, row(0, 0), row(0, 0)), w, "zeros");
        new Constant(0.35).fill(w, 2, 2, null);
        assertSame(of(FLOAT64, row(0.35, 0.35), row(0.35, 0.35)), w, "constant");
    }

    @Test
    void fill_ofValues_isWhatIsWritten() {
        Matrix w = FLOAT64.matrix(2, 3);
        new Values(List.of(List.of(1.0, 2.0, 3.0), List.of(4.0, 5.0, 6.0))).fill(w, 2, 3, null);
        assertSame(of(FLOAT64, row(1, 2, 3), row(4, 5, 6)), w, "w");
    }

    @Test
    void fill_ofValuesThatDoNotFit_namesBothShapes() {
        Values values = new Values(List.of(List.of(1.0, 2.0, 3.0), List.of(4.0, 5.0, 6.0)));
        InputException problem =
                assertThrows(InputException.class, () -> values.fill(FLOAT64.matrix(3, 2), 3, 2, null));
        assertEquals("values are [2, 3], but the parameter is [3, 2]", problem.getMessage());
        assertEquals(
                List.of("Write one row per input and one column per unit; biases are a single row."), problem.notes());
    }

    @Test
    void values_thatAreNoMatrix_areRefused() {
        assertRefused("rows is []", "at least one row of at least one number", () -> new Values(List.of()));
        assertRefused("rows is [[]]", "at least one row of at least one number", () -> new Values(List.of(List.of())));
        assertRefused(
                "rows is [[1.0, 2.0], [3.0]]",
                "rows of equal length: the first has 2, one has 1",
                () -> new Values(List.of(List.of(1.0, 2.0), List.of(3.0))));
        assertRefused("rows is .nan", "finite numbers", () -> new Values(List.of(List.of(Double.NaN))));
    }

    @Test
    void parameters_outsideTheirRange_areRefused() {
        assertRefused("std is -1", "a finite number, 0 or more", () -> new Normal(0, -1));
        assertRefused("mean is .inf", "a finite number", () -> new Normal(Double.POSITIVE_INFINITY, 1));
        assertRefused("max is 1", "a finite number, min (2) or more", () -> new Uniform(2, 1));
        assertRefused("min is .nan", "a finite number", () -> new Uniform(Double.NaN, 1));
        assertRefused("value is .nan", "a finite number", () -> new Constant(Double.NaN));
    }

    private static void assertRefused(String message, String allowed, Runnable create) {
        ParameterException problem = assertThrows(ParameterException.class, create::run);
        assertEquals(message, problem.getMessage());
        assertEquals(allowed, problem.allowed());
    }
}
