package dev.chainrule.builtin.data.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;

/** Pictures written byte by byte, with the statements on themselves that ImageIO does not write. */
final class PictureBytes {
    private static final int ORIENTATION = 0x0112;
    private static final int IMAGE_HEADER_END = 33;

    private PictureBytes() {}

    /** Return a PNG file. */
    static byte[] png(int depth, int type, int width, int height, int[] rows, byte[]... chunks) {
        byte[] header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put((byte) depth)
                .put((byte) type)
                .array();
        byte[] file = join(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10}, chunk("IHDR", header));
        for (byte[] chunk : chunks) {
            file = join(file, chunk);
        }
        return join(file, chunk("IDAT", deflated(bytes(rows))), chunk("IEND"));
    }

    /** Return a PNG file with a chunk more, after its header. */
    static byte[] withChunk(byte[] png, byte[] chunk) {
        return inserted(png, IMAGE_HEADER_END, chunk);
    }

    static byte[] chunk(String name, int... data) {
        return chunk(name, bytes(data));
    }

    static byte[] chunk(String name, byte[] data) {
        byte[] named = join(name.getBytes(StandardCharsets.US_ASCII), data);
        CRC32 crc = new CRC32();
        crc.update(named);
        return ByteBuffer.allocate(named.length + 8)
                .putInt(data.length)
                .put(named)
                .putInt((int) crc.getValue())
                .array();
    }

    static byte[] deflated(byte[] data) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
            out.write(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    /** Return an EXIF block with an entry before that of the orientation. */
    static byte[] exif(ByteOrder order, int orientation) {
        ByteBuffer block = ByteBuffer.allocate(40).order(order);
        block.put((order == ByteOrder.BIG_ENDIAN ? "MM" : "II").getBytes(StandardCharsets.US_ASCII));
        block.putShort((short) 42).putInt(8).putShort((short) 2);
        block.putShort((short) 0x0100).putShort((short) 4).putInt(1).putInt(28);
        block.putShort((short) ORIENTATION).putShort((short) 3).putInt(1).putShort((short) orientation);
        return block.array();
    }

    /** Return a JPEG file with a segment more, at its beginning. */
    static byte[] withSegment(byte[] jpeg, int marker, byte[]... data) {
        byte[] all = join(data);
        return inserted(jpeg, 2, join(bytes(0xff, marker, (all.length + 2) >> 8, (all.length + 2) & 0xff), all));
    }

    static byte[] file(BufferedImage image, String format) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, format, file)) {
                throw new IllegalArgumentException(format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }

    static byte[] inserted(byte[] file, int at, byte[] more) {
        return join(Arrays.copyOf(file, at), more, Arrays.copyOfRange(file, at, file.length));
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
