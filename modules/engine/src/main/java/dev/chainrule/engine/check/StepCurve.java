package dev.chainrule.engine.check;

import java.util.ArrayList;
import java.util.List;

/**
 * The error of a central difference as a function of its step: truncation shrinks with h², rounding grows with 1/h.
 *
 * @param name of the quantity: {@code BP4 dense_1.weights}
 * @param points by falling step
 */
public record StepCurve(String name, List<Point> points) {
    /**
     * One difference.
     *
     * @param step h
     * @param error |D(h) − a| / (|D(h)| + |a|)
     */
    public record Point(double step, double error) {}

    /** Measure the entry at a place. */
    static StepCurve of(Quantity quantity, int row, int column, double analytic) {
        double theta = quantity.theta().get(row, column);
        Curve curve = quantity.curve(row, column);
        List<Point> points = new ArrayList<>();
        for (int i = 0; i <= 44; i++) {
            double h = StrictMath.pow(10, -i / 4.0);
            double slope = (curve.at(theta + h).cost() - curve.at(theta - h).cost()) / ((theta + h) - (theta - h));
            double size = Math.abs(slope) + Math.abs(analytic);
            points.add(new Point(h, size == 0 ? 0 : Math.abs(slope - analytic) / size));
        }
        curve.at(theta);
        return new StepCurve(quantity.equation().label() + " " + quantity.name(), List.copyOf(points));
    }
}
