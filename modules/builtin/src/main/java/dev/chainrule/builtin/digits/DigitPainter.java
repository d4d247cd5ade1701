package dev.chainrule.builtin.digits;

import dev.chainrule.math.Draws;
import java.util.List;

/**
 * A painter of digits, each a pure function of its class and its draws.
 *
 * <p>One of the digit's glyphs is chosen and its points are moved. The pen's path is slanted, stretched, turned and
 * elastically distorted, scaled to a common size and centred by its mass as MNIST's digits are (Y. LeCun, C. Cortes, C.
 * Burges, "The MNIST Database"), drawn, blurred and made noisy. Every operation is exact or correctly rounded (+ − × ÷
 * √), so that the pixels are the same on every machine.
 *
 * <p>Not for use by two threads at once.
 */
final class DigitPainter {
    /** The side of the sheet on which glyphs are written. */
    private static final double SHEET = 100;

    // The variation of hands. Deviations of bell-shaped draws, unless a range is given; lengths on the sheet.
    private static final double JITTER = 3.0;
    private static final double ELASTIC = 9.0;
    private static final double SLANT_MEAN = 0.10;
    private static final double SLANT = 0.20;
    private static final double TURN = 0.05;
    private static final double WIDTH = 0.14;

    // The variation of pens and scans. Lengths in pixels.
    private static final double BOX = 20;
    private static final double BOX_DEVIATION = 0.8;
    private static final double SHIFT = 1.0;
    private static final double THINNEST = 0.75;
    private static final double THICKEST = 1.75;
    private static final double PRESSURE = 0.12;
    private static final double BLUR_MOST = 0.16;
    private static final double GAIN_LEAST = 0.85;
    private static final double GAIN_MOST = 1.15;
    private static final double NOISE_MOST = 0.06;

    private final Trace trace = new Trace();
    private final ElasticField field = new ElasticField();
    private final Canvas canvas = new Canvas();

    /** Paint a digit into the {@link Canvas#PIXELS} bytes from an offset. */
    void paint(int digit, Draws draws, byte[] target, int offset) {
        write(Glyphs.ALL.get(digit), draws);
        distort(draws);
        place(draws);
        canvas.clear();
        canvas.draw(trace);
        canvas.blur(between(0, BLUR_MOST, draws));
        double gain = between(GAIN_LEAST, GAIN_MOST, draws);
        canvas.develop(gain, between(0, NOISE_MOST, draws), draws, target, offset);
    }

    private void write(List<List<Stroke>> ways, Draws draws) {
        trace.clear();
        for (Stroke stroke : ways.get(draws.below(ways.size()))) {
            stroke.jitter(JITTER, draws).follow(trace);
        }
    }

    private void distort(Draws draws) {
        field.draw(ELASTIC, draws);
        field.displace(trace, SHEET);
        double width = 1 + WIDTH * Bell.draw(draws);
        double slant = SLANT_MEAN + SLANT * Bell.draw(draws);
        trace.transform(width, -slant, 0, 1);
        // The rational form of a rotation by 2·atan t: a true rotation without sine and cosine.
        double t = TURN * Bell.draw(draws);
        double cosine = (1 - t * t) / (1 + t * t);
        double sine = 2 * t / (1 + t * t);
        trace.transform(cosine, -sine, sine, cosine);
    }

    private void place(Draws draws) {
        double pen = between(THINNEST, THICKEST, draws);
        double box = BOX + BOX_DEVIATION * Bell.draw(draws);
        trace.fit(box - 2 * pen);
        double middle = (Canvas.SIDE - 1) / 2.0;
        trace.centre(middle + SHIFT * Bell.draw(draws), middle + SHIFT * Bell.draw(draws));
        press(pen, draws);
    }

    /** Vary the line's thickness from one end of the trace to the other. */
    private void press(double pen, Draws draws) {
        double start = pen * (1 + PRESSURE * Bell.draw(draws));
        double half = pen * (1 + PRESSURE * Bell.draw(draws));
        double end = pen * (1 + PRESSURE * Bell.draw(draws));
        for (int i = 0; i < trace.size; i++) {
            double t = (double) i / trace.size;
            trace.radius[i] = (1 - t) * (1 - t) * start + 2 * t * (1 - t) * half + t * t * end;
        }
    }

    private static double between(double least, double most, Draws draws) {
        return least + (most - least) * draws.uniform24();
    }
}
