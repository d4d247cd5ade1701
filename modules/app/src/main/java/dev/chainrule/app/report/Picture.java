package dev.chainrule.app.report;

import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Matrix;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** A picture as PNG within a page: 8 bits per pixel and channel, grey or in colours. */
final class Picture {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int DEPTH = 8;
    private static final int GREY = 0;
    private static final int COLOURS = 2;
    private static final int CHANNELS_OF_COLOURS = 3;
    private static final double WHITE = 255;
    private static final int HEADER = 13;

    private Picture() {}

    /**
     * Return the address of a picture.
     *
     * @param x [1, height · width · channels], from 0 to 255, or to 1 if nothing is above it. Not modified.
     */
    static String address(Matrix x, Shape shape) {
        int height = shape.dimensions().get(0);
        int width = shape.dimensions().get(1);
        int channels = shape.dimensions().get(2);
        boolean coloured = channels == CHANNELS_OF_COLOURS;
        double factor = x.get(0, x.columnOfGreatest(0)) > 1 ? 1 : WHITE;
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        for (int row = 0; row < height; row++) {
            pixels.write(0); // no filter
            for (int column = 0; column < width; column++) {
                for (int channel = 0; channel < (coloured ? channels : 1); channel++) {
                    double value = x.get(0, (row * width + column) * channels + channel);
                    pixels.write((int) Math.max(0, Math.min(WHITE, Math.rint(value * factor))));
                }
            }
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
        chunk(file, "IDAT", deflate(pixels.toByteArray()));
        chunk(file, "IEND", new byte[0]);
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(file.toByteArray());
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
