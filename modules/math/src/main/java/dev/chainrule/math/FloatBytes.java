package dev.chainrule.math;

/** A converter of unsigned bytes, such as pixels, to {@code float}: exactly, as 0 to 255. */
public class FloatBytes {
    /** The converter in plain Java. */
    public static final FloatBytes PLAIN = new FloatBytes();

    protected FloatBytes() {}

    /** Compute to[start + j] = bytes[offset + j], j = 0 … count − 1. */
    protected void widen(byte[] bytes, int offset, float[] to, int start, int count) {
        for (int j = 0; j < count; j++) {
            to[start + j] = bytes[offset + j] & 0xff;
        }
    }
}
