package dev.chainrule.builtin.data.picture;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The part of a picture's EXIF block that contains its orientation. */
final class Exif {
    private static final int ORIENTATION = 0x0112;
    private static final int SHORT = 3;
    private static final int ENTRY = 12;

    private Exif() {}

    /**
     * Return the orientation in a block; upright if it has none, or has 0, which cameras write that do not know it.
     *
     * @param block a TIFF header and its first directory: {@code MM 00 2a} …
     * @throws BufferUnderflowException if the block is truncated
     * @throws IllegalArgumentException if it is not such a block
     */
    static Orientation orientation(byte[] block) {
        ByteBuffer tiff = ByteBuffer.wrap(block);
        short order = tiff.getShort();
        tiff.order(order == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        if (order != 0x4949 && order != 0x4d4d || tiff.getShort() != 42) {
            throw new IllegalArgumentException("no TIFF header");
        }
        tiff.position(tiff.getInt());
        int entries = Short.toUnsignedInt(tiff.getShort());
        int first = tiff.position();
        for (int i = 0; i < entries; i++) {
            tiff.position(first + i * ENTRY);
            if (Short.toUnsignedInt(tiff.getShort()) == ORIENTATION) {
                boolean isShort = tiff.getShort() == SHORT;
                tiff.getInt(); // the count, 1
                int value = isShort ? Short.toUnsignedInt(tiff.getShort()) : tiff.getInt();
                return value == 0 ? Orientation.UPRIGHT : new Orientation(value);
            }
        }
        return Orientation.UPRIGHT;
    }
}
