package dev.chainrule.model.picture;

import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Matrix;

/** The picture of one example, grey or in colours. */
public final class ExamplePicture {
    private static final int CHANNELS_OF_COLOURS = 3;
    private static final double WHITE = 255;

    private ExamplePicture() {}

    /**
     * Return the PNG file of a picture: in colours if it has three channels, else its first channel in grey.
     *
     * @param x [1, height · width · channels], from 0 to 255, or to 1 if nothing is above it. Not modified.
     * @param shape [height, width, channels]
     */
    public static byte[] png(Matrix x, Shape shape) {
        int height = shape.dimensions().get(0);
        int width = shape.dimensions().get(1);
        int channels = shape.dimensions().get(2);
        boolean coloured = channels == CHANNELS_OF_COLOURS;
        int shown = coloured ? channels : 1;
        double factor = x.get(0, x.columnOfGreatest(0)) > 1 ? 1 : WHITE;
        byte[] pixels = new byte[height * width * shown];
        for (int i = 0; i < pixels.length; i++) {
            double value = x.get(0, i / shown * channels + i % shown);
            pixels[i] = (byte) (int) Math.max(0, Math.min(WHITE, Math.rint(value * factor)));
        }
        return Png.of(width, height, coloured, pixels);
    }
}
