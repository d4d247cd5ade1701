package dev.chainrule.builtin.optimizer;

/**
 * A search for a length α at which φ(α), the cost along a direction, meets the strong Wolfe conditions
 * φ(α) ≤ φ(0) + c₁·α·φ′(0) and |φ′(α)| ≤ c₂·|φ′(0)|, with c₁ = {@value #DECREASE} and c₂ = {@value #CURVATURE}: algorithms 3.5, which
 * brackets such an α, and 3.6, which divides the bracket.
 *
 * <p>Both try the minimum of the cubic through φ and φ′ at two lengths, equation 3.59. In a bracket of length l it is kept 0.1·l away from
 * both ends; beyond the last interval, of length l, it is kept from l to 9·l behind its end. A cubic without a minimum, or through a cost
 * that is not finite, gives the middle of a bracket, and 9·l beyond an interval. A cost or slope that is not finite counts as too high.
 *
 * <p>Source: J. Nocedal and S. Wright, "Numerical Optimization", second edition, 2006, section 3.5.
 */
final class LineSearch {
    private static final double DECREASE = 1e-4;
    private static final double CURVATURE = 0.9;
    private static final double MARGIN = 0.1;
    private static final double FARTHEST = 9;

    private final Path path;
    private final int most;
    private final Point start = new Point();
    private final Point now = new Point();
    private final Point low = new Point();
    private final Point high = new Point();
    private int evaluated;

    /** The cost along a direction. */
    interface Path {
        /** Compute cost and slope at a length; return the cost. */
        double costAt(double length);

        /** Return φ′ at the length of the last call. */
        double slope();
    }

    /** A length with its cost and slope. */
    private static final class Point {
        double length;
        double cost;
        double slope;

        Point set(double atLength, double itsCost, double itsSlope) {
            length = atLength;
            cost = itsCost;
            slope = itsSlope;
            return this;
        }

        void copy(Point other) {
            set(other.length, other.cost, other.slope);
        }
    }

    /**
     * Create a search.
     *
     * @param most lengths that it tries, 1 or more
     */
    LineSearch(Path path, int most) {
        this.path = path;
        this.most = most;
    }

    /**
     * Search for a length. After the most lengths it is the one of the lowest cost that meets the first condition.
     *
     * @param cost φ(0)
     * @param slope φ′(0), below 0
     * @param first the first length
     * @return 0 if no length met the first condition
     */
    double from(double cost, double slope, double first) {
        start.set(0, cost, slope);
        low.copy(start); // the length before
        double length = first;
        for (evaluated = 0; evaluated < most; ) {
            evaluate(length);
            if (isTooHigh() || evaluated > 1 && now.cost >= low.cost) {
                high.copy(now);
                return divide();
            }
            if (isFlat()) {
                return now.length;
            }
            if (now.slope >= 0) {
                high.copy(low);
                low.copy(now);
                return divide();
            }
            double interval = now.length - low.length;
            double minimum = minimum(low, now);
            double farthest = now.length + FARTHEST * interval;
            length = Double.isFinite(minimum) ? Math.min(farthest, Math.max(now.length + interval, minimum)) : farthest;
            low.copy(now);
        }
        return low.length;
    }

    /** Divide the bracket until a length meets both conditions, or no number is left in it. */
    private double divide() {
        while (evaluated < most) {
            double length = between();
            if (length == low.length || length == high.length) {
                break;
            }
            evaluate(length);
            if (isTooHigh() || now.cost >= low.cost) {
                high.copy(now);
                continue;
            }
            if (isFlat()) {
                return now.length;
            }
            if (now.slope * (high.length - low.length) >= 0) {
                high.copy(low);
            }
            low.copy(now);
        }
        return low.length;
    }

    private double between() {
        double least = Math.min(low.length, high.length);
        double greatest = Math.max(low.length, high.length);
        double margin = MARGIN * (greatest - least);
        double minimum = minimum(low, high);
        return Double.isFinite(minimum)
                ? Math.min(greatest - margin, Math.max(least + margin, minimum))
                : least + (greatest - least) / 2;
    }

    /** Return the minimum of the cubic through two points (3.59); not finite if it has none. */
    private static double minimum(Point a, Point b) {
        double one = a.slope + b.slope - 3 * (a.cost - b.cost) / (a.length - b.length);
        double two = Math.signum(b.length - a.length) * Math.sqrt(one * one - a.slope * b.slope);
        return b.length - (b.length - a.length) * (b.slope + two - one) / (b.slope - a.slope + 2 * two);
    }

    private void evaluate(double length) {
        evaluated++;
        double cost = path.costAt(length);
        now.set(length, cost, path.slope());
    }

    private boolean isTooHigh() {
        return !Double.isFinite(now.cost)
                || !Double.isFinite(now.slope)
                || now.cost > start.cost + DECREASE * now.length * start.slope;
    }

    private boolean isFlat() {
        return Math.abs(now.slope) <= -CURVATURE * start.slope;
    }

    /** Return whether the path was last computed at a length. */
    boolean isAt(double length) {
        return now.length == length;
    }
}
