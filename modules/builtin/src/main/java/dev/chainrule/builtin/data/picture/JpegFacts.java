package dev.chainrule.builtin.data.picture;

import dev.chainrule.api.error.InputException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The segments of a JPEG file before its pixels (ITU-T T.81, annex B): the kind of compression, the components, EXIF
 * and, of a grey picture, the ICC profile, which Java's decoder applies only to colours.
 */
final class JpegFacts {
    private static final int FILL = 0xff;
    private static final int START_OF_SCAN = 0xda;
    private static final int EXIF = 0xe1;
    private static final int PROFILE = 0xe2;
    private static final byte[] EXIF_NAME = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PROFILE_NAME = "ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII);
    /** The number of a part of a profile, and the number of parts. */
    private static final int PART = 2;

    private final ByteArrayOutputStream profile = new ByteArrayOutputStream();
    private PictureFacts facts = PictureFacts.NONE;
    private int components;

    private JpegFacts() {}

    static PictureFacts read(byte[] file) {
        JpegFacts read = new JpegFacts();
        ByteBuffer in = ByteBuffer.wrap(file).position(2);
        int marker = marker(in);
        while (marker != START_OF_SCAN) {
            byte[] segment = new byte[Short.toUnsignedInt(in.getShort()) - Short.BYTES];
            in.get(segment);
            read.segment(marker, segment);
            marker = marker(in);
        }
        return read.components == 1 && read.profile.size() > 0
                ? read.facts.withProfile(read.profile.toByteArray(), true)
                : read.facts;
    }

    private static int marker(ByteBuffer in) {
        if ((in.get() & 0xff) != FILL) {
            throw new IllegalArgumentException("no marker");
        }
        int marker = FILL;
        while (marker == FILL) {
            marker = in.get() & 0xff;
        }
        return marker;
    }

    private void segment(int marker, byte[] segment) {
        if (marker == EXIF && begins(segment, EXIF_NAME)) {
            facts = facts.withExif(Arrays.copyOfRange(segment, EXIF_NAME.length, segment.length));
        } else if (marker == PROFILE && begins(segment, PROFILE_NAME)) {
            int header = PROFILE_NAME.length + PART;
            profile.write(segment, header, segment.length - header);
        } else if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) {
            frame(marker, segment);
        }
    }

    /** Check a start of frame: of the kinds of JPEG, decoders in general and Java's read the first three. */
    private void frame(int marker, byte[] segment) {
        if (marker > 0xc2) {
            throw refused("lossless, hierarchical and arithmetically coded JPEGs are not supported");
        }
        int bits = segment[0];
        if (bits != Byte.SIZE) {
            throw refused("it has " + bits + " bits per component; only 8 are supported");
        }
        components = segment[5];
        if (components == 4) {
            throw refused("its colours are CMYK, for print, which cannot be converted without knowing the inks");
        }
        if (components != 1 && components != 3) {
            throw refused("it has " + components + " components; 1 (grey) or 3 (colours) are supported");
        }
    }

    private static InputException refused(String reason) {
        return new InputException(reason, "Save it as PNG, in RGB or grey.");
    }

    private static boolean begins(byte[] segment, byte[] name) {
        return segment.length > name.length + PART && Arrays.equals(segment, 0, name.length, name, 0, name.length);
    }
}
