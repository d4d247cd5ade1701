package dev.chainrule.math;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The logarithm is no {@link CommonFunction}: its vector form serves {@link Kernels#logSumExpRows} only. */
final class VectorLogarithmTests {
    private static final int COUNT = 400_003; // odd, so that a remainder is left to plain Java

    @Test
    void logarithm_floatsOfEveryMagnitude_equalsTheScalarForm() {
        float[] x = new float[COUNT];
        float[] y = new float[COUNT];
        for (int i = 0; i < COUNT; i++) {
            x[i] = Float.intBitsToFloat(i * 10_739); // prime to 2³²: every exponent and sign, and low bits that vary
        }
        VectorParts.INSTANCE
                .floatElements(new ThreadTeam(1))
                .on(x, y, null, null)
                .run(FloatElements::logarithm, COUNT);
        for (int i = 0; i < COUNT; i++) {
            assertEquals(Strict.log(x[i]), y[i], "log of " + x[i]);
        }
    }

    @Test
    void logarithm_doublesOfEveryMagnitude_equalsTheScalarForm() {
        double[] special = {0.0, -0.0, 1, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE, Double.MIN_NORMAL
        };
        Draws draws = RandomStream.of(3, "logarithm").at(0, 0);
        double[] x = new double[COUNT];
        double[] y = new double[COUNT];
        for (int i = 0; i < COUNT; i++) {
            x[i] = i < special.length
                    ? special[i]
                    : Double.longBitsToDouble((long) draws.bits() << 32 | draws.bits() & 0xffffffffL);
        }
        VectorParts.INSTANCE
                .doubleElements(new ThreadTeam(1))
                .on(x, y, null, null)
                .run(DoubleElements::logarithm, COUNT);
        for (int i = 0; i < COUNT; i++) {
            assertEquals(Strict.log(x[i]), y[i], "log of " + x[i]);
        }
    }
}
