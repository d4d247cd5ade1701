package dev.chainrule.engine.check;

import dev.chainrule.api.layer.Branches;
import dev.chainrule.math.Matrix;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/** A cost as a function of one number, with everything else fixed. */
@FunctionalInterface
public interface Curve {
    /** Return the cost at a place. */
    Point at(double theta);

    /**
     * One value of a curve.
     *
     * @param branches the fingerprint of {@link Branches}
     * @param differentiable false if the gradient is not meant to be the derivative
     */
    record Point(double cost, long branches, boolean differentiable) {}

    /** Return the cost as a function of one element of a matrix, which is restored after each call. */
    static Curve of(Matrix matrix, int row, int column, DoubleSupplier cost) {
        return of(matrix, row, column, cost, branches -> {});
    }

    /**
     * Return the cost as a function of one element of a matrix, which is restored after each call.
     *
     * @param kinks asked after each evaluation for the branches taken in it
     */
    static Curve of(Matrix matrix, int row, int column, DoubleSupplier cost, Consumer<Branches> kinks) {
        Branches branches = new Branches();
        return theta -> {
            double before = matrix.get(row, column);
            matrix.set(row, column, theta);
            double value = cost.getAsDouble();
            branches.clear();
            kinks.accept(branches);
            matrix.set(row, column, before);
            return new Point(value, branches.fingerprint(), branches.differentiable());
        };
    }
}
