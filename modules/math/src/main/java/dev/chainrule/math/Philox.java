package dev.chainrule.math;

/**
 * The generator Philox4x32-10: 128 random bits as a pure function of a 128-bit counter and a 64-bit key.
 *
 * <p>Source: Salmon, Moraes, Dror, Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3", SC 2011, section 3.3.
 */
public final class Philox {
    private static final int ROUNDS = 10;
    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;

    private Philox() {}

    /**
     * Compute one block at a place in a stream.
     *
     * @param stream the source of the key
     * @param epoch the place's epoch, the counter's fourth word
     * @param index the place's index, the counter's second and third word
     * @param block the block's number at that place, the counter's first word
     * @param out [4] the block's words. Modified.
     */
    public static void block(RandomStream stream, int epoch, long index, int block, int[] out) {
        block(block, (int) index, (int) (index >>> 32), epoch, stream.key0(), stream.key1(), out);
    }

    /**
     * Compute one block.
     *
     * @param c0 the counter's words, lowest first
     * @param k0 the key's words, lowest first
     * @param out [4] the block's words. Modified.
     * @param c1 the counter's second word
     * @param c2 its third
     * @param c3 its fourth
     * @param k1 the key's second word
     */
    public static void block(int c0, int c1, int c2, int c3, int k0, int k1, int[] out) {
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = MULTIPLIER_0 * (c0 & 0xffffffffL);
            long product1 = MULTIPLIER_1 * (c2 & 0xffffffffL);
            int next0 = (int) (product1 >>> 32) ^ c1 ^ k0;
            int next2 = (int) (product0 >>> 32) ^ c3 ^ k1;
            c1 = (int) product1;
            c3 = (int) product0;
            c0 = next0;
            c2 = next2;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        out[0] = c0;
        out[1] = c1;
        out[2] = c2;
        out[3] = c3;
    }
}
