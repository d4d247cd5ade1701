package dev.chainrule.engine.training;

import dev.chainrule.api.Console;
import dev.chainrule.api.GradientReport;
import dev.chainrule.api.Hook;
import dev.chainrule.api.LayerState;
import dev.chainrule.api.Metric;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.Progress;
import dev.chainrule.api.Run;
import dev.chainrule.engine.data.ExampleOrder;
import dev.chainrule.engine.network.LayerStates;
import dev.chainrule.engine.record.CheckpointSaver;
import dev.chainrule.math.Matrix;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Show hooks the run. */
final class RunView implements Run {
    private final Trainer.Parts parts;
    private final RunProgress progress;
    private final Hooks hooks;
    private final CheckpointSaver saver;
    private final ExampleOrder order;
    private final SortedMap<String, Metric> metrics;
    private SortedMap<String, Matrix> finish = Collections.emptySortedMap();

    RunView(Trainer.Parts parts, RunProgress progress, Hooks hooks, CheckpointSaver saver, ExampleOrder order) {
        this.parts = parts;
        this.progress = progress;
        this.hooks = hooks;
        this.saver = saver;
        this.order = order;
        this.metrics = Scores.recorded(parts.datasets(), parts.metrics());
    }

    /** Return the tensors that a hook wants the model to be after such an ending; empty if the last ones stay. */
    SortedMap<String, Matrix> finish(Hook.Ending ending) {
        return ending == Hook.Ending.INTERRUPTED ? Collections.emptySortedMap() : finish;
    }

    @Override
    public String name() {
        return parts.name();
    }

    @Override
    public Path directory() {
        return parts.directory().path();
    }

    @Override
    public Progress progress() {
        return progress;
    }

    @Override
    public int examples() {
        return parts.datasets().train().size();
    }

    @Override
    public int batchRows() {
        return progress.last().rows();
    }

    @Override
    public double loss() {
        return progress.last().loss();
    }

    @Override
    public double gradientNorm() {
        return progress.last().gradientNorm();
    }

    @Override
    public double learningRate() {
        return progress.last().learningRate();
    }

    @Override
    public List<Parameter> parameters() {
        return parts.network().parameters();
    }

    @Override
    public SortedMap<String, Matrix> tensors() {
        return Collections.unmodifiableSortedMap(parts.network().tensors());
    }

    @Override
    public List<LayerState> layers() {
        if (!hooks.areToldOf(Hooks.Event.STEP_END)) {
            throw new IllegalStateException("the layers can be looked at in onStepEnd, and not at another time");
        }
        return new LayerStates(parts.network(), parts.objective()).all();
    }

    @Override
    public SortedMap<String, Metric> measured() {
        return Collections.unmodifiableSortedMap(metrics);
    }

    @Override
    public Console console() {
        return parts.console();
    }

    @Override
    public void record(String file, Map<String, ?> line) {
        parts.streams().ofHook(file, line);
    }

    @Override
    public void saveCheckpoint(String name, Saved then) {
        saver.request(name, then);
    }

    @Override
    public void finishWith(SortedMap<String, Matrix> tensors) {
        finish = tensors;
    }

    @Override
    public GradientReport checkGradients(GradientReport.Options options) {
        Optional<Matrix> x = Optional.ofNullable(parts.network().input(0)).map(Matrix::copy);
        GradientReport report = new GradientChecker(
                        parts.experiment(), parts.pipeline(), parts.datasets().train(), System::nanoTime)
                .check(parts.network(), order.of(Math.min(progress.epoch(), progress.epochs() - 1)), options);
        // Batches are read into one matrix, which other hooks may still look at.
        x.ifPresent(kept -> parts.network().input(0).copyFrom(kept));
        parts.streams().gradientCheck(report, progress.step());
        return report;
    }

    @Override
    public void stop(String reason) {
        progress.stop(reason);
    }
}
