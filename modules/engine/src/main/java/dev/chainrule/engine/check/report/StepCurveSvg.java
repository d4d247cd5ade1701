package dev.chainrule.engine.check.report;

import dev.chainrule.engine.check.CentralDifference;
import dev.chainrule.engine.check.StepCurve;
import java.util.List;
import java.util.Locale;

/** A picture of step curves: error against step, both on logarithmic scales. */
public final class StepCurveSvg {
    private static final int WIDTH = 960;
    private static final int LEFT = 72;
    private static final int TOP = 76;
    private static final int PLOT_WIDTH = 560;
    private static final int PLOT_HEIGHT = 420;
    private static final int LINE = 20;
    private static final int LARGEST_STEP = 0;
    private static final int SMALLEST_STEP = -11;
    private static final int LARGEST_ERROR = 0;
    private static final int SMALLEST_ERROR = -14;
    private static final String GRID = "stroke=\"#e2e2e2\"";
    private static final String QUIET = "fill=\"#666\" font-size=\"12\"";
    /** The colours of Okabe and Ito, which most eyes can distinguish; lines beyond their number are dashed. */
    private static final List<String> COLOURS =
            List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000");

    private final StringBuilder svg = new StringBuilder();

    private StepCurveSvg() {}

    /**
     * Return a picture.
     *
     * @param title above it
     */
    public static String of(List<StepCurve> curves, String title) {
        return new StepCurveSvg().draw(curves, title);
    }

    private String draw(List<StepCurve> curves, String title) {
        int height = Math.max(TOP + PLOT_HEIGHT + 60, TOP + (curves.size() + 1) * LINE + 20);
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" "
                        + "font-family=\"sans-serif\" font-size=\"13\">\n",
                WIDTH,
                height,
                WIDTH,
                height));
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        text(LEFT, 30, "start", title, "font-size=\"16\" font-weight=\"bold\"");
        axes();
        for (int i = 0; i < curves.size(); i++) {
            curve(curves.get(i), i);
        }
        return svg.append("</svg>\n").toString();
    }

    private void axes() {
        for (int power = SMALLEST_STEP; power <= LARGEST_STEP; power++) {
            line(x(power), TOP, x(power), TOP + PLOT_HEIGHT, GRID);
            element(x(power), TOP + PLOT_HEIGHT + 20, "middle", power(power), "");
        }
        for (int power = SMALLEST_ERROR; power <= LARGEST_ERROR; power += 2) {
            line(LEFT, y(power), LEFT + PLOT_WIDTH, y(power), GRID);
            element(LEFT - 10, y(power) + 4, "end", power(power), "");
        }
        text(LEFT + PLOT_WIDTH / 2.0, TOP + PLOT_HEIGHT + 44, "middle", "step h", "");
        text(LEFT, TOP - 14, "start", "relative error |D(h) \u2212 a| / (|D(h)| + |a|)", QUIET);
        double begun = x(StrictMath.log10(CentralDifference.STEP));
        line(begun, TOP, begun, TOP + PLOT_HEIGHT, "stroke=\"#777\" stroke-dasharray=\"2 3\"");
        text(begun + 6, TOP + 16, "start", "first step of the check", QUIET);
        double bottom = TOP + PLOT_HEIGHT - 14.0;
        text(LEFT + 12, bottom, "start", "\u2190 truncation error: h\u00b2", QUIET);
        text(LEFT + PLOT_WIDTH - 12, bottom, "end", "rounding error: 1/h \u2192", QUIET);
    }

    private void curve(StepCurve curve, int number) {
        String colour = COLOURS.get(number % COLOURS.size());
        String dashes = number < COLOURS.size() ? "" : " stroke-dasharray=\"5 3\"";
        svg.append("<polyline fill=\"none\" stroke=\"")
                .append(colour)
                .append("\" stroke-width=\"1.8\" stroke-linejoin=\"round\"")
                .append(dashes);
        svg.append(" points=\"");
        for (StepCurve.Point point : curve.points()) {
            double error = Math.max(point.error(), StrictMath.pow(10, SMALLEST_ERROR));
            if (Double.isFinite(error)) {
                svg.append(String.format(
                        Locale.ROOT, "%.1f,%.1f ", x(StrictMath.log10(point.step())), y(StrictMath.log10(error))));
            }
        }
        svg.append("\"/>\n");
        double height = TOP + (number + 0.5) * LINE;
        int from = LEFT + PLOT_WIDTH + 20;
        svg.append(String.format(
                        Locale.ROOT,
                        "<path d=\"M%d %.1fh26\" stroke=\"%s\" stroke-width=\"2.4\"%s/>",
                        from,
                        height,
                        colour,
                        dashes))
                .append('\n');
        text(from + 34, height + 4, "start", curve.name(), "");
    }

    private void line(double x1, double y1, double x2, double y2, String style) {
        svg.append(String.format(Locale.ROOT, "<path d=\"M%.1f %.1fL%.1f %.1f\" %s/>\n", x1, y1, x2, y2, style));
    }

    private void text(double x, double y, String anchor, String text, String style) {
        element(x, y, anchor, Xml.text(text), style);
    }

    private void element(double x, double y, String anchor, String content, String style) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" %s>%s</text>\n",
                x,
                y,
                anchor,
                style,
                content));
    }

    /** Return a power of ten, with its exponent raised by means that every viewer supports. */
    private static String power(int exponent) {
        return exponent == 0
                ? "1"
                : "<tspan>10</tspan><tspan dy=\"-5\" font-size=\"10\">\u2212" + -exponent + "</tspan>";
    }

    private static double x(double exponent) {
        return LEFT + PLOT_WIDTH * (LARGEST_STEP - exponent) / (LARGEST_STEP - SMALLEST_STEP);
    }

    private static double y(double exponent) {
        return TOP + PLOT_HEIGHT * (LARGEST_ERROR - exponent) / (LARGEST_ERROR - SMALLEST_ERROR);
    }
}
