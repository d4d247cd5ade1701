package dev.chainrule.builtin.digits;

import dev.chainrule.math.Draws;
import java.util.Arrays;

/** A canvas of {@value #SIDE} × {@value #SIDE} grey pixels for a trace, bright ink on black. */
final class Canvas {
    static final int SIDE = 28;
    static final int PIXELS = SIDE * SIDE;

    private static final int WHITE = 255;
    /** The deviation of a sum of two random bytes, √(2·(256² − 1)/12). */
    private static final double TWO_BYTES = 104.51;

    private final double[] ink = new double[PIXELS];
    private final double[] row = new double[PIXELS];

    void clear() {
        Arrays.fill(ink, 0);
    }

    /** Draw all lines of a trace; its coordinates are pixels, (0, 0) the top left pixel's centre. */
    void draw(Trace trace) {
        for (int i = 1; i < trace.size; i++) {
            if (trace.drawn[i]) {
                draw(trace.x[i - 1], trace.y[i - 1], trace.radius[i - 1], trace.x[i], trace.y[i], trace.radius[i]);
            }
        }
    }

    /**
     * Draw a straight piece whose radius changes linearly. A pixel at distance d of the line's middle is covered
     * min(1, radius + ½ − d), if that is above 0, and takes the greatest cover of all pieces.
     */
    private void draw(double x0, double y0, double r0, double x1, double y1, double r1) {
        double dx = x1 - x0;
        double dy = y1 - y0;
        double squared = dx * dx + dy * dy;
        double inverse = squared == 0 ? 0 : 1 / squared;
        double reach = Math.max(r0, r1) + 0.5;
        int left = first(Math.min(x0, x1) - reach);
        int right = last(Math.max(x0, x1) + reach);
        int top = first(Math.min(y0, y1) - reach);
        int bottom = last(Math.max(y0, y1) + reach);
        for (int py = top; py <= bottom; py++) {
            for (int px = left; px <= right; px++) {
                double t = Math.max(0, Math.min(1, ((px - x0) * dx + (py - y0) * dy) * inverse));
                double offX = x0 + t * dx - px;
                double offY = y0 + t * dy - py;
                double distance = offX * offX + offY * offY;
                if (distance < reach * reach) {
                    double cover = r0 + t * (r1 - r0) + 0.5 - Math.sqrt(distance);
                    int pixel = py * SIDE + px;
                    ink[pixel] = Math.max(ink[pixel], Math.min(1, cover));
                }
            }
        }
    }

    private static int first(double edge) {
        return (int) Math.max(0, Math.ceil(edge));
    }

    private static int last(double edge) {
        return (int) Math.min(SIDE - 1, Math.floor(edge));
    }

    /** Blur along rows and columns: each pixel gives {@code share} of its ink to either neighbour. */
    void blur(double share) {
        blur(ink, row, share, SIDE, 1);
        blur(row, ink, share, 1, SIDE);
    }

    private static void blur(double[] from, double[] to, double share, int lineStride, int stride) {
        for (int line = 0; line < SIDE; line++) {
            double before = 0;
            for (int i = 0; i < SIDE; i++) {
                int pixel = line * lineStride + i * stride;
                double here = from[pixel];
                double after = i + 1 < SIDE ? from[pixel + stride] : 0;
                to[pixel] = (1 - 2 * share) * here + share * (before + after);
                before = here;
            }
        }
    }

    /**
     * Write the pixels as bytes, brightened by {@code gain}, with noise of a deviation given as a share of white: a
     * random word's four bytes are used for two pixels, each taking the sum of two.
     */
    void develop(double gain, double noise, Draws draws, byte[] target, int offset) {
        double grain = noise * WHITE / TWO_BYTES;
        for (int pixel = 0; pixel < PIXELS; pixel += 2) {
            int bits = draws.bits();
            int first = (bits & 0xff) + (bits >>> 8 & 0xff) - WHITE;
            int second = (bits >>> 16 & 0xff) + (bits >>> 24) - WHITE;
            target[offset + pixel] = grey(gain * WHITE * ink[pixel] + grain * first);
            target[offset + pixel + 1] = grey(gain * WHITE * ink[pixel + 1] + grain * second);
        }
    }

    private static byte grey(double light) {
        return (byte) Math.max(0, Math.min(WHITE, (int) (light + 0.5)));
    }
}
