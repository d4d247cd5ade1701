package dev.chainrule.math;

/** Turn unsigned bytes, such as pixels, into {@code @real@}: exactly, as 0 to 255. */
public class @Real@Bytes {
    static final @Real@Bytes PLAIN = new @Real@Bytes();

    protected @Real@Bytes() {}

    /** Compute to[start + j] = bytes[offset + j], j = 0 … count − 1. */
    protected void widen(byte[] bytes, int offset, @real@[] to, int start, int count) {
        for (int j = 0; j < count; j++) {
            to[start + j] = bytes[offset + j] & 0xff;
        }
    }
}
