package dev.chainrule.math.kernel;

import dev.chainrule.math.Kernels;
import java.util.Arrays;

/**
 * Sums along a row by the fixed tree of {@link Kernels}: lane l adds the elements j ≡ l (mod {@link Kernels#LANES}) in
 * ascending order from +0, then halves are folded. The lanes are kept from call to call, so that a sum allocates nothing.
 */
public class FloatLanes {
    private static final int LANES = Kernels.LANES;

    /** The sums of the lanes, +0 between two calls. */
    protected final float[] lanes = new float[LANES];

    /** Create the sums of one caller. */
    public FloatLanes() {}

    /** Return Σ x[start + j]. */
    protected float sum(float[] x, int start, int count) {
        int j = 0;
        for (; j + LANES <= count; j += LANES) {
            for (int l = 0; l < LANES; l++) {
                lanes[l] += x[start + j + l];
            }
        }
        for (int l = 0; j < count; j++, l++) {
            lanes[l] += x[start + j];
        }
        return fold();
    }

    /** Return Σ |x[start + j]|. */
    protected float magnitudes(float[] x, int start, int count) {
        int j = 0;
        for (; j + LANES <= count; j += LANES) {
            for (int l = 0; l < LANES; l++) {
                lanes[l] += Math.abs(x[start + j + l]);
            }
        }
        for (int l = 0; j < count; j++, l++) {
            lanes[l] += Math.abs(x[start + j]);
        }
        return fold();
    }

    /** Return Σ x[start + j]·y[start + j], every lane a chain of fma. */
    protected float dot(float[] x, float[] y, int start, int count) {
        int j = 0;
        for (; j + LANES <= count; j += LANES) {
            for (int l = 0; l < LANES; l++) {
                lanes[l] = Math.fma(x[start + j + l], y[start + j + l], lanes[l]);
            }
        }
        for (int l = 0; j < count; j++, l++) {
            lanes[l] = Math.fma(x[start + j], y[start + j], lanes[l]);
        }
        return fold();
    }

    /** Fold the lanes and set them to +0. */
    protected final float fold() {
        for (int half = LANES / 2; half > 0; half /= 2) {
            for (int l = 0; l < half; l++) {
                lanes[l] += lanes[l + half];
            }
        }
        float sum = lanes[0];
        Arrays.fill(lanes, 0);
        return sum;
    }
}
