package dev.chainrule.builtin.data.picture;

import dev.chainrule.api.error.InputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.InflaterInputStream;

/**
 * The chunks of a PNG file other than its pixels (PNG specification, third edition, section 11): EXIF, animation, the
 * meaning of its levels, and transparency that Java's decoder overlooks.
 */
final class PngFacts {
    private static final int SIGNATURE = 8;
    private static final int NAME = 4;
    private static final double GAMMA_UNIT = 100_000;
    private static final int LARGEST_PROFILE = 1 << 24;
    /** Places in IHDR, after width and height. */
    private static final int DEPTH = 8;

    private static final int COLOUR_TYPE = 9;

    private PngFacts() {}

    static PictureFacts read(byte[] file) {
        Map<String, byte[]> chunks = chunks(file);
        requireStill(chunks);
        byte[] header = chunks.get("IHDR");
        int depth = header[DEPTH];
        int type = header[COLOUR_TYPE];
        PictureFacts facts = PictureFacts.NONE;
        if (chunks.containsKey("eXIf")) {
            facts = facts.withExif(chunks.get("eXIf"));
        }
        if (chunks.containsKey("tRNS") && type == 0 && depth < Byte.SIZE) {
            int largest = (1 << depth) - 1;
            facts = facts.withClear((chunks.get("tRNS")[1] & largest) * 255 / largest);
        }
        if (chunks.containsKey("iCCP")) {
            facts = facts.withProfile(profile(chunks.get("iCCP")), type == 0 || type == 4);
        } else if (chunks.containsKey("gAMA") && !chunks.containsKey("sRGB")) {
            int gamma = ByteBuffer.wrap(chunks.get("gAMA")).getInt();
            if (gamma <= 0) {
                throw new InputException("its gamma is " + gamma, "Save it as PNG again, for the screen (sRGB).");
            }
            facts = facts.withColours(Colours.ofGamma(gamma / GAMMA_UNIT));
        }
        return facts;
    }

    /** Return the first chunk of each name, all of them checked. */
    private static Map<String, byte[]> chunks(byte[] file) {
        Map<String, byte[]> chunks = new LinkedHashMap<>();
        ByteBuffer in = ByteBuffer.wrap(file).position(SIGNATURE);
        while (!chunks.containsKey("IEND")) {
            int length = in.getInt();
            int start = in.position();
            in.position(Math.addExact(start, Math.addExact(NAME, length)));
            CRC32 crc = new CRC32();
            crc.update(file, start, NAME + length);
            if ((int) crc.getValue() != in.getInt()) {
                throw new IllegalArgumentException("a chunk's checksum differs");
            }
            String name = new String(file, start, NAME, StandardCharsets.ISO_8859_1);
            chunks.putIfAbsent(name, Arrays.copyOfRange(file, start + NAME, start + NAME + length));
        }
        return chunks;
    }

    private static void requireStill(Map<String, byte[]> chunks) {
        byte[] animation = chunks.get("acTL");
        if (animation != null && ByteBuffer.wrap(animation).getInt() > 1) {
            throw new InputException(
                    "it is an animation of " + ByteBuffer.wrap(animation).getInt() + " pictures",
                    "Save the intended one as PNG.");
        }
    }

    /** Return a profile without its name and compression; empty or illegible if it is damaged. */
    private static byte[] profile(byte[] chunk) {
        int name = 0;
        while (name < chunk.length && chunk[name] != 0) {
            name++;
        }
        int start = Math.min(name + 2, chunk.length);
        try (InflaterInputStream in =
                new InflaterInputStream(new ByteArrayInputStream(chunk, start, chunk.length - start))) {
            return in.readNBytes(LARGEST_PROFILE);
        } catch (IOException e) {
            return new byte[0];
        }
    }
}
