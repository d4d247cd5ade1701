package dev.chainrule.builtin.data.picture;

import dev.chainrule.api.error.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The blocks of a GIF file (GIF89a specification, sections 15 to 27), counted, since its decoder returns the first
 * picture of several.
 */
final class GifFacts {
    private static final int SCREEN = 6;
    private static final int EXTENSION = 0x21;
    private static final int IMAGE = 0x2c;
    private static final int TRAILER = 0x3b;
    private static final int HAS_TABLE = 0x80;
    private static final int TABLE_SIZE = 7;

    private GifFacts() {}

    /** Check that a file has one picture, which covers its screen. */
    static void requireOneWholeFrame(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).position(SCREEN);
        int width = Short.toUnsignedInt(in.getShort());
        int height = Short.toUnsignedInt(in.getShort());
        int flags = in.get();
        in.getShort(); // background and aspect ratio
        skipTable(in, flags);
        int frames = 0;
        for (int block = in.get(); block != TRAILER; block = in.get()) {
            if (block == EXTENSION) {
                in.get(); // its label
            } else if (block == IMAGE) {
                frames++;
                requireWhole(in, width, height);
                skipTable(in, in.get());
                in.get(); // the size of codes
            } else {
                throw new IllegalArgumentException("no block");
            }
            skipParts(in);
        }
        if (frames > 1) {
            throw new InputException("it is an animation of " + frames + " pictures", "Save the intended one as PNG.");
        }
    }

    private static void requireWhole(ByteBuffer in, int width, int height) {
        int left = Short.toUnsignedInt(in.getShort());
        int top = Short.toUnsignedInt(in.getShort());
        int columns = Short.toUnsignedInt(in.getShort());
        int rows = Short.toUnsignedInt(in.getShort());
        if (left != 0 || top != 0 || columns != width || rows != height) {
            throw new InputException(
                    "its canvas has " + width + " x " + height + " pixels, but its image only " + columns + " x "
                            + rows,
                    "Save it as PNG.");
        }
    }

    private static void skipTable(ByteBuffer in, int flags) {
        if ((flags & HAS_TABLE) != 0) {
            in.position(in.position() + 3 * (2 << (flags & TABLE_SIZE)));
        }
    }

    private static void skipParts(ByteBuffer in) {
        int size = in.get() & 0xff;
        while (size > 0) {
            in.position(in.position() + size);
            size = in.get() & 0xff;
        }
    }
}
