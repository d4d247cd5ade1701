package dev.chainrule.math.vector;

import static dev.chainrule.math.vector.@Real@Species.BITS;
import static dev.chainrule.math.vector.@Real@Species.LANES;
import static dev.chainrule.math.vector.@Real@Species.whole;

import dev.chainrule.math.@Real@Masks;
import dev.chainrule.math.ThreadTeam;
import jdk.incubator.vector.@Bits@Vector;
import jdk.incubator.vector.VectorOperators;

/**
 * Choose on the Vector API what a mask drops; the words are drawn in plain Java. Philox by vectors, four words put together from
 * products of halves over ten rounds, is an object a vector on JDK 17.
 */
final class @Real@VectorMasks extends @Real@Masks {
    private static final int DROPPED_BITS = 8;

    @Real@VectorMasks(ThreadTeam team) {
        super(team);
    }

    @Override
    protected void choose(
            @bits@[] words, int threshold, @real@ kept, @real@[] mask, int start, int from, int to) {
        @Bits@Vector bits = @Bits@Vector.broadcast(BITS, @Real@.@real@ToRaw@Bits@Bits(kept));
        int end = from + whole(to - from);
        for (int j = from; j < end; j += LANES) {
            @Bits@Vector below = @Bits@Vector.fromArray(BITS, words, j)
                    .lanewise(VectorOperators.LSHR, DROPPED_BITS)
                    .sub(threshold)
                    .lanewise(VectorOperators.ASHR, @Real@.SIZE - 1);
            bits.lanewise(VectorOperators.AND_NOT, below).reinterpretAs@Real@s().intoArray(mask, start + j);
        }
        super.choose(words, threshold, kept, mask, start, end, to);
    }
}
