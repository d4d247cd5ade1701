package dev.chainrule.builtin.hook;

import dev.chainrule.api.Metric;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.Run;
import dev.chainrule.api.Run.LayerState;
import dev.chainrule.api.error.RunException;
import dev.chainrule.api.training.Console;
import dev.chainrule.api.training.GradientReport;
import dev.chainrule.api.training.History;
import dev.chainrule.api.training.Hook;
import dev.chainrule.api.training.Progress;
import dev.chainrule.api.value.Shape;
import dev.chainrule.builtin.metric.MeanLoss;
import dev.chainrule.builtin.metric.classes.Accuracy;
import dev.chainrule.math.Matrix;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Pretend a run of two epochs of three steps, and record the actions of a hook. Time passes by 1 s a step. */
final class RecordingRun implements Run, Console, History {
    static final int STEPS_PER_EPOCH = 3;
    static final int EPOCHS = 2;

    final List<String> lines = new ArrayList<>();
    final List<String> statuses = new ArrayList<>();
    final List<GradientReport.Options> checks = new ArrayList<>();
    final Map<String, List<Double>> metrics = new LinkedHashMap<>();
    boolean live;
    int width = 120;
    long nanos = 1_000;
    long nanosPerStep = 1_000_000_000;
    Path directory;
    boolean diskFull;
    GradientReport report = new GradientReport(List.of(), List.of());
    List<LayerState> layers = List.of();
    final List<String> records = new ArrayList<>();
    final List<String> stops = new ArrayList<>();
    final SortedMap<String, Matrix> tensors = new TreeMap<>();
    SortedMap<String, Matrix> finish = new TreeMap<>();
    private long step;

    /** Call a hook as the engine would. */
    void drive(Hook hook, Hook.Ending ending) {
        hook.onRunStart();
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            hook.onEpochStart();
            for (int i = 0; i < STEPS_PER_EPOCH; i++) {
                step++;
                nanos += nanosPerStep;
                hook.onStepEnd();
            }
            metrics.computeIfAbsent("train.loss", name -> new ArrayList<>()).add(0.5 / step);
            metrics.computeIfAbsent("validation.accuracy", name -> new ArrayList<>())
                    .add(0.9 + 0.01 * epoch);
            hook.onEpochEnd();
        }
        hook.onRunEnd(ending);
    }

    /** Let an epoch pass in which a metric had this value. */
    void epoch(String metric, double value) {
        step += STEPS_PER_EPOCH;
        metrics.computeIfAbsent(metric, name -> new ArrayList<>()).add(value);
    }

    @Override
    public String name() {
        return "test";
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("seed", "7");
    }

    @Override
    public boolean isRepetition() {
        return false;
    }

    @Override
    public Shape input() {
        return Shape.of(3);
    }

    @Override
    public Progress progress() {
        return Progress.at(step, STEPS_PER_EPOCH, EPOCHS, this);
    }

    @Override
    public int examples() {
        return 30;
    }

    @Override
    public int batchRows() {
        return 10;
    }

    @Override
    public double loss() {
        return 0.25;
    }

    @Override
    public double gradientNorm() {
        return 1.5;
    }

    @Override
    public double learningRate() {
        return 0.001;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public Console console() {
        return this;
    }

    @Override
    public SortedMap<String, Matrix> tensors() {
        return tensors;
    }

    @Override
    public List<LayerState> layers() {
        return layers;
    }

    @Override
    public void record(String file, Map<String, ?> line) {
        records.add(file + ": " + line);
    }

    /** Return the record of {@link #drive}. */
    @Override
    public SortedMap<String, Metric> measured() {
        return new TreeMap<>(Map.of("train.loss", new MeanLoss(), "validation.accuracy", new Accuracy()));
    }

    @Override
    public void finishWith(SortedMap<String, Matrix> tensors) {
        finish = tensors;
    }

    @Override
    public void saveCheckpoint(String name, Saved then) {
        if (diskFull) {
            then.failed(new RunException("no space left"));
            return;
        }
        try {
            then.written(Files.writeString(directory.resolve(name + ".safetensors"), name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public GradientReport checkGradients(GradientReport.Options options) {
        checks.add(options);
        return report;
    }

    @Override
    public void stop(String reason) {
        stops.add(reason);
    }

    @Override
    public boolean live() {
        return live;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public void line(String text) {
        lines.add(text);
    }

    @Override
    public void status(String text) {
        if (live) {
            statuses.add(text);
        }
    }

    @Override
    public Set<String> metrics() {
        return metrics.keySet();
    }

    @Override
    public List<Double> values(String metric) {
        return metrics.getOrDefault(metric, List.of());
    }
}
