package dev.chainrule.engine.contract;

import dev.chainrule.api.ActivationNode;
import dev.chainrule.api.Console;
import dev.chainrule.api.Elementwise;
import dev.chainrule.api.GradientReport;
import dev.chainrule.api.History;
import dev.chainrule.api.Hook;
import dev.chainrule.api.HookSpec;
import dev.chainrule.api.LayerState;
import dev.chainrule.api.Metric;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.Progress;
import dev.chainrule.api.Run;
import dev.chainrule.api.Shape;
import dev.chainrule.api.Target;
import dev.chainrule.engine.Json;
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

/** Play a run of two epochs of three steps to a hook, and write down what it does to the run. */
final class ScriptedRun implements Run, Console, History {
    private static final int STEPS_PER_EPOCH = 3;
    private static final int EPOCHS = 2;
    private static final int ROWS = 10;

    private final Path directory;
    private final boolean live;
    private final List<Parameter> parameters = new ArrayList<>();
    private final Map<String, List<Double>> metrics = new LinkedHashMap<>();
    private final List<String> acts = new ArrayList<>();
    private final LayerState layer;
    private long step;
    private boolean inStepEnd;

    ScriptedRun(Path directory, boolean live) {
        this.directory = directory;
        this.live = live;
        for (String name : List.of("dense_1.weights", "dense_1.biases")) {
            Matrix value = Probe.copy(Probe.FLOAT32, Probe.draw(name, 3, 2, -1, 1));
            parameters.add(new Parameter(name, value, Probe.copy(Probe.FLOAT32, value)));
        }
        layer = new LayerState("dense_1", parameters, matrix("x", 3), List.of(stage()));
    }

    /**
     * Call a hook as a run does that ends this way.
     *
     * @return what the hook did to the run: saved, checked, stopped
     */
    List<String> play(HookSpec spec, Hook.Ending ending) {
        Hook hook = spec.create(this);
        hook.onRunStart();
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            hook.onEpochStart();
            for (int i = 0; i < STEPS_PER_EPOCH; i++) {
                step++;
                inStepEnd = true;
                hook.onStepEnd();
                inStepEnd = false;
                if (step == STEPS_PER_EPOCH + 1
                        && (ending == Hook.Ending.INTERRUPTED || ending == Hook.Ending.FAILED)) {
                    hook.onRunEnd(ending);
                    return acts;
                }
            }
            record("train.loss", 1.0 / step);
            record("validation.loss", 1.5 / step);
            record("validation.accuracy", 1 - 0.5 / step);
            hook.onEpochEnd();
        }
        record("test.loss", 0.25);
        hook.onRunEnd(ending);
        return acts;
    }

    private static LayerState.Stage stage() {
        ActivationNode square = new ActivationNode(new Square(), Shape.of(2), Probe.FLOAT32);
        Matrix z = matrix("z", 2);
        Matrix a = Probe.unwritten(Probe.FLOAT32, ROWS, 2);
        square.activation().forward(z, a, Probe.FLOAT32);
        return new LayerState.Stage(square, z, a, matrix("delta", 2), false);
    }

    private static Matrix matrix(String name, int columns) {
        return Probe.copy(Probe.FLOAT32, Probe.draw(name, ROWS, columns, -1, 1));
    }

    /** Return everything that a hook is shown, by name, to see whether it modifies it. */
    SortedMap<String, Matrix> shown() {
        SortedMap<String, Matrix> shown = new TreeMap<>(tensors());
        parameters.forEach(parameter -> shown.put("gradient of " + parameter.name(), parameter.gradient()));
        shown.put("x of dense_1", layer.x());
        LayerState.Stage stage = layer.stages().get(0);
        shown.put("z of dense_1", stage.z());
        shown.put("a of dense_1", stage.a());
        shown.put("∂C/∂z of dense_1", stage.delta());
        return shown;
    }

    private void record(String metric, double value) {
        metrics.computeIfAbsent(metric, name -> new ArrayList<>()).add(value);
    }

    @Override
    public String name() {
        return "contract";
    }

    @Override
    public Path directory() {
        return directory;
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
        return step == 0 ? 0 : ROWS;
    }

    @Override
    public double loss() {
        return step == 0 ? Double.NaN : 1.0 / step;
    }

    @Override
    public double gradientNorm() {
        return step == 0 ? Double.NaN : 1.5;
    }

    @Override
    public double learningRate() {
        return step == 0 ? Double.NaN : 0.125;
    }

    @Override
    public List<Parameter> parameters() {
        return parameters;
    }

    @Override
    public Console console() {
        return this;
    }

    @Override
    public SortedMap<String, Matrix> tensors() {
        SortedMap<String, Matrix> tensors = new TreeMap<>();
        parameters.forEach(parameter -> tensors.put(parameter.name(), parameter.value()));
        return tensors;
    }

    @Override
    public List<LayerState> layers() {
        if (!inStepEnd) {
            throw new IllegalStateException("the layers can be looked at in onStepEnd, and not at another time");
        }
        return List.of(layer);
    }

    @Override
    public void record(String file, Map<String, ?> line) {
        acts.add("recorded in " + file + ": " + Json.line(line));
    }

    @Override
    public SortedMap<String, Metric> measured() {
        SortedMap<String, Metric> measured = new TreeMap<>();
        measured.put("train.loss", new Measure(false));
        measured.put("validation.loss", new Measure(false));
        measured.put("validation.accuracy", new Measure(true));
        return measured;
    }

    @Override
    public void saveCheckpoint(String name, Saved then) {
        acts.add("saved " + name);
        try {
            then.written(Files.writeString(directory.resolve(name + ".safetensors"), name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void finishWith(SortedMap<String, Matrix> tensors) {
        acts.add("chose what the model is");
    }

    @Override
    public GradientReport checkGradients(GradientReport.Options options) {
        acts.add("checked " + options);
        return new GradientReport(List.of(), List.of());
    }

    @Override
    public void stop(String reason) {
        acts.add("stopped: " + reason);
    }

    @Override
    public boolean live() {
        return live;
    }

    @Override
    public int width() {
        return 80;
    }

    @Override
    public void line(String text) {}

    @Override
    public void status(String text) {}

    @Override
    public Set<String> metrics() {
        return metrics.keySet();
    }

    @Override
    public List<Double> values(String metric) {
        return metrics.getOrDefault(metric, List.of());
    }

    /** σ(z) = z²: its slope is another one everywhere. */
    private record Square() implements Elementwise {
        @Override
        public double value(double z) {
            return z * z;
        }

        @Override
        public double derivative(double z, double a) {
            return 2 * z;
        }
    }

    /** Say which values are better; a scripted run measures nothing. */
    private record Measure(boolean higherIsBetter) implements Metric {
        @Override
        public void check(Shape output, Target target) {}

        @Override
        public Accumulator start() {
            throw new UnsupportedOperationException();
        }
    }
}
