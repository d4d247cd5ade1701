package dev.chainrule.builtin.data.picture;

import dev.chainrule.api.error.InputException;
import dev.chainrule.table.DataFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A picture file, decoded to bytes, grey or colour, as a viewer would show it on white paper.
 *
 * <p>PNG, GIF, BMP and TIFF give the same bytes on every JDK, except for colours with an ICC profile, which may differ by 1;
 * JPEG, also within TIFF, may differ by 1 too, since the standard leaves the rounding of its cosine transform to decoders.
 */
final class Picture {
    private static final int LARGEST_FILE = 1 << 28;
    private static final long LARGEST_PICTURE = 1 << 26;
    private static final int WHITE = 255;
    private static final int RGB = 0xffffff;

    private final Path path;
    private final byte[] file;
    private final PictureFacts facts;
    private final int width;
    private final int height;
    private final List<String> warnings = new ArrayList<>();
    private boolean damaged;
    private boolean coloured;

    private Picture(Path path, byte[] file) throws IOException {
        this.path = path;
        this.file = file;
        this.facts = PictureFacts.of(PictureFormat.of(file), file);
        int[] size = decode(reader -> new int[] {reader.getWidth(0), reader.getHeight(0)});
        this.width = size[0];
        this.height = size[1];
        if ((long) width * height > LARGEST_PICTURE) {
            throw new InputException(
                    "the picture claims " + width + " x " + height + " pixels",
                    "At most " + LARGEST_PICTURE + " are supported.");
        }
        if (!facts.warning().isEmpty()) {
            warnings.add(path.getFileName() + ": " + facts.warning());
        }
    }

    /**
     * Read a picture's size and its metadata.
     *
     * @throws InputException if the file is missing or not a picture, or has metadata that cannot be respected
     */
    static Picture open(Path path) {
        return of(path, bytes(path));
    }

    /** Return the contents of a picture's file. */
    static byte[] bytes(Path path) {
        return DataFile.bytes(path, LARGEST_FILE);
    }

    /**
     * Read a picture's size and its metadata.
     *
     * @param file its contents. Not copied.
     * @throws InputException as {@link #open}
     */
    static Picture of(Path path, byte[] file) {
        try {
            return new Picture(path, file);
        } catch (InputException e) {
            throw e.inFile(path.toString());
        } catch (IOException | RuntimeException e) {
            throw broken().inFile(path.toString());
        }
    }

    /** Return the width, after the picture was turned by its orientation. */
    int width() {
        return facts.orientation().isOnItsSide() ? height : width;
    }

    /** Return the height, after the picture was turned by its orientation. */
    int height() {
        return facts.orientation().isOnItsSide() ? width : height;
    }

    /** Return the file. */
    Path path() {
        return path;
    }

    /** Return whether some pixel is not grey; known once the pixels were decoded. */
    boolean isColoured() {
        return coloured;
    }

    /** Return warnings on illegible metadata; complete once the pixels were decoded. */
    List<String> warnings() {
        return warnings;
    }

    /**
     * Decode the pixels: [height, width, channels], the channels R, G and B in sRGB, or their luminance Y = (299·R + 587·G +
     * 114·B + 500) / 1000 (ITU-R BT.601) in integers; grey as stored, since Java's own conversion would change its gamma;
     * transparent parts show white paper.
     *
     * @param channels 1 or 3
     * @param invert whether to return 255 − v of each level v
     */
    byte[] pixels(int channels, boolean invert) {
        try {
            byte[] pixels = shown(decode(reader -> reader.read(0)), channels);
            if (invert) {
                for (int i = 0; i < pixels.length; i++) {
                    pixels[i] = (byte) (WHITE - (pixels[i] & 0xff));
                }
            }
            return facts.orientation().upright(pixels, width, height, channels);
        } catch (InputException e) {
            throw e.inFile(path.toString());
        } catch (IOException | RuntimeException e) {
            throw broken().inFile(path.toString());
        } catch (OutOfMemoryError e) {
            throw DataFile.tooLarge().inFile(path.toString());
        }
    }

    private byte[] shown(BufferedImage image, int channels) {
        byte[] bytes = new byte[Math.multiplyExact(width * height, channels)];
        PixelRows rows = PixelRows.of(image);
        int[] row = new int[width];
        boolean transparent = false;
        int darkest = WHITE;
        for (int y = 0; y < height; y++) {
            rows.read(y, row);
            for (int x = 0; x < width; x++) {
                int alpha = isClear(rows.isGrey(), row[x] & 0xff) ? 0 : row[x] >>> 24;
                int rgb = facts.colours().applyAsInt(row[x] & RGB);
                transparent |= alpha < WHITE;
                coloured |= (rgb & 0xff) != (rgb >> 8 & 0xff) || (rgb & 0xff) != (rgb >> 16 & 0xff);
                for (int c = 0; c < channels; c++) {
                    int light = channels == 1 ? luminance(rgb) : rgb >> (2 - c) * Byte.SIZE & 0xff;
                    int shown = (light * alpha + WHITE * (WHITE - alpha) + WHITE / 2) / WHITE;
                    darkest = Math.min(darkest, shown);
                    bytes[(y * width + x) * channels + c] = (byte) shown;
                }
            }
        }
        if (transparent && darkest == WHITE) {
            throw new InputException(
                    "the picture is blank: its transparent parts are read as white paper, and all others are white",
                    "Save it without transparency, on its intended background.");
        }
        return bytes;
    }

    private boolean isClear(boolean grey, int level) {
        return grey && facts.clear().isPresent() && facts.clear().getAsInt() == level;
    }

    private static int luminance(int rgb) {
        return (299 * (rgb >> 16 & 0xff) + 587 * (rgb >> 8 & 0xff) + 114 * (rgb & 0xff) + 500) / 1000;
    }

    /** A function that reads from a decoder. */
    @FunctionalInterface
    private interface Decoding<T> {
        T read(ImageReader reader) throws IOException;
    }

    private <T> T decode(Decoding<T> decoding) throws IOException {
        // From memory: ImageIO's own streams would write a temporary file.
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (readers.hasNext()) {
                ImageReader reader = readers.next();
                try {
                    reader.addIIOReadWarningListener((source, warning) -> remark(warning));
                    reader.setInput(in, true, true);
                    T read = decoding.read(reader);
                    if (damaged) {
                        throw broken();
                    }
                    return read;
                } finally {
                    reader.dispose();
                }
            }
        }
        throw new IOException("no decoder");
    }

    /**
     * Record a decoder's warning: those on profiles leave the pixels right, all others concern truncated or damaged
     * JPEG data.
     */
    private void remark(String remark) {
        damaged |= !remark.contains("profile");
        String named = path.getFileName() + ": " + remark;
        if (!warnings.contains(named)) {
            warnings.add(named);
        }
    }

    private static InputException broken() {
        return new InputException(
                "the picture cannot be decoded", "The file is damaged or truncated: copy or save it again.");
    }
}
