package dev.chainrule.builtin.data;

import dev.chainrule.api.InputException;
import dev.chainrule.table.DataFile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Decode a PNG or JPEG file to grey bytes. */
final class Picture {
    private static final int LARGEST_FILE = 1 << 28;
    private static final long LARGEST_PICTURE = 1 << 26;
    private static final Set<String> FORMATS = Set.of("png", "jpeg");
    private static final int WHITE = 255;

    private final Path path;
    private final byte[] file;
    private final int width;
    private final int height;
    private final List<String> warnings = new ArrayList<>();

    private Picture(Path path, byte[] file) throws IOException {
        this.path = path;
        this.file = file;
        int[] size = decode(reader -> new int[] {reader.getWidth(0), reader.getHeight(0)});
        this.width = size[0];
        this.height = size[1];
        if ((long) width * height > LARGEST_PICTURE) {
            throw new InputException(
                    "the picture claims " + width + " x " + height + " pixels",
                    "At most " + LARGEST_PICTURE + " are read.");
        }
    }

    /**
     * Read a picture's size.
     *
     * @throws InputException if the file is missing or no picture
     */
    static Picture open(Path path) {
        byte[] file = DataFile.bytes(path, LARGEST_FILE);
        try {
            return new Picture(path, file);
        } catch (InputException e) {
            throw e.inFile(path.toString());
        } catch (IOException | RuntimeException e) {
            throw broken().inFile(path.toString());
        }
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** Return what the decoder complained of, after the pixels were read. */
    List<String> warnings() {
        return warnings;
    }

    /**
     * Decode the pixels: Y = (299·R + 587·G + 114·B + 500) / 1000 (ITU-R BT.601) in integers; grey as it is stored, since
     * Java's own conversion would change its gamma; what is transparent shows white paper.
     *
     * @param invert whether to return 255 − Y
     */
    byte[] luminance(boolean invert) {
        try {
            return grey(decode(reader -> reader.read(0)), invert);
        } catch (InputException e) {
            throw e.inFile(path.toString());
        } catch (IOException | RuntimeException e) {
            throw broken().inFile(path.toString());
        }
    }

    private static byte[] grey(BufferedImage image, boolean invert) {
        int width = image.getWidth();
        int height = image.getHeight();
        byte[] bytes = new byte[width * height];
        ColorModel model = image.getColorModel();
        boolean stored = model.getNumColorComponents() == 1 && !(model instanceof IndexColorModel);
        Raster raster = image.getRaster();
        long largest = (1L << model.getComponentSize(0)) - 1;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int rgb = image.getRGB(x, y);
                int alpha = rgb >>> 24;
                int light = stored ? level(raster.getSample(x, y, 0), largest) : luminance(rgb);
                int shown = (light * alpha + WHITE * (WHITE - alpha) + WHITE / 2) / WHITE;
                bytes[y * width + x] = (byte) (invert ? WHITE - shown : shown);
            }
        }
        return bytes;
    }

    private static int luminance(int rgb) {
        return (299 * (rgb >> 16 & 0xff) + 587 * (rgb >> 8 & 0xff) + 114 * (rgb & 0xff) + 500) / 1000;
    }

    /** Bring a sample of any depth to 0 … 255. */
    private static int level(int sample, long largest) {
        return (int) ((sample * (long) WHITE + largest / 2) / largest);
    }

    /** Read from a decoder. */
    @FunctionalInterface
    private interface Decoding<T> {
        T read(ImageReader reader) throws IOException;
    }

    private <T> T decode(Decoding<T> decoding) throws IOException {
        // From memory: ImageIO's own streams would write a temporary file.
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            while (readers.hasNext()) {
                ImageReader reader = readers.next();
                try {
                    if (FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
                        reader.addIIOReadWarningListener(
                                (source, warning) -> warnings.add(path.getFileName() + ": " + warning));
                        reader.setInput(in, true, true);
                        return decoding.read(reader);
                    }
                } finally {
                    reader.dispose();
                }
            }
        }
        throw new InputException("this is neither a PNG nor a JPEG picture", "Only these two formats are read.");
    }

    private static InputException broken() {
        return new InputException("the picture cannot be decoded", "The file is damaged: copy or save it again.");
    }
}
