package dev.chainrule.builtin.data.picture;

import dev.chainrule.api.error.InputException;

/**
 * A drawing on paper, such as a digit written with a pen, that is made as large and as centred as the digits of MNIST.
 *
 * <p>The paper's level is a plane a + b·x + c·y over the picture, so that a shadow does not matter: fitted by least squares to the
 * outermost sixteenth of the picture at each side, then to all pixels that differ from that plane by at most the threshold between
 * paper and ink [1]. Ink is the side, darker or brighter, on which the pixels beyond the threshold differ more in all. Its level is
 * the difference from the paper, 0 up to half the threshold, relative to the mean of those beyond it, and at most 255.
 *
 * <p>The drawing is the smallest part of the picture beyond whose sides there is at most a thousandth of the ink each. It is scaled
 * (see {@link Scaling}) to fit into 20/28 of the size, its brightest pixel made 255, and its centre of mass put in the middle, as
 * far as it stays within the size [2].
 *
 * <p>[1] N. Otsu, "A threshold selection method from gray-level histograms", IEEE Transactions on Systems, Man, and Cybernetics 9
 * (1979), 62–66. [2] Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits", section on the files' formats: 20 ×
 * 20 pixels, centred by mass in 28 × 28.
 */
final class Drawing {
    private static final int LEVELS = 256;
    private static final int WHITE = 255;
    private static final int FRAME = 16;
    private static final int LARGEST_SIDE = 512;
    private static final int LEAST_CONTRAST = 24;
    private static final double OUTLIERS = 0.001;
    private static final double SHARE = 20.0 / 28;

    private final String size;
    /** The length of a pixel in which the drawing is looked for, in pixels of the picture. */
    private final double scale;

    private final int height;
    private final int width;
    private final byte[] ink;
    private boolean darker;
    private final Scaling.Part part;

    /**
     * Find the drawing in a picture.
     *
     * @param picture [height, width, 1]. Not modified.
     * @throws InputException if nothing differs clearly from the paper
     */
    Drawing(byte[] picture, int height, int width) {
        int longest = Math.max(height, width);
        int[] sides = longest <= LARGEST_SIDE
                ? new int[] {height, width}
                : Fit.contained(height, width, LARGEST_SIDE, LARGEST_SIDE);
        this.size = width + " x " + height;
        this.scale = (double) longest / Math.max(sides[0], sides[1]);
        this.height = sides[0];
        this.width = sides[1];
        byte[] grey = Fit.STRETCH.apply(picture, height, width, 1, sides[0], sides[1]);
        this.ink = ink(grey);
        this.part = part();
    }

    private byte[] ink(byte[] grey) {
        int frame = Math.max(1, Math.min(height, width) / FRAME);
        double[] differences =
                differences(grey, (i, y, x) -> y < frame || y >= height - frame || x < frame || x >= width - frame);
        int apart = threshold(differences);
        double[] first = differences;
        differences = differences(grey, (i, y, x) -> Math.abs(first[i]) <= apart);
        int threshold = threshold(differences);
        double sum = 0;
        double sizes = 0;
        int count = 0;
        for (double difference : differences) {
            if (Math.abs(difference) > threshold) {
                sum += difference;
            }
        }
        darker = sum < 0;
        for (int i = 0; i < differences.length; i++) {
            differences[i] = Math.max(0, darker ? -differences[i] : differences[i]);
            if (differences[i] > threshold) {
                sizes += differences[i];
                count++;
            }
        }
        double contrast = count == 0 ? 0 : sizes / count;
        if (contrast < LEAST_CONTRAST) {
            throw new InputException(
                    "there is no drawing in the picture: nothing differs clearly from the paper",
                    "Use another fit, or a picture with more contrast.");
        }
        byte[] levels = new byte[differences.length];
        for (int i = 0; i < levels.length; i++) {
            double level = 2 * differences[i] <= threshold ? 0 : WHITE * differences[i] / contrast;
            levels[i] = (byte) (int) Math.min(WHITE, StrictMath.rint(level));
        }
        return levels;
    }

    /** A choice of pixels. */
    @FunctionalInterface
    private interface Paper {
        boolean contains(int i, int y, int x);
    }

    /** Return the difference of each pixel from the plane of the paper, which is fitted to those that surely are paper. */
    private double[] differences(byte[] grey, Paper paper) {
        // Centred coordinates: the equations stay well conditioned, and open for a picture of one row.
        double[][] equations = new double[3][4];
        double[] terms = new double[4];
        for (int i = 0; i < grey.length; i++) {
            int y = i / width;
            int x = i % width;
            if (paper.contains(i, y, x)) {
                terms[0] = 1;
                terms[1] = x - (width - 1) / 2.0;
                terms[2] = y - (height - 1) / 2.0;
                terms[3] = grey[i] & WHITE;
                for (int row = 0; row < equations.length; row++) {
                    for (int column = 0; column < terms.length; column++) {
                        equations[row][column] += terms[row] * terms[column];
                    }
                }
            }
        }
        double[] plane = solved(equations);
        double[] differences = new double[grey.length];
        for (int i = 0; i < grey.length; i++) {
            int x = i % width;
            int y = i / width;
            double across = plane[1] * (x - (width - 1) / 2.0);
            double down = plane[2] * (y - (height - 1) / 2.0);
            differences[i] = (grey[i] & WHITE) - (plane[0] + across + down);
        }
        return differences;
    }

    /** Solve three equations by Gauss-Jordan elimination; an unknown that they leave open, as in a picture of one row, is 0. */
    private static double[] solved(double[][] equations) {
        double[] solution = new double[equations.length];
        for (int k = 0; k < equations.length; k++) {
            if (equations[k][k] > 0) {
                for (int row = 0; row < equations.length; row++) {
                    double factor = equations[row][k] / equations[k][k];
                    for (int column = k; row != k && column < equations[row].length; column++) {
                        equations[row][column] -= factor * equations[k][column];
                    }
                }
            }
        }
        for (int k = 0; k < solution.length; k++) {
            solution[k] = equations[k][k] > 0 ? equations[k][equations.length] / equations[k][k] : 0;
        }
        return solution;
    }

    /** Return the threshold that divides sizes of differences, rounded down, so that the variance between both sides is largest. */
    private static int threshold(double[] differences) {
        long[] counts = new long[LEVELS];
        double all = 0;
        for (double difference : differences) {
            int level = Math.min(WHITE, (int) Math.abs(difference));
            counts[level]++;
            all += level;
        }
        int best = 0;
        double largest = -1;
        long below = 0;
        double sumBelow = 0;
        for (int level = 0; level < WHITE; level++) {
            below += counts[level];
            sumBelow += (double) level * counts[level];
            long above = differences.length - below;
            if (below > 0 && above > 0) {
                double apart = sumBelow / below - (all - sumBelow) / above;
                double between = (double) below * above * apart * apart;
                if (between > largest) {
                    largest = between;
                    best = level;
                }
            }
        }
        return best + 1;
    }

    private Scaling.Part part() {
        double[] rows = new double[height];
        double[] columns = new double[width];
        for (int i = 0; i < ink.length; i++) {
            rows[i / width] += ink[i] & WHITE;
            columns[i % width] += ink[i] & WHITE;
        }
        int[] down = range(rows);
        int[] across = range(columns);
        return new Scaling.Part(down[0], across[0], down[1] - down[0], across[1] - across[0]);
    }

    /** Return the shortest range beyond whose begin and end there is at most a thousandth of all each. */
    private static int[] range(double[] sums) {
        double all = 0;
        for (double sum : sums) {
            all += sum;
        }
        int begin = 0;
        for (double before = sums[0]; before <= OUTLIERS * all; before += sums[begin]) {
            begin++;
        }
        int end = sums.length;
        for (double after = sums[end - 1]; after <= OUTLIERS * all; after += sums[end - 1]) {
            end--;
        }
        return new int[] {begin, end};
    }

    /** Return the drawing, bright on black, [toHeight, toWidth, 1]. */
    byte[] centred(int toHeight, int toWidth) {
        int[] inner = inner(toHeight, toWidth);
        byte[] scaled = Scaling.scale(ink, height, width, 1, part, inner[0], inner[1]);
        double brightest = 0;
        double mass = 0;
        double down = 0;
        double across = 0;
        for (int i = 0; i < scaled.length; i++) {
            int level = scaled[i] & WHITE;
            int x = i % inner[1];
            int y = i / inner[1];
            brightest = Math.max(brightest, level);
            mass += level;
            down += (y + 0.5) * level;
            across += (x + 0.5) * level;
        }
        int top = place(toHeight, inner[0], down / mass);
        int left = place(toWidth, inner[1], across / mass);
        byte[] centred = new byte[toHeight * toWidth];
        for (int i = 0; i < scaled.length; i++) {
            centred[(top + i / inner[1]) * toWidth + left + i % inner[1]] =
                    (byte) (int) StrictMath.rint(WHITE * (scaled[i] & WHITE) / brightest);
        }
        return centred;
    }

    private int[] inner(int toHeight, int toWidth) {
        int most = Math.max(1, (int) StrictMath.rint(SHARE * toHeight));
        int widest = Math.max(1, (int) StrictMath.rint(SHARE * toWidth));
        return Fit.contained((int) part.height(), (int) part.width(), most, widest);
    }

    /** Return the place at which the scaled drawing begins along an axis. */
    private static int place(int size, int inner, double centre) {
        return Math.max(0, Math.min(size - inner, (int) StrictMath.rint(size / 2.0 - centre)));
    }

    /** Return in words the change by {@link #centred}. */
    String words(int toHeight, int toWidth) {
        int[] inner = inner(toHeight, toWidth);
        return "the picture has " + size + " pixels: the drawing of " + pixels(part.width()) + " x "
                + pixels(part.height()) + ", " + (darker ? "darker" : "brighter") + " than its paper, was scaled to "
                + inner[1] + " x " + inner[0] + " and centred, bright on black, in " + toWidth + " x " + toHeight
                + " (fit: drawing)";
    }

    private int pixels(double length) {
        return (int) StrictMath.rint(scale * length);
    }
}
