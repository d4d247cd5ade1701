package dev.chainrule.app.report.page;

import dev.chainrule.math.Numbers;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The parts of a chart in SVG. The plot is stretched to the width of the page, so its unit is a thousandth of the width and a pixel of
 * the height; lines keep their thickness, and texts are outside of it, so that they keep their size.
 */
public final class Drawing {
    /** The width of a plot in its own unit. */
    public static final int WIDTH = 1000;
    /** The height of a plot in pixels. */
    public static final int HEIGHT = 190;

    private static final int MARGIN = 6;
    private static final int LABELS = 56;
    private static final double TENTH = 10;

    private final Scale x;
    private final Scale y;

    public Drawing(Scale x, Scale y) {
        this.x = x;
        this.y = y;
    }

    /** Return a place along the plot. */
    public String left(double value) {
        return decimal(x.at(value) * WIDTH);
    }

    /** Return a place from the top of the plot. */
    public String top(double value) {
        return decimal(HEIGHT - MARGIN - y.at(value) * (HEIGHT - 2 * MARGIN));
    }

    /** Return a line through points; a missing number interrupts it. */
    public String line(Series series) {
        StringBuilder path = new StringBuilder();
        boolean drawn = false;
        for (int i = 0; i < series.size(); i++) {
            boolean here = !Double.isNaN(y.at(series.y()[i]));
            if (here) {
                path.append(drawn ? 'L' : 'M')
                        .append(left(series.x()[i]))
                        .append(' ')
                        .append(top(series.y()[i]));
            }
            drawn = here;
        }
        return path.append(series.size() == 1 && drawn ? "h0" : "").toString();
    }

    /** Return dots: lines without length, whose round ends are drawn. */
    public String dots(Series series) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < series.size(); i++) {
            if (!Double.isNaN(y.at(series.y()[i]))) {
                path.append('M')
                        .append(left(series.x()[i]))
                        .append(' ')
                        .append(top(series.y()[i]))
                        .append("h0");
            }
        }
        return path.toString();
    }

    /** Open the frame and the plot, and draw the grid and the labels of the vertical axis. */
    public void open(Markup page, String description, String... attributes) {
        page.open("div", "class", "frame");
        page.open(
                "svg",
                "class",
                "ys",
                "width",
                String.valueOf(LABELS),
                "height",
                String.valueOf(HEIGHT),
                "aria-hidden",
                "true");
        y.ticks()
                .forEach(tick ->
                        page.element("text", Numbers.format(tick), "x", String.valueOf(LABELS - 8), "y", top(tick)));
        page.close("svg");
        String[] own = {
            "class",
            "plot",
            "viewBox",
            "0 0 " + WIDTH + " " + HEIGHT,
            "height",
            String.valueOf(HEIGHT),
            "preserveAspectRatio",
            "none",
            "role",
            "img",
            "aria-label",
            description
        };
        String[] all = Arrays.copyOf(own, own.length + attributes.length);
        System.arraycopy(attributes, 0, all, own.length, attributes.length);
        page.open("svg", all);
        page.empty(
                "path",
                "class",
                "grid",
                "d",
                y.ticks().stream().map(tick -> "M0 " + top(tick) + "h" + WIDTH).collect(Collectors.joining()));
    }

    /** Close the plot, and draw the labels of the horizontal axis. */
    public void close(Markup page, String label) {
        page.close("svg");
        page.open("svg", "class", "xs", "height", "36", "aria-hidden", "true");
        for (double tick : x.ticks()) {
            double share = x.at(tick);
            if (share >= 0 && share <= 1) {
                page.element(
                        "text",
                        Numbers.format(tick),
                        "x",
                        decimal(share * 100) + "%",
                        "y",
                        "14",
                        "class",
                        share < 0.02 ? "first" : share > 0.98 ? "last" : "middle");
            }
        }
        page.element("text", label, "x", "50%", "y", "31", "class", "middle");
        page.close("svg").close("div");
    }

    private static String decimal(double value) {
        return Numbers.format(Math.round(value * TENTH) / TENTH);
    }
}
