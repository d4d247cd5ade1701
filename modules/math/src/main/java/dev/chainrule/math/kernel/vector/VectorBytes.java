package dev.chainrule.math.kernel.vector;

import static dev.chainrule.math.kernel.vector.FloatSpecies.LANES;
import static dev.chainrule.math.kernel.vector.FloatSpecies.S;
import static dev.chainrule.math.kernel.vector.FloatSpecies.whole;

import dev.chainrule.math.FloatBytes;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** A converter of unsigned bytes to {@code float} on the Vector API: bytes to integers, integers to numbers. */
final class VectorBytes extends FloatBytes {
    /** The number of bytes in the shortest vector: with fewer lanes plain Java is the fallback. */
    static final int LEAST_LANES = 8;

    private static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(LEAST_LANES, LANES) * Byte.SIZE));
    private static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, Widths.SHAPE);
    private static final SeparateLoop WIDEN = new SeparateLoop(MethodHandles.lookup(), "widenLoop");

    @Override
    protected void widen(byte[] bytes, int offset, float[] to, int start, int count) {
        int end = whole(count);
        try {
            WIDEN.method().invokeExact(bytes, offset, to, start, end);
        } catch (Throwable e) {
            throw SeparateLoop.failure(e);
        }
        super.widen(bytes, offset + end, to, start + end, count - end);
    }

    private static void widenLoop(byte[] bytes, int offset, float[] to, int start, int end) {
        for (int j = 0; j < end; j += LANES) {
            IntVector signed = (IntVector)
                    ByteVector.fromArray(BYTES, bytes, offset + j).convertShape(VectorOperators.B2I, INTS, 0);
            FloatVector numbers = (FloatVector) signed.and(0xff).convertShape(VectorOperators.I2F, S, 0);
            numbers.intoArray(to, start + j);
        }
    }
}
