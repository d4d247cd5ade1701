package dev.chainrule.builtin.augmentation;

import dev.chainrule.api.data.Augmentation;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.error.InputException;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Matrix;

/**
 * A motion of the pixels of an image: out[y, x] = image[u, v], where (u, v) is a place between pixels, interpolated bilinearly.
 * With i = ⌊u⌋, j = ⌊v⌋, r = u − i and s = v − j, in float64 and in this order:
 *
 * <pre>
 * (1 − r)·((1 − s)·image[i, j] + s·image[i, j+1]) + r·((1 − s)·image[i+1, j] + s·image[i+1, j+1])
 * </pre>
 *
 * rounded once; pixels outside the image have the value {@code fill}, and a place on a pixel has its value. If pixels have classes,
 * they are those of the nearest pixel, [⌊u + ½⌋, ⌊v + ½⌋], and the first class outside.
 */
abstract class Motion implements Augmentation {
    private final Picture picture;
    private final boolean hasClasses;
    private final double fill;
    /** The place in the image of the pixel that {@link #find} was called for. */
    double u;

    double v;

    /**
     * Create a motion.
     *
     * @param augmentation the name of its kind, for messages
     * @throws InputException if examples are not images, or their targets cannot move
     */
    Motion(String augmentation, Encoding encoding, double fill) {
        this.picture = Picture.of(augmentation, encoding);
        this.hasClasses = picture.hasClasses(augmentation, encoding);
        this.fill = fill;
    }

    Picture picture() {
        return picture;
    }

    /** Draw the motion of an example. */
    abstract void draw(Draws draws);

    /** Find the place (u, v) of a pixel of the result. */
    abstract void find(int y, int x);

    @Override
    public final void input(Matrix x, int row, Matrix out, Draws draws) {
        draw(draws);
        for (int top = 0; top < picture.height(); top++) {
            for (int left = 0; left < picture.width(); left++) {
                find(top, left);
                int column = picture.column(top, left);
                for (int channel = 0; channel < picture.channels(); channel++) {
                    out.set(row, column + channel, interpolated(x, row, channel));
                }
            }
        }
    }

    @Override
    public final boolean changesTarget() {
        return hasClasses;
    }

    @Override
    public final void target(Matrix y, int row, Matrix out, Draws draws) {
        draw(draws);
        int columns = y.columns() / (picture.height() * picture.width());
        for (int top = 0; top < picture.height(); top++) {
            for (int left = 0; left < picture.width(); left++) {
                find(top, left);
                int i = (int) Math.floor(u + 0.5);
                int j = (int) Math.floor(v + 0.5);
                boolean inside = contains(i, j);
                for (int column = 0; column < columns; column++) {
                    // The first class is the number 0, or 1 in the first of several columns.
                    double outside = columns > 1 && column == 0 ? 1 : 0;
                    out.set(
                            row,
                            (top * picture.width() + left) * columns + column,
                            inside ? y.get(row, (i * picture.width() + j) * columns + column) : outside);
                }
            }
        }
    }

    private double interpolated(Matrix x, int row, int channel) {
        double below = Math.floor(u);
        double before = Math.floor(v);
        double r = u - below;
        double s = v - before;
        int i = (int) below;
        int j = (int) before;
        if (r == 0 && s == 0) {
            return pixel(x, row, i, j, channel);
        }
        return (1 - r) * ((1 - s) * pixel(x, row, i, j, channel) + s * pixel(x, row, i, j + 1, channel))
                + r * ((1 - s) * pixel(x, row, i + 1, j, channel) + s * pixel(x, row, i + 1, j + 1, channel));
    }

    private double pixel(Matrix x, int row, int i, int j, int channel) {
        return contains(i, j) ? x.get(row, picture.column(i, j) + channel) : fill;
    }

    private boolean contains(int i, int j) {
        return i >= 0 && i < picture.height() && j >= 0 && j < picture.width();
    }
}
