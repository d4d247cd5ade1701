package dev.chainrule.builtin.data.picture;

import dev.chainrule.api.error.InputException;
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
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A picture file, decoded to grey bytes as a viewer would show it on white paper.
 *
 * <p>PNG, GIF and BMP give the same bytes on every JDK, except for colours with an ICC profile, which may differ by 1;
 * JPEG may differ by 1 too, since the standard leaves the rounding of its cosine transform to decoders.
 */
final class Picture {
    private static final int LARGEST_FILE = 1 << 28;
    private static final long LARGEST_PICTURE = 1 << 26;
    private static final int WHITE = 255;
    private static final int RGB = 0xffffff;
    /** The factor that turns a level into that level as 0xRRGGBB. */
    private static final int GREY = 0x010101;

    private final Path path;
    private final byte[] file;
    private final PictureFacts facts;
    private final int width;
    private final int height;
    private final List<String> warnings = new ArrayList<>();
    private boolean damaged;

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
        byte[] file = DataFile.bytes(path, LARGEST_FILE);
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

    /** Return warnings on illegible metadata; complete once the pixels were decoded. */
    List<String> warnings() {
        return warnings;
    }

    /**
     * Decode the pixels: Y = (299·R + 587·G + 114·B + 500) / 1000 (ITU-R BT.601) in integers, of R, G and B in sRGB;
     * grey as stored, since Java's own conversion would change its gamma; transparent parts show white paper.
     *
     * @param invert whether to return 255 − Y
     */
    byte[] luminance(boolean invert) {
        try {
            byte[] grey = grey(decode(reader -> reader.read(0)));
            if (invert) {
                for (int i = 0; i < grey.length; i++) {
                    grey[i] = (byte) (WHITE - (grey[i] & 0xff));
                }
            }
            return facts.orientation().upright(grey, width, height);
        } catch (InputException e) {
            throw e.inFile(path.toString());
        } catch (IOException | RuntimeException e) {
            throw broken().inFile(path.toString());
        } catch (OutOfMemoryError e) {
            throw DataFile.tooLarge().inFile(path.toString());
        }
    }

    private byte[] grey(BufferedImage image) {
        byte[] bytes = new byte[width * height];
        ColorModel model = image.getColorModel();
        boolean stored = model.getNumColorComponents() == 1 && !(model instanceof IndexColorModel);
        Raster raster = image.getRaster();
        long largest = (1L << model.getComponentSize(0)) - 1;
        boolean transparent = false;
        int darkest = WHITE;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int rgb = image.getRGB(x, y);
                int level = stored ? level(raster.getSample(x, y, 0), largest) : -1;
                int alpha = isClear(level) ? 0 : rgb >>> 24;
                int light = luminance(facts.colours().applyAsInt(stored ? level * GREY : rgb & RGB));
                int shown = (light * alpha + WHITE * (WHITE - alpha) + WHITE / 2) / WHITE;
                transparent |= alpha < WHITE;
                darkest = Math.min(darkest, shown);
                bytes[y * width + x] = (byte) shown;
            }
        }
        if (transparent && darkest == WHITE) {
            throw new InputException(
                    "the picture is blank: its transparent parts are read as white paper, and all others are white",
                    "Save it without transparency, on its intended background.");
        }
        return bytes;
    }

    private boolean isClear(int level) {
        return facts.clear().isPresent() && facts.clear().getAsInt() == level;
    }

    private static int luminance(int rgb) {
        return (299 * (rgb >> 16 & 0xff) + 587 * (rgb >> 8 & 0xff) + 114 * (rgb & 0xff) + 500) / 1000;
    }

    /** Scale a sample of any depth to 0 … 255. */
    private static int level(int sample, long largest) {
        return (int) ((sample * (long) WHITE + largest / 2) / largest);
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
