package dev.chainrule.engine.training;

import dev.chainrule.api.Metric;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.Run;
import dev.chainrule.api.Run.LayerState;
import dev.chainrule.api.training.Console;
import dev.chainrule.api.training.GradientReport;
import dev.chainrule.api.training.Progress;
import dev.chainrule.api.value.Shape;
import dev.chainrule.engine.evaluation.Measurements;
import dev.chainrule.engine.training.step.RunProgress;
import dev.chainrule.math.Matrix;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** The run as hooks see it. */
final class RunView implements Run {
    private final RunPlan plan;
    private final RunProgress progress;
    private final Measurements measurements;
    private final NetworkView network;
    private final HookOutput output;
    private final Console console;
    private boolean repetition;

    @Inject
    RunView(
            RunPlan plan,
            RunProgress progress,
            Measurements measurements,
            NetworkView network,
            HookOutput output,
            Console console) {
        this.plan = plan;
        this.progress = progress;
        this.measurements = measurements;
        this.network = network;
        this.output = output;
        this.console = console;
    }

    @Override
    public String name() {
        return plan.name();
    }

    @Override
    public Path directory() {
        return output.directory();
    }

    @Override
    public Map<String, String> settings() {
        return plan.settings();
    }

    @Override
    public boolean isRepetition() {
        return repetition;
    }

    /** Let hooks know that this run repeats a recorded one. */
    void repeat() {
        repetition = true;
    }

    @Override
    public Shape input() {
        return network.input();
    }

    @Override
    public Progress progress() {
        return progress;
    }

    @Override
    public int examples() {
        return measurements.trainingExamples();
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
        return network.parameters();
    }

    @Override
    public SortedMap<String, Matrix> tensors() {
        return network.tensors();
    }

    @Override
    public List<LayerState> layers() {
        return network.layers();
    }

    @Override
    public SortedMap<String, Metric> measured() {
        return measurements.recorded();
    }

    @Override
    public Console console() {
        return console;
    }

    @Override
    public void record(String file, Map<String, ?> line) {
        output.record(file, line);
    }

    @Override
    public void saveCheckpoint(String name, Saved then) {
        output.saveCheckpoint(name, then);
    }

    @Override
    public void finishWith(SortedMap<String, Matrix> tensors) {
        output.finishWith(tensors);
    }

    @Override
    public GradientReport checkGradients(GradientReport.Options options) {
        return network.checkGradients(options);
    }

    @Override
    public void stop(String reason) {
        progress.stop(reason);
    }
}
