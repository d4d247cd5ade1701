package dev.chainrule.math.vector;

import static dev.chainrule.math.vector.@Real@Species.BITS;
import static dev.chainrule.math.vector.@Real@Species.LANES;
import static dev.chainrule.math.vector.@Real@Species.whole;

import dev.chainrule.math.@Real@Masks;
import dev.chainrule.math.ThreadTeam;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.@Bits@Vector;
import jdk.incubator.vector.VectorOperators;

/**
 * Choose on the Vector API what a mask drops; the words are drawn in plain Java. Philox by vectors, four words put together from
 * products of halves over ten rounds, is an object a vector on JDK 17.
 */
final class @Real@VectorMasks extends @Real@Masks {
    private static final int DROPPED_BITS = 8;
    private static final SeparateLoop CHOOSE = new SeparateLoop(MethodHandles.lookup(), "chooseLoop");

    @Real@VectorMasks(ThreadTeam team) {
        super(team);
    }

    @Override
    protected void choose(
            @bits@[] words, int threshold, @real@ kept, @real@[] mask, int start, int from, int to) {
        int end = from + whole(to - from);
        try {
            CHOOSE.method().invokeExact(words, threshold, kept, mask, start, from, end);
        } catch (Throwable e) {
            throw SeparateLoop.failure(e);
        }
        super.choose(words, threshold, kept, mask, start, end, to);
    }

    private static void chooseLoop(
            @bits@[] words, int threshold, @real@ kept, @real@[] mask, int start, int from, int end) {
        @Bits@Vector bits = @Bits@Vector.broadcast(BITS, @Real@.@real@ToRaw@Bits@Bits(kept));
        for (int j = from; j < end; j += LANES) {
            @Bits@Vector below = @Bits@Vector.fromArray(BITS, words, j)
                    .lanewise(VectorOperators.LSHR, DROPPED_BITS)
                    .sub(threshold)
                    .lanewise(VectorOperators.ASHR, @Real@.SIZE - 1);
            bits.lanewise(VectorOperators.AND_NOT, below).reinterpretAs@Real@s().intoArray(mask, start + j);
        }
    }
}
