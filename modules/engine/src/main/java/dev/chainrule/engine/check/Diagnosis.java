package dev.chainrule.engine.check;

import dev.chainrule.engine.check.Comparison.Verdict;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Matrix;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The likely cause of differences, from their pattern: the relation between the analytic and the numeric values. */
final class Diagnosis {
    /** The relative error within which a pattern has to explain each value. */
    private static final double FIT = 1e-3;
    /** The number of entries on which a pattern is tried if its values must be computed. */
    private static final int TRIED = 24;

    private final CheckedNetwork checked;
    private final Gradients gradients;
    private final Finding finding;
    private final Quantity quantity;
    private final Optional<Task> task;
    private final List<EntryVerdict> compared;

    /**
     * Create the diagnosis of one quantity.
     *
     * @param task that found the difference; none if two ways to compute the same value are compared
     */
    Diagnosis(CheckedNetwork checked, Gradients gradients, Finding finding, Optional<Task> task) {
        this.checked = checked;
        this.gradients = gradients;
        this.finding = finding;
        this.quantity = finding.quantity();
        this.task = task;
        this.compared =
                finding.verdicts().stream().filter(EntryVerdict::compared).toList();
    }

    /** Return the cause in words; nothing if no pattern fits. */
    Optional<String> cause() {
        int number = checked.quantities().indexOf(quantity); // below 0 for a quantity outside the list
        FactorPatterns factors = new FactorPatterns(checked, quantity, compared, this::fit);
        return Stream.<Supplier<Optional<String>>>of(
                        () -> unwritten(number),
                        this::jump,
                        this::regularizer,
                        this::factor,
                        () -> stale(number),
                        factors::cause,
                        this::elsewhere,
                        this::side)
                .map(Supplier::get)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> unwritten(int number) {
        if (compared.stream().noneMatch(one -> Double.isNaN(one.analytic()))) {
            boolean zero = differing().allMatch(one -> one.analytic() == 0);
            return zero ? Optional.of("it is 0 where it should not be: a term is missing") : Optional.empty();
        }
        if (number < 0) {
            return Optional.empty();
        }
        Matrix over = gradients.overZeros().get(number);
        checked.forward();
        boolean added = fit(one -> over.get(one.row(), one.column()), EntryVerdict::numeric);
        return Optional.of(
                added
                        ? "it is added to the old values; a gradient must be overwritten"
                        : "it is not a number, or never written");
    }

    /** Look for an undeclared kink: the slopes to both sides differ, unlike those of a smooth curve. */
    private Optional<String> jump() {
        return differing().limit(TRIED).anyMatch(this::jumps)
                ? Optional.of("the slope jumps here: kinks() or branches() must report such places")
                : Optional.empty();
    }

    private boolean jumps(EntryVerdict one) {
        double theta = quantity.theta().get(one.row(), one.column());
        Curve curve = quantity.curve(one.row(), one.column());
        double noise = SlopeCheck.noise(Math.abs(curve.at(theta).cost()));
        return SlopeCheck.jumps(curve, theta, one.analytic(), noise);
    }

    private Optional<String> factor() {
        double top = 0;
        double bottom = 0;
        for (EntryVerdict one : compared) {
            top += one.analytic() * one.numeric();
            bottom += one.numeric() * one.numeric();
        }
        double factor = top / bottom;
        if (factor == 0 || !fit(one -> factor * one.numeric())) {
            return Optional.empty();
        }
        double size = Math.abs(factor);
        String sign = factor < 0 ? "the sign is wrong" : "";
        String more = near(size, 1) ? "" : size(size);
        return Optional.of(sign + (sign.isEmpty() || more.isEmpty() ? "" : ", and ") + more);
    }

    private String size(double factor) {
        int batch = checked.x.rows();
        String wrong =
                String.format(Locale.ROOT, "a factor is wrong or missing: it is %.6g times the correct value", factor);
        String forgotten = near(factor, batch) ? "forgotten" : near(factor, 1.0 / batch) ? "taken twice" : "";
        if (batch == 1 || forgotten.isEmpty()) {
            return wrong;
        }
        String mean = "the mean over the batch of " + batch + " is " + forgotten;
        return batch == 2 ? wrong + ", or " + mean : mean;
    }

    private Optional<String> regularizer() {
        if (quantity.equation() != Equation.BP4 && quantity.equation() != Equation.PARAMETERS
                || checked.parameter(quantity).regularizer().isEmpty()) {
            return Optional.empty();
        }
        Matrix pull = new DoubleMatrix(0, 0);
        pull.reshape(quantity.theta().rows(), quantity.theta().columns());
        pull.fill(0);
        checked.regularizer(quantity).addGradient(quantity.theta(), checked.examples, pull, checked.kernels);
        double top = 0;
        double bottom = 0;
        for (EntryVerdict one : compared) {
            double r = pull.get(one.row(), one.column());
            top += (one.analytic() - one.numeric()) * r;
            bottom += r * r;
        }
        double times = top / bottom;
        if (!(bottom > 0) || !fit(one -> one.numeric() + times * pull.get(one.row(), one.column()))) {
            return Optional.empty();
        }
        return Optional.of(
                near(times, -1)
                        ? "it is off by the regularizer, whose gradient is missing"
                        : String.format(
                                Locale.ROOT,
                                "it is off by the regularizer, whose gradient is in it %.4g times",
                                1 + times));
    }

    private Optional<String> stale(int number) {
        if (number < 0 || quantity.equation() == Equation.REGULARIZER) {
            return Optional.empty();
        }
        Matrix before = gradients.ofBatchBefore(number);
        return fit(one -> before.get(one.row(), one.column()))
                ? Optional.of("it is that of the batch before: something is remembered too long")
                : Optional.empty();
    }

    /** A displacement of right values, and the place that each comes from. */
    private record Move(String text, Function<EntryVerdict, int[]> from) {}

    private Optional<String> elsewhere() {
        int rows = quantity.theta().rows();
        int columns = quantity.theta().columns();
        List<Move> moves = List.of(
                new Move("it is transposed", one -> {
                    int place = one.row() * columns + one.column();
                    return new int[] {place % rows, place / rows};
                }),
                shift("column", 0, 1),
                shift("column", 0, -1),
                shift("row", 1, 0),
                shift("row", -1, 0));
        return moves.stream().filter(this::explains).map(Move::text).findFirst();
    }

    private Move shift(String what, int down, int right) {
        return new Move(
                "it belongs one " + what + (down + right > 0 ? " further on" : " before") + ": an index is off by one",
                one -> new int[] {one.row() + down, one.column() + right});
    }

    private boolean explains(Move move) {
        if (task.isEmpty()) {
            return false;
        }
        int fitting = 0;
        int tried = 0;
        for (EntryVerdict one : compared.stream().limit(TRIED).toList()) {
            int[] from = move.from().apply(one);
            if (from[0] >= 0
                    && from[1] >= 0
                    && from[0] < quantity.theta().rows()
                    && from[1] < quantity.theta().columns()) {
                double there = task.get().judge(quantity, from[0], from[1]).numeric();
                tried++;
                fitting += fits(one.analytic(), there, largest()) ? 1 : 0;
            }
        }
        return tried > 1 && fitting == tried;
    }

    /** Check whether only one side of 0 is wrong. */
    private Optional<String> side() {
        if (quantity.equation() != Equation.BP1 && quantity.equation() != Equation.BP2) {
            return Optional.empty();
        }
        boolean above = differing().allMatch(one -> quantity.theta().get(one.row(), one.column()) > 0);
        boolean below = differing().allMatch(one -> quantity.theta().get(one.row(), one.column()) < 0);
        return above == below
                ? Optional.empty()
                : Optional.of("it is wrong only where z is " + (above ? "above" : "below") + " 0");
    }

    private Stream<EntryVerdict> differing() {
        return finding.verdicts().stream().filter(one -> one.verdict() == Verdict.DIFFERS);
    }

    private boolean fit(ToDoubleFunction<EntryVerdict> pattern) {
        return fit(EntryVerdict::analytic, pattern);
    }

    private boolean fit(ToDoubleFunction<EntryVerdict> values, ToDoubleFunction<EntryVerdict> pattern) {
        double largest = largest();
        return compared.stream().allMatch(one -> fits(values.applyAsDouble(one), pattern.applyAsDouble(one), largest));
    }

    private double largest() {
        return compared.stream()
                .mapToDouble(one -> Math.abs(one.numeric()))
                .max()
                .orElse(0);
    }

    private static boolean fits(double one, double other, double largest) {
        return Math.abs(one - other) <= FIT * (Math.abs(one) + Math.abs(other)) + FIT * FIT * largest;
    }

    private static boolean near(double factor, double expected) {
        return Math.abs(factor - expected) <= FIT * Math.abs(expected);
    }
}
