package dev.chainrule.math.kernel;

import dev.chainrule.math.Patches;
import dev.chainrule.math.Window;

/**
 * The places of patches' numbers in images with margins wide enough for the window, as tables: a number of a patch is where the patch
 * begins, plus its distance from there, which is the same for all patches.
 */
public final class PatchPlaces {
    private int[] positions = new int[0];
    private int[] elements = new int[0];
    private int image;
    private int line;
    private int pixel;

    /** Create empty tables. */
    public PatchPlaces() {}

    /**
     * Compute the tables.
     *
     * @param images the number of images, one after another, whose patches are listed
     * @param margins whether images have margins; otherwise the window must not leave them
     * @param pixel the distance between neighbouring pixels
     */
    public void compute(Patches patches, int images, boolean margins, int pixel) {
        Window vertical = patches.vertical();
        Window horizontal = patches.horizontal();
        this.pixel = pixel;
        this.line = (margins ? horizontal.extent() : horizontal.length()) * pixel;
        this.image = (margins ? vertical.extent() : vertical.length()) * line;
        int count = patches.positions();
        if (positions.length < images * count) {
            positions = new int[images * count];
        }
        for (int p = 0; p < images * count; p++) {
            int row = p % count / horizontal.positions();
            int column = p % horizontal.positions();
            positions[p] = p / count * image + row * vertical.stride() * line + column * horizontal.stride() * pixel;
        }
        if (elements.length < patches.size()) {
            elements = new int[patches.size()];
        }
        int next = 0;
        for (int a = 0; a < vertical.size(); a++) {
            for (int b = 0; b < horizontal.size(); b++) {
                int place = a * vertical.dilation() * line + b * horizontal.dilation() * pixel;
                for (int c = 0; c < patches.count(); c++) {
                    elements[next++] = place + c;
                }
            }
        }
    }

    /** Return whether the window leaves the images at some position. */
    public static boolean leaves(Patches patches) {
        return patches.vertical().extent() > patches.vertical().length()
                || patches.horizontal().extent() > patches.horizontal().length();
    }

    /** Return the first place of each patch, from that of the first image. */
    public int[] positions() {
        return positions;
    }

    /** Return the distance of each number of a patch from the first. */
    public int[] elements() {
        return elements;
    }

    /** Return the distance between images. */
    public int image() {
        return image;
    }

    /** Return the distance between lines of an image. */
    public int line() {
        return line;
    }

    /** Return the distance between pixels. */
    public int pixel() {
        return pixel;
    }
}
