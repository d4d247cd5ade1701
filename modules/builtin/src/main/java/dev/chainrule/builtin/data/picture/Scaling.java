package dev.chainrule.builtin.data.picture;

/**
 * The scaling of a picture, with one rule for all sizes. Along an axis, a part [b, b + s) of the picture becomes n pixels.
 * Pixel j has its centre at c = b + (j + ½)·t with t = s / n, and is the mean of the picture's pixels i, each with the weight
 * max(0, 1 − |i + ½ − c| / max(1, t)): of neighbours when a picture grows, of all that it covers when it shrinks.
 *
 * <p>Weights are computed in float64, divided by their sum (i ascending), and rounded to float32. Rows are scaled first, then
 * columns, in float32: each sum is Σ wᵢ·pᵢ, i ascending from +0, one multiplication and one addition for each. A level is that
 * sum + ½, truncated. If s = n and b = 0, that is the picture itself.
 */
final class Scaling {
    private static final int LARGEST = 255;

    private final int size;
    private final int[] firsts;
    private final float[][] weights;

    /** Compute the weights of one axis: n pixels of the part [begin, begin + length) of {@code size} pixels. */
    private Scaling(int size, double begin, double length, int n) {
        this.size = size;
        this.firsts = new int[n];
        this.weights = new float[n][];
        double step = length / n;
        double radius = Math.max(1, step);
        for (int j = 0; j < n; j++) {
            double centre = begin + (j + 0.5) * step;
            int first = Math.max(0, (int) Math.floor(centre - radius));
            int end = Math.min(size, (int) Math.ceil(centre + radius));
            double[] exact = new double[end - first];
            double sum = 0;
            for (int i = first; i < end; i++) {
                exact[i - first] = Math.max(0, 1 - Math.abs(i + 0.5 - centre) / radius);
                sum += exact[i - first];
            }
            firsts[j] = first;
            weights[j] = new float[exact.length];
            for (int i = 0; i < exact.length; i++) {
                weights[j][i] = (float) (exact[i] / sum);
            }
        }
    }

    /**
     * Return a part of a picture, scaled.
     *
     * @param pixels [height, width, channels]. Not modified.
     * @param part of the picture
     * @param toHeight the height of the result
     * @param toWidth the width of the result
     */
    static byte[] scale(byte[] pixels, int height, int width, int channels, Part part, int toHeight, int toWidth) {
        if (part.isWhole(height, width) && height == toHeight && width == toWidth) {
            return pixels;
        }
        Scaling across = new Scaling(width, part.left(), part.width(), toWidth);
        Scaling down = new Scaling(height, part.top(), part.height(), toHeight);
        int firstRow = down.firsts[0];
        int endRow = down.firsts[toHeight - 1] + down.weights[toHeight - 1].length;
        float[] rows = new float[(endRow - firstRow) * toWidth * channels];
        for (int y = firstRow; y < endRow; y++) {
            across.row(pixels, y, channels, rows, (y - firstRow) * toWidth * channels);
        }
        byte[] scaled = new byte[toHeight * toWidth * channels];
        int stride = toWidth * channels;
        for (int y = 0; y < toHeight; y++) {
            float[] weight = down.weights[y];
            int from = (down.firsts[y] - firstRow) * stride;
            for (int x = 0; x < stride; x++) {
                float sum = 0;
                for (int i = 0; i < weight.length; i++) {
                    sum += weight[i] * rows[from + i * stride + x];
                }
                scaled[y * stride + x] = (byte) Math.min(LARGEST, (int) (sum + 0.5f));
            }
        }
        return scaled;
    }

    private void row(byte[] pixels, int y, int channels, float[] into, int at) {
        int to = at;
        for (int j = 0; j < firsts.length; j++) {
            float[] weight = weights[j];
            int from = (y * size + firsts[j]) * channels;
            for (int c = 0; c < channels; c++) {
                float sum = 0;
                for (int i = 0; i < weight.length; i++) {
                    sum += weight[i] * (pixels[from + i * channels + c] & LARGEST);
                }
                into[to++] = sum;
            }
        }
    }

    /** A part of a picture; its edges may be within pixels. */
    record Part(double top, double left, double height, double width) {
        boolean isWhole(int pictureHeight, int pictureWidth) {
            return top == 0 && left == 0 && height == pictureHeight && width == pictureWidth;
        }
    }
}
