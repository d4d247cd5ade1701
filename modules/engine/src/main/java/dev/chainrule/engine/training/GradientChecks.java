package dev.chainrule.engine.training;

import dev.chainrule.api.training.GradientReport;
import dev.chainrule.engine.data.Datasets;
import dev.chainrule.engine.data.ExampleOrder;
import dev.chainrule.engine.data.Pipeline;
import dev.chainrule.engine.evaluation.GradientChecker;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.engine.record.RunStreams;
import dev.chainrule.engine.training.step.RunProgress;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.network.Network;
import jakarta.inject.Inject;
import java.util.Optional;

/** Checks of the gradients in the middle of a run, which they do not change. */
final class GradientChecks {
    private final Experiment experiment;
    private final Pipeline pipeline;
    private final Datasets datasets;
    private final Network network;
    private final RunProgress progress;
    private final RunStreams streams;

    @Inject
    GradientChecks(
            Experiment experiment,
            Pipeline pipeline,
            Datasets datasets,
            Network network,
            RunProgress progress,
            RunStreams streams) {
        this.experiment = experiment;
        this.pipeline = pipeline;
        this.datasets = datasets;
        this.network = network;
        this.progress = progress;
        this.streams = streams;
    }

    /** Check the gradients on the first examples of the present epoch, and record the report. */
    GradientReport check(GradientReport.Options options) {
        Optional<Matrix> x = Optional.ofNullable(network.graph().out(0)).map(Matrix::copy);
        int[] order =
                new ExampleOrder(experiment, datasets.train()).of(Math.min(progress.epoch(), progress.epochs() - 1));
        GradientReport report = new GradientChecker(experiment, pipeline, datasets.train(), System::nanoTime)
                .check(network, order, options, share -> {});
        // Batches are read into one matrix, which other hooks may still use.
        x.ifPresent(kept -> network.graph().out(0).copyFrom(kept));
        streams.gradientCheck(report, progress.step());
        return report;
    }
}
