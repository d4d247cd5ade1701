package dev.chainrule.builtin.monitor;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A message of Protocol Buffers under construction. A field is a key, (number &lt;&lt; 3) | type, and a value: a varint (type 0, groups
 * of seven bits, the lowest first), eight bytes (1), a length and as many bytes (2) or four bytes (5), little-endian.
 *
 * <p>Source: protobuf.dev/programming-guides/encoding.
 */
final class Message {
    private static final int VARINT = 0;
    private static final int EIGHT_BYTES = 1;
    private static final int LENGTH = 2;
    private static final int FOUR_BYTES = 5;
    private static final int GROUP_BITS = 7;
    private static final int MORE = 1 << GROUP_BITS;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Message whole(int field, long value) {
        key(field, VARINT);
        varint(value);
        return this;
    }

    Message float64(int field, double value) {
        key(field, EIGHT_BYTES);
        bytes.writeBytes(ByteBuffer.allocate(Double.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(value)
                .array());
        return this;
    }

    Message float32(int field, float value) {
        key(field, FOUR_BYTES);
        bytes.writeBytes(ByteBuffer.allocate(Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(value)
                .array());
        return this;
    }

    /** Add a repeated field of numbers, packed. */
    Message float64s(int field, double... values) {
        ByteBuffer packed = ByteBuffer.allocate(Double.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        packed.asDoubleBuffer().put(values);
        return bytes(field, packed.array());
    }

    Message text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message part(int field, Message value) {
        return bytes(field, value.toBytes());
    }

    Message bytes(int field, byte... value) {
        key(field, LENGTH);
        varint(value.length);
        bytes.writeBytes(value);
        return this;
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }

    private void key(int field, int type) {
        varint((long) field << 3 | type);
    }

    private void varint(long value) {
        long rest = value;
        for (; (rest & -MORE) != 0; rest >>>= GROUP_BITS) {
            bytes.write((int) (rest & MORE - 1 | MORE));
        }
        bytes.write((int) rest);
    }

    /** Read a varint, and move past it. */
    static long varint(ByteBuffer from) {
        long value = 0;
        for (int shift = 0; ; shift += GROUP_BITS) {
            byte group = from.get();
            value |= (long) (group & MORE - 1) << shift;
            if (group >= 0) {
                return value;
            }
        }
    }
}
