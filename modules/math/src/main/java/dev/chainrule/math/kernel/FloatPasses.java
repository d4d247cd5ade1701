package dev.chainrule.math.kernel;

/**
 * The inner loops of a product: add some rows of right, each times a factor, to some rows of out.
 *
 * <p>All loops run over equal indices of different arrays, the form that the JIT compiler (C2) turns into vector
 * instructions: it cannot prove that two places in one array are distinct. The main pass takes four rows of out and two of
 * right, eight fma for two loads of right and four of out, and keeps its eight factors and four temporaries in sixteen vector
 * registers. A pass of two by four or of one by eight needs fewer memory accesses, but its body exceeds C2's limit for
 * unrolling (JDK 17) and stays scalar.
 */
final class FloatPasses {
    private FloatPasses() {}

    /** For n = 0 … 3: cₙ = fma(fₙ₁, b1, fma(fₙ₀, b0, cₙ)). */
    static void fourByTwo(
            float f00,
            float f01,
            float f10,
            float f11,
            float f20,
            float f21,
            float f30,
            float f31,
            float[] b0,
            float[] b1,
            float[] c0,
            float[] c1,
            float[] c2,
            float[] c3,
            int columns) {
        for (int j = 0; j < columns; j++) {
            float x = b0[j];
            float y = b1[j];
            c0[j] = Math.fma(f01, y, Math.fma(f00, x, c0[j]));
            c1[j] = Math.fma(f11, y, Math.fma(f10, x, c1[j]));
            c2[j] = Math.fma(f21, y, Math.fma(f20, x, c2[j]));
            c3[j] = Math.fma(f31, y, Math.fma(f30, x, c3[j]));
        }
    }

    /** c = fma(f3, b3, fma(f2, b2, fma(f1, b1, fma(f0, b0, c)))). */
    static void oneByFour(
            float f0,
            float f1,
            float f2,
            float f3,
            float[] b0,
            float[] b1,
            float[] b2,
            float[] b3,
            float[] c,
            int columns) {
        for (int j = 0; j < columns; j++) {
            c[j] = Math.fma(f3, b3[j], Math.fma(f2, b2[j], Math.fma(f1, b1[j], Math.fma(f0, b0[j], c[j]))));
        }
    }

    /** c = fma(f, b, c). */
    static void oneByOne(float f, float[] b, float[] c, int columns) {
        for (int j = 0; j < columns; j++) {
            c[j] = Math.fma(f, b[j], c[j]);
        }
    }
}
