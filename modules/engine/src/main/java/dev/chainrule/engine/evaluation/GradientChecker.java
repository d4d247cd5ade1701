package dev.chainrule.engine.evaluation;

import dev.chainrule.api.training.GradientReport;
import dev.chainrule.engine.check.GradientCheck;
import dev.chainrule.engine.check.StepCurve;
import dev.chainrule.engine.data.Dataset;
import dev.chainrule.engine.data.HeadParts;
import dev.chainrule.engine.data.Pipeline;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.network.Network;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.function.LongSupplier;

/** Checks of a network's gradients on the first training examples of an epoch: one batch, at most 16 examples. */
public final class GradientChecker {
    private static final int ROWS = 16;

    private final Experiment experiment;
    private final Pipeline pipeline;
    private final Dataset train;
    private final GradientCheck check;

    /**
     * Create a checker for networks of an experiment.
     *
     * @param pipeline fitted
     * @param nanos a clock in nanoseconds, for budgets of time
     */
    public GradientChecker(Experiment experiment, Pipeline pipeline, Dataset train, LongSupplier nanos) {
        this.experiment = experiment;
        this.pipeline = pipeline;
        this.train = train;
        GradientCheck.Subject subject = new GradientCheck.Subject(
                experiment.model(),
                experiment.seed(),
                train.size(),
                HeadParts.layers(experiment),
                HeadParts.terms(experiment, pipeline, train));
        this.check = new GradientCheck(subject, nanos);
    }

    /**
     * Check a network at its present values.
     *
     * @param network not modified
     * @param order of the epoch
     * @param progress receives the share of the check that is done, from 0 to 1
     */
    public GradientReport check(Network network, int[] order, GradientReport.Options options, DoubleConsumer progress) {
        return check.check(network, inputs(order), targets(order), options, progress);
    }

    /** Measure the error of each quantity's central difference at steps of every size. */
    public List<StepCurve> curves(Network network, int[] order) {
        return check.curves(network, inputs(order), targets(order));
    }

    private Matrix inputs(int[] order) {
        return pipeline.inputs(train, order, 0, rows(order));
    }

    private Matrix targets(int[] order) {
        return pipeline.targets(train, order, 0, rows(order));
    }

    private int rows(int[] order) {
        return Math.min(ROWS, Math.min(experiment.data().batchSize().examples(), order.length));
    }
}
