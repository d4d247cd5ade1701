package dev.chainrule.builtin.data.picture;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * The rows of a decoded picture as colours 0xAARRGGBB. Samples of grey and sRGB are taken as they are stored, so that no colour
 * management of the platform has a part in them; palettes and packed pixels are looked up by their colour model. Only colours in
 * the space of an ICC profile are converted by Java.
 */
final class PixelRows {
    private static final int OPAQUE = 255;
    private static final int BANDS_OF_COLOUR = 3;
    private static final int DEEPEST = 16;
    /** The factor that turns a level into that level as 0xRRGGBB. */
    private static final int GREY = 0x010101;

    private final BufferedImage image;
    private final Raster raster;
    private final ColorModel model;
    private final boolean stored;
    private final boolean grey;
    private final int bands;
    private int[] samples = {};

    private PixelRows(BufferedImage image) {
        this.image = image;
        this.raster = image.getRaster();
        this.model = image.getColorModel();
        this.grey = model.getNumColorComponents() == 1 && !(model instanceof IndexColorModel);
        boolean standard = model instanceof ComponentColorModel
                && model.getColorSpace().getType() == ColorSpace.TYPE_RGB
                && model.getColorSpace().isCS_sRGB()
                && model.getNumColorComponents() == BANDS_OF_COLOUR;
        this.stored = (grey || standard) && model.getComponentSize(0) <= DEEPEST && !model.isAlphaPremultiplied();
        this.bands = raster.getNumBands();
    }

    static PixelRows of(BufferedImage image) {
        return new PixelRows(image);
    }

    /** Return whether pixels have a level, not a colour. */
    boolean isGrey() {
        return grey;
    }

    /**
     * Read a row.
     *
     * @param into [width]. Modified.
     */
    void read(int y, int[] into) {
        if (!stored) {
            image.getRGB(0, y, into.length, 1, into, 0, into.length);
            return;
        }
        if (samples.length == 0) {
            samples = new int[into.length * bands];
        }
        raster.getPixels(0, y, into.length, 1, samples);
        int colours = model.getNumColorComponents();
        for (int x = 0; x < into.length; x++) {
            int first = x * bands;
            int alpha = model.hasAlpha() ? level(first, colours) : OPAQUE;
            int rgb = grey
                    ? GREY * level(first, 0)
                    : level(first, 0) << 16 | level(first, 1) << Byte.SIZE | level(first, 2);
            into[x] = alpha << 24 | rgb;
        }
    }

    /** Scale a sample of any depth to 0 … 255. */
    private int level(int first, int band) {
        int largest = (1 << model.getComponentSize(band)) - 1;
        return largest == OPAQUE ? samples[first + band] : (samples[first + band] * OPAQUE + largest / 2) / largest;
    }
}
