package dev.chainrule.math.kernel.vector;

import static dev.chainrule.math.kernel.vector.FloatSpecies.BITS;
import static dev.chainrule.math.kernel.vector.FloatSpecies.LANES;
import static dev.chainrule.math.kernel.vector.FloatSpecies.whole;

import dev.chainrule.math.ThreadTeam;
import dev.chainrule.math.function.Bits;
import dev.chainrule.math.kernel.FloatMasks;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Random masks with the choice of dropped elements on the Vector API; the words are drawn in plain Java. Philox on vectors,
 * four words combined from products of halves over ten rounds, allocates an object per vector on JDK 17.
 */
final class FloatVectorMasks extends FloatMasks {
    private static final int DROPPED_BITS = 8;
    private static final SeparateLoop CHOOSE = new SeparateLoop(MethodHandles.lookup(), "chooseLoop");

    FloatVectorMasks(ThreadTeam team) {
        super(team);
    }

    @Override
    protected void choose(@Bits int[] words, int threshold, float kept, float[] mask, int start, int from, int to) {
        int end = from + whole(to - from);
        try {
            CHOOSE.method().invokeExact(words, threshold, kept, mask, start, from, end);
        } catch (Throwable e) {
            throw SeparateLoop.failure(e);
        }
        super.choose(words, threshold, kept, mask, start, end, to);
    }

    private static void chooseLoop(
            @Bits int[] words, int threshold, float kept, float[] mask, int start, int from, int end) {
        IntVector bits = IntVector.broadcast(BITS, Float.floatToRawIntBits(kept));
        for (int j = from; j < end; j += LANES) {
            IntVector below = IntVector.fromArray(BITS, words, j)
                    .lanewise(VectorOperators.LSHR, DROPPED_BITS)
                    .sub(threshold)
                    .lanewise(VectorOperators.ASHR, Float.SIZE - 1);
            bits.lanewise(VectorOperators.AND_NOT, below).reinterpretAsFloats().intoArray(mask, start + j);
        }
    }
}
