package dev.chainrule.app.command.show;

import dev.chainrule.api.value.Shape;
import dev.chainrule.model.picture.Png;
import java.util.Arrays;
import java.util.List;

/**
 * Examples that are images, side by side in rows, on one picture. Small ones are enlarged. The least number of all examples is black
 * and the greatest white, so that every one is visible, whatever the transforms. Images of three channels are in colours; of any other
 * number of channels, each is a grey image, left to right, and so are the images of named inputs.
 */
final class ContactSheet {
    private static final int GAP = 4;
    private static final int LEAST_SIDE = 84;
    private static final int GROUND = 128;
    private static final double WHITE = 255;
    private static final int COLOURS = 3;

    private final List<Shape> parts;
    private final int factor;
    private final int width;
    private final int height;
    private final int columns;
    private final byte[] pixels;
    private final double least;
    private final double greatest;

    /**
     * Draw examples.
     *
     * @param parts the images of an example, one after the other
     * @param examples at least one
     */
    ContactSheet(List<Shape> parts, List<SeenExample> examples) {
        this.parts = parts;
        int tall = parts.stream().mapToInt(ContactSheet::height).max().orElseThrow();
        int wide = parts.stream().mapToInt(ContactSheet::tileWidth).sum();
        this.factor = Math.max(1, LEAST_SIDE / tall);
        this.columns = (int) Math.ceil(Math.sqrt(examples.size()));
        int rows = (examples.size() + columns - 1) / columns;
        int tileWidth = wide * factor + GAP;
        int tileHeight = tall * factor + GAP;
        this.width = columns * tileWidth + GAP;
        this.height = rows * tileHeight + GAP;
        this.pixels = new byte[width * height * COLOURS];
        Arrays.fill(pixels, (byte) GROUND);
        this.least = examples.stream()
                .flatMapToDouble(example -> Arrays.stream(example.inputs()))
                .min()
                .orElseThrow();
        this.greatest = examples.stream()
                .flatMapToDouble(example -> Arrays.stream(example.inputs()))
                .max()
                .orElseThrow();
        for (int i = 0; i < examples.size(); i++) {
            draw(examples.get(i), GAP + i % columns * tileWidth, GAP + i / columns * tileHeight);
        }
    }

    /** Return the number of examples in a full row. */
    int columns() {
        return columns;
    }

    /** Return the number that is black. */
    double least() {
        return least;
    }

    /** Return the number that is white. */
    double greatest() {
        return greatest;
    }

    byte[] png() {
        return Png.of(width, height, true, pixels);
    }

    private void draw(SeenExample example, int left, int top) {
        int from = 0;
        int x = left;
        for (Shape part : parts) {
            int channels = channels(part);
            for (int j = 0; j < part.size(); j++) {
                byte value = brightness(example.inputs()[from + j]);
                int channel = j % channels;
                int column = j / channels % width(part);
                int row = j / channels / width(part);
                boolean coloured = channels == COLOURS;
                int tile = coloured ? column : channel * width(part) + column;
                for (int colour = 0; colour < COLOURS; colour++) {
                    if (!coloured || colour == channel) {
                        fill(x + tile * factor, top + row * factor, colour, value);
                    }
                }
            }
            from += part.size();
            x += tileWidth(part) * factor;
        }
    }

    private void fill(int left, int top, int colour, byte value) {
        for (int y = top; y < top + factor; y++) {
            for (int x = left; x < left + factor; x++) {
                pixels[(y * width + x) * COLOURS + colour] = value;
            }
        }
    }

    private byte brightness(double number) {
        double span = greatest - least;
        return (byte) (int) (span == 0 ? 0 : Math.rint((number - least) / span * WHITE));
    }

    private static int height(Shape image) {
        return image.dimensions().get(0);
    }

    private static int width(Shape image) {
        return image.dimensions().get(1);
    }

    private static int channels(Shape image) {
        return image.dimensions().get(2);
    }

    private static int tileWidth(Shape image) {
        return channels(image) == COLOURS ? width(image) : width(image) * channels(image);
    }
}
