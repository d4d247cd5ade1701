package dev.chainrule.math.vector;

import static dev.chainrule.math.vector.@Real@Species.BITS;
import static dev.chainrule.math.vector.@Real@Species.LANES;
import static dev.chainrule.math.vector.@Real@Species.whole;

import dev.chainrule.math.@Real@Masks;
import dev.chainrule.math.ThreadTeam;
import jdk.incubator.vector.@Bits@Vector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Draw masks on the Vector API: a lane is a block of Philox, and the last blocks of a row are drawn in plain Java.
 *
 * <p>The high half of a product of two words is put together from products of halves: multiplying longs would be slow, and on
 * JDK 17 an object each, on machines without AVX-512.
 */
@SuppressWarnings("cast") // one source for two precisions: a cast that narrows in one is idle in the other
final class @Real@VectorMasks extends @Real@Masks {
    private static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, Widths.SHAPE);
    private static final int BLOCKS = INTS.length();

    private static final int ROUNDS = 10;
    private static final int MULTIPLIER_0 = 0xD2511F53;
    private static final int MULTIPLIER_1 = 0xCD9E8D57;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;
    private static final int HALF = 16;
    private static final int LOW = 0xffff;

    @Real@VectorMasks(ThreadTeam team) {
        super(team);
    }

    @Override
    protected int scratch() {
        return WORDS * Math.max(BLOCKS, 1);
    }

    @Override
    protected void words(
            int key0, int key1, int epoch, long index, int from, int to, int[] scratch, @bits@[] words) {
        int b = from;
        for (; b + BLOCKS <= to; b += BLOCKS) {
            for (int lane = 0; lane < BLOCKS; lane++) {
                scratch[lane] = b + lane;
                scratch[BLOCKS + lane] = (int) index;
                scratch[2 * BLOCKS + lane] = (int) (index >>> 32);
                scratch[3 * BLOCKS + lane] = epoch;
            }
            rounds(key0, key1, scratch);
            for (int lane = 0; lane < BLOCKS; lane++) {
                int at = WORDS * (b + lane);
                words[at] = scratch[lane] & (@bits@) 0xffffffffL;
                words[at + 1] = scratch[BLOCKS + lane] & (@bits@) 0xffffffffL;
                words[at + 2] = scratch[2 * BLOCKS + lane] & (@bits@) 0xffffffffL;
                words[at + 3] = scratch[3 * BLOCKS + lane] & (@bits@) 0xffffffffL;
            }
        }
        super.words(key0, key1, epoch, index, b, to, scratch, words);
    }

    private static void rounds(int key0, int key1, int[] counters) {
        IntVector c0 = IntVector.fromArray(INTS, counters, 0);
        IntVector c1 = IntVector.fromArray(INTS, counters, BLOCKS);
        IntVector c2 = IntVector.fromArray(INTS, counters, 2 * BLOCKS);
        IntVector c3 = IntVector.fromArray(INTS, counters, 3 * BLOCKS);
        for (int round = 0; round < ROUNDS; round++) {
            IntVector low0 = c0.and(LOW);
            IntVector top0 = c0.lanewise(VectorOperators.LSHR, HALF);
            IntVector carry0 = low0.mul(MULTIPLIER_0 & LOW).lanewise(VectorOperators.LSHR, HALF);
            IntVector middle0 = top0.mul(MULTIPLIER_0 & LOW).add(carry0);
            IntVector other0 = low0.mul(MULTIPLIER_0 >>> HALF).add(middle0.and(LOW));
            IntVector high0 = top0.mul(MULTIPLIER_0 >>> HALF)
                    .add(middle0.lanewise(VectorOperators.LSHR, HALF))
                    .add(other0.lanewise(VectorOperators.LSHR, HALF));
            IntVector low1 = c2.and(LOW);
            IntVector top1 = c2.lanewise(VectorOperators.LSHR, HALF);
            IntVector carry1 = low1.mul(MULTIPLIER_1 & LOW).lanewise(VectorOperators.LSHR, HALF);
            IntVector middle1 = top1.mul(MULTIPLIER_1 & LOW).add(carry1);
            IntVector other1 = low1.mul(MULTIPLIER_1 >>> HALF).add(middle1.and(LOW));
            IntVector high1 = top1.mul(MULTIPLIER_1 >>> HALF)
                    .add(middle1.lanewise(VectorOperators.LSHR, HALF))
                    .add(other1.lanewise(VectorOperators.LSHR, HALF));
            IntVector next0 = high1.lanewise(VectorOperators.XOR, c1).lanewise(VectorOperators.XOR, key0);
            IntVector next2 = high0.lanewise(VectorOperators.XOR, c3).lanewise(VectorOperators.XOR, key1);
            c1 = c2.mul(MULTIPLIER_1);
            c3 = c0.mul(MULTIPLIER_0);
            c0 = next0;
            c2 = next2;
            key0 += WEYL_0;
            key1 += WEYL_1;
        }
        c0.intoArray(counters, 0);
        c1.intoArray(counters, BLOCKS);
        c2.intoArray(counters, 2 * BLOCKS);
        c3.intoArray(counters, 3 * BLOCKS);
    }

    @Override
    protected void choose(
            @bits@[] words, int threshold, @real@ kept, @real@[] mask, int start, int from, int to) {
        @Bits@Vector bits = @Bits@Vector.broadcast(BITS, @Real@.@real@ToRaw@Bits@Bits(kept));
        int end = from + whole(to - from);
        for (int j = from; j < end; j += LANES) {
            @Bits@Vector below = @Bits@Vector.fromArray(BITS, words, j)
                    .lanewise(VectorOperators.LSHR, 8)
                    .sub(threshold)
                    .lanewise(VectorOperators.ASHR, @Real@.SIZE - 1);
            bits.lanewise(VectorOperators.AND_NOT, below).reinterpretAs@Real@s().intoArray(mask, start + j);
        }
        super.choose(words, threshold, kept, mask, start, end, to);
    }
}
