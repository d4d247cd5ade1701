package dev.chainrule.engine.check;

import dev.chainrule.math.Matrix;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** The comparison of the chosen entries of one quantity; the entries are dealt to the threads in turn. */
final class Task {
    final Quantity quantity;
    final Matrix analytic;
    private final int[] places;
    private final double scale;
    private final double noise;
    private final SlopeCheck check;
    private final EntryVerdict[] verdicts;

    /**
     * Create a task.
     *
     * @param places row·columns + column of each entry, ascending
     * @param noise the possible error of a cost
     */
    Task(Quantity quantity, Matrix analytic, int[] places, double noise, SlopeCheck check) {
        this.quantity = quantity;
        this.analytic = analytic;
        this.places = places;
        this.noise = noise;
        this.check = check;
        this.verdicts = new EntryVerdict[places.length];
        double largest = 0;
        for (int place : places) {
            double magnitude = Math.abs(analytic.get(place / columns(), place % columns()));
            largest = Double.isFinite(magnitude) ? Math.max(largest, magnitude) : largest;
        }
        this.scale = largest;
    }

    /** Return a task on another quantity, with the given number of its entries. */
    Task on(Quantity other, Matrix analytic, int count) {
        int[] chosen = Sample.of(0, other.name(), analytic.rows(), analytic.columns(), count);
        return new Task(other, analytic, chosen, noise, check);
    }

    /**
     * Compare a part of the entries.
     *
     * @param own the same quantity in the thread's copy
     * @param until when to stop, in nanoseconds
     */
    void run(Quantity own, int part, int parts, Deadline.Until until) {
        for (int i = part; i < places.length && !until.passed(); i += parts) {
            verdicts[i] = judge(own, places[i] / columns(), places[i] % columns());
        }
        restore(own);
    }

    /** Compare one entry. */
    EntryVerdict judge(Quantity own, int row, int column) {
        double theta = own.theta().get(row, column);
        return new EntryVerdict(
                row, column, check.compare(own.curve(row, column), theta, analytic.get(row, column), scale, noise));
    }

    /** Recompute the outputs behind θ without perturbation. */
    private static void restore(Quantity own) {
        if (own.theta().size() > 0) {
            own.curve(0, 0).at(own.theta().get(0, 0));
        }
    }

    void replace(UnaryOperator<EntryVerdict> change) {
        for (int i = 0; i < verdicts.length; i++) {
            verdicts[i] = verdicts[i] == null ? null : change.apply(verdicts[i]);
        }
    }

    /** Return the comparisons, in the order of the entries. */
    List<EntryVerdict> verdicts() {
        return Arrays.stream(verdicts).filter(Objects::nonNull).toList();
    }

    int skipped() {
        return (int) Arrays.stream(verdicts).filter(Objects::isNull).count();
    }

    int entries() {
        return analytic.size();
    }

    private int columns() {
        return analytic.columns();
    }
}
