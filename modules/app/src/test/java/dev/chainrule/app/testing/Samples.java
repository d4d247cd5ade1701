package dev.chainrule.app.testing;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;

/** Small configs and data that tests train on in milliseconds. */
public final class Samples {
    /** The exclusive or, learned from rows in the config. */
    public static final String GATES = """
            name: gates
            seed: 3
            data:
              train: { type: inline, rows: [[0, 0], [0, 1], [1, 0], [1, 1]], targets: [[0], [1], [1], [0]] }
              batch_size: 2
            model:
              - { type: dense, units: 8, activation: tanh }
              - { type: dense, units: 1, activation: sigmoid }
            loss: binary_cross_entropy
            optimizer: { type: sgd, learning_rate: 0.5 }
            training: { epochs: 3 }
            """;

    /** Classes learned from a table with names in a column, its cells between semicolons. */
    public static final String PLANTS = """
            name: plants
            data:
              train: { type: csv, file: plants.csv, delimiter: ';', target: kind }
              test: { fraction: 0.25 }
              validation: { count: 4 }
              transforms: [ standardize ]
              batch_size: 4
            model:
              - { type: dense, units: 2, activation: softmax }
            loss: cross_entropy
            optimizer: { type: adam, learning_rate: 0.1 }
            training: { epochs: 40 }
            """;

    /** Two kinds, told apart by height; the site tells nothing. */
    public static final String PLANTS_TABLE = """
            height;site;kind
            1.0;bog;moss
            1.5;rock;moss
            2.0;bog;moss
            1.2;rock;moss
            1.7;bog;moss
            1.1;rock;moss
            1.4;bog;moss
            1.9;rock;moss
            40;bog;fern
            55;rock;fern
            60;bog;fern
            48;rock;fern
            52;bog;fern
            44;rock;fern
            58;bog;fern
            50;rock;fern
            """;

    /** A number learned from those of a table. */
    public static final String LINE = """
            seed: 3
            data:
              train: { type: csv, file: t.csv, target: y }
              test: { fraction: 0.2 }
              transforms: [ standardize ]
              batch_size: 16
            model:
              - { type: dense, units: 16, activation: relu, weights: he_normal }
              - { type: dense, units: 1 }
            loss: quadratic
            optimizer: { type: adam, learning_rate: { type: cosine, from: 0.02 } }
            training: { epochs: 30 }
            hooks: []
            """;

    /** Grey images of three by three pixels: the left column is bright in class 0, the right one in class 1. */
    public static final String IMAGES = """
            name: images
            data:
              train: { type: idx, images: images.gz, labels: labels.gz, classes: [left, right] }
              transforms: [ { type: scale, by: 1/255 } ]
              batch_size: 4
            model:
              - flatten
              - { type: dense, units: 2, activation: softmax }
            loss: cross_entropy
            optimizer: { type: adam, learning_rate: 0.1 }
            training: { epochs: 30 }
            """;

    private static final int SIDE = 3;
    private static final int IMAGE_COUNT = 8;

    private Samples() {}

    /** Write all configs and their data. */
    public static void write(Shell shell) {
        shell.file("gates.yaml", GATES)
                .file("plants.yaml", PLANTS)
                .file("plants.csv", PLANTS_TABLE)
                .file("images.yaml", IMAGES)
                .file("images.gz", gzip(images()))
                .file("labels.gz", gzip(labels(0, 1, 0, 1, 0, 1, 0, 1)));
    }

    /** Return {@link #IMAGES}' file, unpacked. */
    public static byte[] images() {
        byte[] pixels = new byte[IMAGE_COUNT * SIDE * SIDE];
        for (int i = 0; i < IMAGE_COUNT; i++) {
            for (int row = 0; row < SIDE; row++) {
                pixels[(i * SIDE + row) * SIDE + (i % 2 == 0 ? 0 : SIDE - 1)] = (byte) (200 + i);
            }
        }
        return idx(pixels, IMAGE_COUNT, SIDE, SIDE);
    }

    /** Return an IDX file of class numbers. */
    public static byte[] labels(int... labels) {
        byte[] bytes = new byte[labels.length];
        for (int i = 0; i < labels.length; i++) {
            bytes[i] = (byte) labels[i];
        }
        return idx(bytes, labels.length);
    }

    /** Return an IDX file of unsigned bytes: two zero bytes, type 8, the number of dimensions, the dimensions, the bytes. */
    public static byte[] idx(byte[] data, int... dimensions) {
        ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * dimensions.length + data.length);
        bytes.put(new byte[] {0, 0, 8, (byte) dimensions.length});
        for (int dimension : dimensions) {
            bytes.putInt(dimension);
        }
        return bytes.put(data).array();
    }

    public static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Return a PNG picture in which one column is bright. */
    public static byte[] png(int width, int height, int brightColumn) {
        return picture("png", width, height, brightColumn);
    }

    /** Return a picture in which one column is bright. */
    public static byte[] picture(String format, int width, int height, int brightColumn) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < height; y++) {
            image.getRaster().setSample(brightColumn, y, 0, 220);
        }
        return file(format, image);
    }

    /** Return a PNG picture in which the upper row is bright. */
    public static byte[] brightRow(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int x = 0; x < width; x++) {
            image.getRaster().setSample(x, 0, 0, 220);
        }
        return file("png", image);
    }

    /** Return a PNG picture with an EXIF block that gives its orientation. */
    public static byte[] oriented(byte[] png, int orientation) {
        ByteBuffer chunk = ByteBuffer.allocate(4 + 4 + 26 + 4).putInt(26);
        chunk.put("eXIfMM".getBytes(StandardCharsets.US_ASCII))
                .putShort((short) 42)
                .putInt(8);
        chunk.putShort((short) 1).putShort((short) 0x0112).putShort((short) 3).putInt(1);
        chunk.putShort((short) orientation).putShort((short) 0).putInt(0);
        CRC32 checksum = new CRC32();
        checksum.update(chunk.array(), 4, 4 + 26);
        chunk.putInt((int) checksum.getValue());
        int header = 8 + 4 + 4 + 13 + 4;
        return ByteBuffer.allocate(png.length + chunk.capacity())
                .put(png, 0, header)
                .put(chunk.array())
                .put(png, header, png.length - header)
                .array();
    }

    public static byte[] file(String format, BufferedImage image) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
