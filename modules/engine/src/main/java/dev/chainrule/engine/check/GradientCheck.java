package dev.chainrule.engine.check;

import dev.chainrule.api.Loss;
import dev.chainrule.api.NamedLayer;
import dev.chainrule.api.training.GradientReport;
import dev.chainrule.engine.check.Comparison.Verdict;
import dev.chainrule.engine.objective.ClassWeights;
import dev.chainrule.engine.objective.OutputCost;
import dev.chainrule.engine.objective.Term;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Precision;
import dev.chainrule.math.ThreadTeam;
import dev.chainrule.math.kernel.KernelParts;
import dev.chainrule.model.network.HeadLayers;
import dev.chainrule.model.network.Network;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The check of a network's gradients, equation by equation, in float64 on copies of the network.
 *
 * <p>Each quantity of {@link CheckedNetwork} is perturbed entry by entry and the cost recomputed from its stage on;
 * {@link SlopeCheck} compares. Each thread checks some entries on a separate copy; the results are collected in the order of
 * the entries, so that the number of threads changes nothing. A difference is finally compared with the effect of rounding on
 * the analytic side ({@link Gradients#spread}).
 */
public final class GradientCheck {
    private static final int COPIES = 4;
    /** The factor by which a gap must exceed the rounding of the analytic value. */
    private static final double BEYOND = 8;

    private final Subject subject;
    private final LongSupplier nanos;
    private final Supplier<Kernels> kernels;

    /**
     * The subject of a check.
     *
     * @param seed of the run: masks and the choice of entries come from it
     * @param examples n, by which regularizers are divided
     * @param heads the outputs; none if there is only that of the last layer
     * @param terms the cost of each output
     */
    public record Subject(List<NamedLayer> model, long seed, long examples, List<HeadLayers> heads, List<Term> terms) {
        /** Create a subject with one output, in which every example counts once. */
        public Subject(List<NamedLayer> model, Loss loss, long seed, long examples) {
            this(model, seed, examples, List.of(), List.of(Term.of(loss, ClassWeights.NONE)));
        }
    }

    /**
     * Create a check.
     *
     * @param nanos a clock in nanoseconds, for the budget
     */
    public GradientCheck(Subject subject, LongSupplier nanos) {
        // A check is over before code on the Vector API would be compiled.
        this(subject, nanos, () -> KernelParts.plain().kernels(Precision.FLOAT64, new ThreadTeam(1)));
    }

    /** Create a check that computes on other kernels. */
    GradientCheck(Subject subject, LongSupplier nanos, Supplier<Kernels> kernels) {
        this.subject = subject;
        this.nanos = nanos;
        this.kernels = kernels;
    }

    /**
     * Check a network of this build at its present values.
     *
     * @param network not modified
     * @param x [batch, in]. Not modified.
     * @param y [batch, target]. Not modified.
     */
    public GradientReport check(Network network, Matrix x, Matrix y, GradientReport.Options options) {
        return check(network, x, y, options, share -> {});
    }

    /**
     * Check a network of this build at its present values.
     *
     * @param network not modified
     * @param x [batch, in]. Not modified.
     * @param y [batch, target]. Not modified.
     * @param progress receives the share of the quantities that have been compared, from 0 to 1
     */
    public GradientReport check(
            Network network, Matrix x, Matrix y, GradientReport.Options options, DoubleConsumer progress) {
        ThreadTeam team = network.kernels().team();
        CheckedNetwork[] copies = new CheckedNetwork[Math.min(COPIES, team.threads())];
        Gradients[] gradients = new Gradients[1];
        team.run((part, parts) -> {
            if (part < copies.length) {
                copies[part] = new CheckedNetwork(subject, network, kernels.get());
                copies[part].load(network, x, y);
                if (part == 0) {
                    gradients[0] = new Gradients(copies[0]);
                }
            }
        });
        CheckedNetwork first = copies[0];
        List<Task> tasks = tasks(first, gradients[0], options);
        Deadline deadline = new Deadline(nanos, options.budget());
        team.run((part, parts) -> {
            for (int i = 0; part < copies.length && i < tasks.size(); i++) {
                Deadline.Until until = deadline.share(tasks.size() - i);
                tasks.get(i).run(copies[part].quantities().get(i), part, copies.length, until);
                if (part == 0) {
                    progress.accept((i + 1.0) / tasks.size());
                }
            }
        });
        first.forward();
        spare(tasks, gradients[0]);
        Cancellation cancellation = new Cancellation(first);
        tasks.forEach(cancellation::settle);
        List<Finding> findings = new ArrayList<>();
        Iterator<OutputCost> heads = first.objective.heads().iterator();
        for (Task task : tasks) {
            findings.add(new Finding(task.quantity, task.entries(), task.verdicts(), task.skipped()));
            if (task.quantity.equation() == Equation.LOSS) {
                findings.addAll(new Fusion(first, heads.next(), options.tolerance()).findings());
            }
        }
        List<GradientReport.Row> rows = findings.stream().map(Finding::row).toList();
        return new GradientReport(rows, new FaultLocator(first, gradients[0]).faults(findings, tasks));
    }

    /**
     * Measure the error of each quantity's central difference at steps of every size, at the entry with the largest gradient.
     *
     * @param network not modified
     * @param x [batch, in]. Not modified.
     * @param y [batch, target]. Not modified.
     */
    public List<StepCurve> curves(Network network, Matrix x, Matrix y) {
        CheckedNetwork checked = new CheckedNetwork(subject, network, kernels.get());
        checked.load(network, x, y);
        Gradients gradients = new Gradients(checked);
        List<StepCurve> curves = new ArrayList<>();
        for (int i = 0; i < checked.quantities().size(); i++) {
            Quantity quantity = checked.quantities().get(i);
            Matrix analytic = gradients.of(i);
            int row = 0;
            int column = 0;
            for (int place = 0; place < analytic.size(); place++) {
                int otherRow = place / analytic.columns();
                int otherColumn = place % analytic.columns();
                if (Math.abs(analytic.get(otherRow, otherColumn)) > Math.abs(analytic.get(row, column))) {
                    row = otherRow;
                    column = otherColumn;
                }
            }
            curves.add(StepCurve.of(quantity, row, column, analytic.get(row, column)));
        }
        return curves;
    }

    private List<Task> tasks(CheckedNetwork checked, Gradients gradients, GradientReport.Options options) {
        RoundingFloor floor = new RoundingFloor(checked, gradients);
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < checked.quantities().size(); i++) {
            Quantity quantity = checked.quantities().get(i);
            int[] places = Sample.of(
                    subject.seed(),
                    quantity.name(),
                    quantity.theta().rows(),
                    quantity.theta().columns(),
                    options.samples());
            double noise = floor.noise(quantity, gradients.of(i));
            tasks.add(new Task(quantity, gradients.of(i), places, noise, new SlopeCheck(options.tolerance())));
        }
        return tasks;
    }

    /** Withdraw differences that the rounding of the analytic side explains. */
    private static void spare(List<Task> tasks, Gradients gradients) {
        if (tasks.stream().allMatch(task -> task.verdicts().stream().noneMatch(j -> j.verdict() == Verdict.DIFFERS))) {
            return;
        }
        List<Matrix> spread = gradients.spread();
        for (int i = 0; i < tasks.size(); i++) {
            Matrix rounding = spread.get(i);
            tasks.get(i).replace(entry -> {
                double gap = Math.abs(entry.analytic() - entry.numeric());
                double allowed = BEYOND * rounding.get(entry.row(), entry.column());
                return entry.verdict() == Verdict.DIFFERS && gap <= allowed ? entry.with(Verdict.UNRESOLVED) : entry;
            });
        }
    }
}
