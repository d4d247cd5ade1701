package dev.chainrule.builtin.data.picture;

import dev.chainrule.api.error.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/** The first directory of a TIFF file (TIFF revision 6.0, sections 2 and 8): its kind of pixels, orientation and pages. */
final class TiffFacts {
    private static final int BITS = 258;
    private static final int PHOTOMETRIC = 262;
    private static final int STRIPS = 273;
    private static final int SAMPLES = 277;
    private static final int STRIP_SIZES = 279;
    private static final int TILES = 324;
    private static final int TILE_SIZES = 325;
    private static final int SAMPLE_FORMAT = 339;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int ENTRY = 12;
    private static final int INLINE = 4;
    private static final int DEEPEST = 16;
    private static final int CMYK = 5;
    private static final int YCBCR = 6;
    private static final int MOST_SAMPLES = 4;

    private TiffFacts() {}

    static PictureFacts read(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file);
        in.order(file[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        in.position(in.getInt(INLINE));
        int entries = Short.toUnsignedInt(in.getShort());
        int first = in.position();
        Map<Integer, int[]> tags = new LinkedHashMap<>();
        for (int i = 0; i < entries; i++) {
            in.position(first + i * ENTRY);
            int tag = Short.toUnsignedInt(in.getShort());
            int type = in.getShort();
            int count = in.getInt();
            if ((type == SHORT || type == LONG) && count > 0) {
                tags.put(tag, values(in, type == SHORT, count));
            }
        }
        require(tags);
        requireWhole(file, tags.get(STRIPS), tags.get(STRIP_SIZES));
        requireWhole(file, tags.get(TILES), tags.get(TILE_SIZES));
        if (in.position(first + entries * ENTRY).getInt() != 0) {
            throw new InputException("it has several pages", "Save the intended one as PNG.");
        }
        return PictureFacts.NONE.withExif(file);
    }

    private static int[] values(ByteBuffer in, boolean areShort, int count) {
        int size = areShort ? Short.BYTES : Integer.BYTES;
        if ((long) count * size > in.capacity()) {
            throw new IllegalArgumentException("more values than bytes");
        }
        if (count * size > INLINE) {
            in.position(in.getInt());
        }
        int[] values = new int[count];
        for (int i = 0; i < count; i++) {
            values[i] = areShort ? Short.toUnsignedInt(in.getShort()) : in.getInt();
        }
        return values;
    }

    /** Check that the file contains all its pixels: the decoder takes missing ones for zeros. */
    private static void requireWhole(byte[] file, int[] places, int[] sizes) {
        for (int i = 0; places != null && sizes != null && i < places.length; i++) {
            if (places[i] < 0 || sizes[i] < 0 || (long) places[i] + sizes[i] > file.length) {
                throw new IllegalArgumentException("the file is truncated");
            }
        }
    }

    private static int value(Map<Integer, int[]> tags, int tag, int otherwise) {
        return tags.containsKey(tag) ? tags.get(tag)[0] : otherwise;
    }

    private static void require(Map<Integer, int[]> tags) {
        int kind = value(tags, PHOTOMETRIC, 0);
        if (kind == CMYK) {
            throw refused("its colours are CMYK, for print, which cannot be converted without knowing the inks");
        }
        if (kind > YCBCR || kind == CMYK - 1) {
            throw refused("its pixels are of kind " + kind + "; grey, RGB, a palette and YCbCr are supported");
        }
        int samples = value(tags, SAMPLES, 1);
        if (samples > MOST_SAMPLES) {
            throw refused("it has " + samples + " channels; 1 to " + MOST_SAMPLES + " are supported");
        }
        int bits = value(tags, BITS, 1);
        if (bits > DEEPEST) {
            throw refused("it has " + bits + " bits per channel; at most " + DEEPEST + " are supported");
        }
        if (value(tags, SAMPLE_FORMAT, 1) != 1) {
            throw refused("its levels are not unsigned integers");
        }
    }

    private static InputException refused(String reason) {
        return new InputException(reason, "Save it as PNG, in RGB or grey.");
    }
}
