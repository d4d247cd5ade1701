package dev.chainrule.engine.check;

import dev.chainrule.api.Activation;
import dev.chainrule.api.ActivationNode;
import dev.chainrule.api.layer.Value;
import dev.chainrule.math.Matrix;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The cause of differences, found by the factors in the equations: g and σ′ in BP1 and BP2, δ and the examples in BP3 and BP4. */
final class FactorPatterns {
    private final CheckedNetwork checked;
    private final Quantity quantity;
    private final List<EntryVerdict> compared;
    private final Predicate<ToDoubleFunction<EntryVerdict>> fit;

    /**
     * Create the patterns of one quantity.
     *
     * @param fit whether the analytic values match a pattern
     */
    FactorPatterns(
            CheckedNetwork checked,
            Quantity quantity,
            List<EntryVerdict> compared,
            Predicate<ToDoubleFunction<EntryVerdict>> fit) {
        this.checked = checked;
        this.quantity = quantity;
        this.compared = compared;
        this.fit = fit;
    }

    /** Return the cause in words; nothing if no pattern fits. */
    Optional<String> cause() {
        if (compared.isEmpty()) {
            return Optional.empty();
        }
        checked.forward();
        checked.backward();
        return switch (quantity.equation()) {
            case BP1, BP2 -> derivative();
            case BP3, BP4 -> examples();
            case INPUTS -> through();
            case SUM -> uses();
            default -> Optional.empty();
        };
    }

    /** Try σ′ at places other than z. */
    private Optional<String> derivative() {
        int value = quantity.value();
        if (checked.objective.isFused(value) || !(checked.topology.stage(value) instanceof ActivationNode activation)) {
            return Optional.empty();
        }
        Matrix g = checked.graph.delta(value);
        Matrix z = quantity.theta();
        Matrix a = checked.graph.out(value);
        if (fit.test(one -> g.get(one.row(), one.column()))) {
            return Optional.of("the factor σ′(z) is missing");
        }
        if (fit.test(one ->
                g.get(one.row(), one.column()) * slope(activation.activation(), a.get(one.row(), one.column())))) {
            return Optional.of("σ′ is taken at the wrong point: at a instead of z");
        }
        if (fit.test(one ->
                g.get(one.row(), one.column()) * slope(activation.activation(), -z.get(one.row(), one.column())))) {
            return Optional.of("σ′ is taken at the wrong point: at -z instead of z");
        }
        return Optional.empty();
    }

    private double slope(Activation activation, double at) {
        Matrix z = checked.kernels.matrix(1, 1);
        Matrix a = checked.kernels.matrix(1, 1);
        Curve curve = Curve.of(z, 0, 0, () -> {
            activation.forward(z, a, checked.kernels);
            return a.get(0, 0);
        });
        return CentralDifference.of(curve, at, curve.at(at), CentralDifference.step(at), 0)
                .slope();
    }

    /** Try sums that leave out an example, or count only one. */
    private Optional<String> examples() {
        Matrix delta = checked.graph.delta(quantity.value());
        Matrix x = checked.graph.read(quantity.value()).get(0);
        boolean biases = quantity.equation() == Equation.BP3;
        if (delta.columns() != quantity.theta().columns()
                || (!biases && x.columns() != quantity.theta().rows())) {
            return Optional.empty();
        }
        int last = delta.rows() - 1;
        if (last == 0) {
            return Optional.empty();
        }
        if (sums(row -> row != 0, x, delta, biases)) {
            return Optional.of("the first example of the batch is left out");
        }
        if (sums(row -> row != last, x, delta, biases)) {
            return Optional.of("the last example of the batch is left out");
        }
        if (sums(row -> row == 0, x, delta, biases) || sums(row -> row == last, x, delta, biases)) {
            return Optional.of("only one example of the batch counts");
        }
        return Optional.empty();
    }

    private boolean sums(IntPredicate counted, Matrix x, Matrix delta, boolean biases) {
        return fit.test(one -> {
            double sum = 0;
            for (int i = 0; i < delta.rows(); i++) {
                double factor = biases ? 1 : x.get(i, one.row());
                sum += counted.test(i) ? factor * delta.get(i, one.column()) : 0;
            }
            return sum;
        });
    }

    /** Check whether a layer returns ∂C/∂out as ∂C/∂x. */
    private Optional<String> through() {
        List<Value> own = checked.network.layerOf(quantity.value()).values();
        Matrix delta = checked.graph.delta(own.get(own.size() - 1).id());
        return delta.columns() == quantity.theta().columns() && fit.test(one -> delta.get(one.row(), one.column()))
                ? Optional.of("∂C/∂out is passed on unchanged: the layer's own factor is missing")
                : Optional.empty();
    }

    /** Try sums in which one use is missing, counted twice or alone. */
    private Optional<String> uses() {
        List<Use> uses = checked.uses(quantity.value());
        List<Matrix> parts = uses.stream().map(this::part).toList();
        return found(uses, "is missing", k -> one -> one.numeric() - at(parts.get(k), one))
                .or(() -> found(uses, "is counted twice", k -> one -> one.numeric() + at(parts.get(k), one)))
                .or(() -> found(uses, "is the only one that counts", k -> one -> at(parts.get(k), one)));
    }

    private Matrix part(Use use) {
        Matrix part =
                checked.kernels.matrix(quantity.theta().rows(), quantity.theta().columns());
        checked.gradient(use, part);
        return part;
    }

    private static double at(Matrix matrix, EntryVerdict one) {
        return matrix.get(one.row(), one.column());
    }

    private Optional<String> found(List<Use> uses, String what, IntFunction<ToDoubleFunction<EntryVerdict>> sum) {
        return IntStream.range(0, uses.size())
                .filter(k -> fit.test(sum.apply(k)))
                .mapToObj(k -> "the gradient that comes through "
                        + checked.network.layerOf(uses.get(k).value()).name() + " " + what)
                .findFirst();
    }
}
