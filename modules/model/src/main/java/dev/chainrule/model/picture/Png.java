package dev.chainrule.model.picture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Pictures as PNG files: 8 bits per pixel and channel, grey or in colours. */
public final class Png {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int DEPTH = 8;
    private static final int GREY = 0;
    private static final int COLOURS = 2;
    private static final int HEADER = 13;

    private Png() {}

    /**
     * Return the file of a picture.
     *
     * @param pixels row by row, a byte for each pixel if it is grey, else red, green and blue
     */
    public static byte[] of(int width, int height, boolean coloured, byte[] pixels) {
        int row = coloured ? 3 * width : width;
        byte[] rows = new byte[height * (row + 1)]; // each begins with a 0: no filter
        for (int y = 0; y < height; y++) {
            System.arraycopy(pixels, y * row, rows, y * (row + 1) + 1, row);
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(SIGNATURE);
        chunk(
                file,
                "IHDR",
                ByteBuffer.allocate(HEADER)
                        .putInt(width)
                        .putInt(height)
                        .put((byte) DEPTH)
                        .put((byte) (coloured ? COLOURS : GREY))
                        .array());
        chunk(file, "IDAT", deflate(rows));
        chunk(file, "IEND", new byte[0]);
        return file.toByteArray();
    }

    private static byte[] deflate(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        deflater.setInput(bytes);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[4096];
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream file, String type, byte[] content) {
        CRC32 checksum = new CRC32();
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        checksum.update(name);
        checksum.update(content);
        file.writeBytes(
                ByteBuffer.allocate(Integer.BYTES).putInt(content.length).array());
        file.writeBytes(name);
        file.writeBytes(content);
        file.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                .putInt((int) checksum.getValue())
                .array());
    }
}
