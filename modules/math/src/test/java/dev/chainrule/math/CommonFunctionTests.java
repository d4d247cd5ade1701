package dev.chainrule.math;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainrule.math.kernel.KernelParts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CommonFunctionTests {
    private static final int AT_ONCE = 8_191;
    private static final int FLOAT_STEP =
            3_001; // prime to 2^32, so that every exponent and sign comes, and low bits vary
    private static final int DOUBLES = 500_000;

    @ParameterizedTest
    @EnumSource(CommonFunction.class)
    void map_floatsOfEveryMagnitude_equalsTheValue(CommonFunction function) {
        Kernels kernels = kernels(Precision.FLOAT32);
        FloatMatrix z = new FloatMatrix(1, AT_ONCE);
        FloatMatrix a = new FloatMatrix(1, AT_ONCE);
        int bits = 0;
        long checked = 0;
        for (long left = (1L << 32) / FLOAT_STEP; left > 0; left -= AT_ONCE) {
            for (int j = 0; j < AT_ONCE; j++) {
                z.data()[j] = Float.intBitsToFloat(bits);
                bits += FLOAT_STEP;
            }
            kernels.map(function, z, a);
            for (int j = 0; j < AT_ONCE; j++) {
                float expected = function.value(z.data()[j]);
                if (Float.floatToIntBits(expected) != Float.floatToIntBits(a.data()[j])) {
                    assertEquals(expected, a.data()[j], function + " of " + z.data()[j]);
                }
                checked++;
            }
        }
        assertEquals(true, checked > 1_400_000);
    }

    @ParameterizedTest
    @EnumSource(CommonFunction.class)
    void map_doublesOfEveryMagnitude_equalsTheValue(CommonFunction function) {
        Kernels kernels = kernels(Precision.FLOAT64);
        DoubleMatrix z = new DoubleMatrix(1, DOUBLES);
        DoubleMatrix a = new DoubleMatrix(1, DOUBLES);
        Draws draws = RandomStream.of(7, "doubles").at(0, 0);
        for (int j = 0; j < DOUBLES; j++) {
            // half of any bits, half where the functions are neither constant nor straight
            z.data()[j] = j % 2 == 0
                    ? Double.longBitsToDouble((long) draws.bits() << 32 | draws.bits() & 0xffffffffL)
                    : 800 * (draws.uniform() - 0.5);
        }
        kernels.map(function, z, a);
        for (int j = 0; j < DOUBLES; j++) {
            double expected = function.value(z.data()[j]);
            if (Double.doubleToLongBits(expected) != Double.doubleToLongBits(a.data()[j])) {
                assertEquals(expected, a.data()[j], function + " of " + z.data()[j]);
            }
        }
    }

    private static Kernels kernels(Precision precision) {
        return KernelParts.vector().orElseThrow().kernels(precision, new ThreadTeam(1));
    }
}
