package dev.chainrule.app.report;

import dev.chainrule.app.report.page.Drawing;
import dev.chainrule.app.report.page.Markup;
import dev.chainrule.app.report.page.Scale;
import dev.chainrule.app.report.page.Series;
import dev.chainrule.math.Numbers;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The curves of a target of two classes over all thresholds, and the calibration of its scores. An example counts as positive at a
 * threshold if its score is not below it, so examples of equal scores change sides together.
 *
 * @param positive the name of the second class, whose scores these are
 * @param roc the true positive rate by the false positive rate; both are 0 at first and 1 at last
 * @param area under roc, by trapezoids
 * @param precision by recall, from the highest threshold to the lowest
 * @param averagePrecision the sum of (R_n − R_{n−1}) · P_n over the thresholds
 * @param calibration the share of positive examples by the mean score, of each tenth of the scores that has examples
 */
record ThresholdCurves(
        String positive, Series roc, double area, Series precision, double averagePrecision, Series calibration) {
    private static final int MOST_POINTS = 400;
    private static final int PARTS = 10;

    /**
     * Compute the curves.
     *
     * @param scores from 0 to 1. Not modified.
     * @param truths the true classes, 0 or 1: both occur. Not modified.
     */
    static ThresholdCurves of(String positive, double[] scores, int[] truths) {
        int[] order = IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> scores[i]).reversed())
                .mapToInt(i -> i)
                .toArray();
        double all = IntStream.of(truths).sum();
        double others = scores.length - all;
        int points = 1
                + (int) IntStream.range(0, order.length)
                        .filter(i -> isLast(i, order, scores))
                        .count();
        double[] falseRate = new double[points];
        double[] trueRate = new double[points];
        double[] precision = new double[points - 1];
        double area = 0;
        double average = 0;
        int point = 0;
        int right = 0;
        for (int i = 0; i < order.length; i++) {
            right += truths[order[i]];
            if (isLast(i, order, scores)) {
                point++;
                trueRate[point] = right / all;
                falseRate[point] = (i + 1 - right) / others;
                precision[point - 1] = right / (i + 1.0);
                double rise = trueRate[point] - trueRate[point - 1];
                area += (falseRate[point] - falseRate[point - 1]) * (trueRate[point] + trueRate[point - 1]) / 2;
                average += rise * precision[point - 1];
            }
        }
        double[] recall =
                IntStream.range(1, points).mapToDouble(k -> trueRate[k]).toArray();
        return new ThresholdCurves(
                positive,
                new Series(falseRate, trueRate),
                area,
                new Series(recall, precision),
                average,
                calibration(scores, truths));
    }

    private static boolean isLast(int i, int[] order, double[] scores) {
        return i + 1 == order.length || scores[order[i + 1]] != scores[order[i]];
    }

    private static Series calibration(double[] scores, int[] truths) {
        int[] counts = new int[PARTS];
        double[] sums = new double[PARTS];
        double[] positives = new double[PARTS];
        for (int i = 0; i < scores.length; i++) {
            int part = Math.max(0, Math.min(PARTS - 1, (int) (scores[i] * PARTS)));
            counts[part]++;
            sums[part] += scores[i];
            positives[part] += truths[i];
        }
        int[] used = IntStream.range(0, PARTS).filter(k -> counts[k] > 0).toArray();
        return new Series(
                IntStream.of(used).mapToDouble(k -> sums[k] / counts[k]).toArray(),
                IntStream.of(used).mapToDouble(k -> positives[k] / counts[k]).toArray());
    }

    void draw(Markup page) {
        page.element("h3", "Thresholds");
        page.element(
                "p",
                "An example is taken for " + positive
                        + " if its output is not below a threshold; the curves pass through all of them.",
                "class",
                "note");
        page.open("div", "class", "charts");
        figure("ROC", "area " + Numbers.rounded(area), "false positive rate", roc, true, page);
        figure(
                "precision by recall",
                "average precision " + Numbers.rounded(averagePrecision),
                "recall",
                precision,
                false,
                page);
        figure("calibration: share of " + positive, "", "mean output", calibration, true, page);
        page.close("div");
    }

    private static void figure(String title, String figure, String axis, Series series, boolean diagonal, Markup page) {
        Scale unit = Scale.linear(0, 1);
        Drawing drawing = new Drawing(unit, unit);
        page.open("figure", "class", "still").open("figcaption").element("b", title);
        page.element("span", figure, "class", "legend");
        page.close("figcaption");
        drawing.open(page, title + (figure.isEmpty() ? "" : ", " + figure));
        if (diagonal) {
            Series line = new Series(new double[] {0, 1}, new double[] {0, 1});
            page.empty("path", "class", "mark", "d", drawing.line(line));
        }
        page.empty("path", "class", "line s0", "d", drawing.line(series.thinned(MOST_POINTS)));
        if (series.size() <= PARTS) {
            page.empty("path", "class", "dots s0", "d", drawing.dots(series));
        }
        drawing.close(page, axis);
        page.close("figure");
    }
}
