package dev.chainrule.engine.check;

import dev.chainrule.math.Matrix;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Compare the chosen entries of one quantity; threads take every so manieth. */
final class Task {
    final Quantity quantity;
    final Matrix analytic;
    private final int[] places;
    private final double scale;
    private final double noise;
    private final SlopeCheck check;
    private final Judged[] judged;

    /**
     * Create a task.
     *
     * @param places row·columns + column of each entry, ascending
     * @param noise how far a cost may be off
     */
    Task(Quantity quantity, Matrix analytic, int[] places, double noise, SlopeCheck check) {
        this.quantity = quantity;
        this.analytic = analytic;
        this.places = places;
        this.noise = noise;
        this.check = check;
        this.judged = new Judged[places.length];
        double largest = 0;
        for (int place : places) {
            double magnitude = Math.abs(analytic.get(place / columns(), place % columns()));
            largest = Double.isFinite(magnitude) ? Math.max(largest, magnitude) : largest;
        }
        this.scale = largest;
    }

    /** Return a task on another quantity, with so many of its entries. */
    Task on(Quantity other, Matrix analytic, int count) {
        int[] chosen = Sample.of(0, other.name(), analytic.rows(), analytic.columns(), count);
        return new Task(other, analytic, chosen, noise, check);
    }

    /**
     * Compare a part of the entries.
     *
     * @param own the same quantity of the thread's own copy
     * @param until when to stop, in nanoseconds
     */
    void run(Quantity own, int part, int parts, Deadline.Until until) {
        for (int i = part; i < places.length && !until.passed(); i += parts) {
            judged[i] = judge(own, places[i] / columns(), places[i] % columns());
        }
        restore(own);
    }

    /** Compare one entry. */
    Judged judge(Quantity own, int row, int column) {
        double theta = own.theta().get(row, column);
        return new Judged(
                row, column, check.compare(own.curve(row, column), theta, analytic.get(row, column), scale, noise));
    }

    /** Compute the outputs behind θ as they are without perturbation. */
    private static void restore(Quantity own) {
        if (own.theta().size() > 0) {
            own.curve(0, 0).at(own.theta().get(0, 0));
        }
    }

    void replace(UnaryOperator<Judged> change) {
        for (int i = 0; i < judged.length; i++) {
            judged[i] = judged[i] == null ? null : change.apply(judged[i]);
        }
    }

    /** Return what was compared, in the order of the entries. */
    List<Judged> judged() {
        return Arrays.stream(judged).filter(Objects::nonNull).toList();
    }

    int skipped() {
        return (int) Arrays.stream(judged).filter(Objects::isNull).count();
    }

    int entries() {
        return analytic.size();
    }

    private int columns() {
        return analytic.columns();
    }
}
