package dev.chainrule.engine.contract;

import dev.chainrule.api.ActivationNode;
import dev.chainrule.api.Elementwise;
import dev.chainrule.api.HookSpec;
import dev.chainrule.api.Metric;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.Run;
import dev.chainrule.api.Run.LayerState;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.training.Console;
import dev.chainrule.api.training.GradientReport;
import dev.chainrule.api.training.History;
import dev.chainrule.api.training.Hook;
import dev.chainrule.api.training.Progress;
import dev.chainrule.api.training.State;
import dev.chainrule.api.value.Shape;
import dev.chainrule.engine.files.Json;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Numbers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A scripted run of eight epochs of three steps, which records the effects of a hook on it. Training loss falls all the time,
 * validation gets better, then worse; parameters change with every step.
 */
final class ScriptedRun implements Run, Console, History {
    private static final int STEPS_PER_EPOCH = 3;
    private static final int ROWS = 10;
    /** The beginning and the end of an epoch, and its steps. */
    private static final int MOMENTS_PER_EPOCH = STEPS_PER_EPOCH + 2;

    /** Of validation, one per epoch: patience runs out. */
    private static final double[] LOSSES = {1.5, 1.0, 0.5, 0.75, 0.625, 1.25, 0.875, 0.5625};

    private static final int EPOCHS = LOSSES.length;

    private final Probe probe = new Probe();
    private final Path directory;
    private final boolean live;
    private final List<Parameter> parameters = new ArrayList<>();
    private final Map<String, List<Double>> metrics = new LinkedHashMap<>();
    private final List<String> acts = new ArrayList<>();
    private final LayerState layer;
    private SortedMap<String, Matrix> chosen = new TreeMap<>();
    private Hook hook;
    private int moment;
    private long step;
    private boolean inStepEnd;

    ScriptedRun(Path directory, boolean live) {
        this.directory = directory;
        this.live = live;
        for (String name : List.of("dense_1.weights", "dense_1.biases")) {
            Matrix value = Probe.copy(probe.float32(), probe.draw(name, 3, 2, -1, 1));
            parameters.add(new Parameter(name, value, Probe.copy(probe.float32(), value)));
        }
        layer = new LayerState("dense_1", List.of("input"), parameters, List.of(matrix("x", 3)), List.of(stage()));
    }

    /**
     * The effects of a hook.
     *
     * @param acts on the run: saved, checked, stopped, chose
     * @param saved its state in the end
     * @param moments at which the run could be resumed
     */
    record Played(List<String> acts, State saved, int moments) {}

    /** Return a moment of a run in words. */
    static String moment(int number) {
        int epoch = (number - 1) / MOMENTS_PER_EPOCH;
        int place = (number - 1) % MOMENTS_PER_EPOCH;
        return place == 0
                ? "as epoch " + (epoch + 1) + " begins"
                : place <= STEPS_PER_EPOCH
                        ? "after step " + (epoch * STEPS_PER_EPOCH + place)
                        : "after epoch " + (epoch + 1);
    }

    /**
     * Call a hook as a run with this ending does, and at one moment as a resumed run: its saved state is given to a new hook,
     * which replaces it. Acts of the new hook before the run continues, such as a check at its start, are not recorded.
     *
     * @param resumed the moment, counted from 1; 0 for none
     */
    Played play(HookSpec spec, Hook.Ending ending, int resumed) {
        hook = spec.create(this);
        hook.onRunStart();
        boolean early = ending == Hook.Ending.INTERRUPTED || ending == Hook.Ending.FAILED;
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            hook.onEpochStart();
            pass(spec, resumed);
            for (int i = 0; i < STEPS_PER_EPOCH; i++) {
                step++;
                parameters.forEach(parameter -> parameter.value().set(0, 0, step));
                inStepEnd = true;
                hook.onStepEnd();
                inStepEnd = false;
                pass(spec, resumed);
                if (step == STEPS_PER_EPOCH + 1 && early) {
                    return end(ending);
                }
            }
            record("train.loss", 1.0 / step);
            record("validation.loss", LOSSES[epoch]);
            record("validation.accuracy", 1 - LOSSES[epoch] / 2);
            hook.onEpochEnd();
            pass(spec, resumed);
        }
        record("test.loss", 0.25);
        return end(ending);
    }

    private Played end(Hook.Ending ending) {
        State saved = saved();
        hook.onRunEnd(ending);
        chosen.forEach(
                (name, tensor) -> acts.add("model: " + name + " begins with " + Numbers.format(tensor.get(0, 0))));
        return new Played(acts, saved, moment);
    }

    /** Pass a moment at which checkpoints are taken. */
    private void pass(HookSpec spec, int resumed) {
        moment++;
        if (moment == resumed) {
            List<String> before = List.copyOf(acts);
            State saved = saved();
            hook = spec.create(this);
            hook.restore(saved);
            hook.onRunStart();
            acts.clear();
            acts.addAll(before);
        }
    }

    /** Return copies of the state, as a file would contain it. */
    private State saved() {
        State live = State.of(hook);
        State saved = new State();
        live.texts().forEach(saved::put);
        live.matrices().forEach((name, matrix) -> saved.put(name, matrix.copy()));
        return saved;
    }

    private LayerState.Stage stage() {
        ActivationNode square = new ActivationNode(new Square(), Shape.of(2), probe.float32());
        Matrix z = matrix("z", 2);
        Matrix a = Probe.unwritten(probe.float32(), ROWS, 2);
        square.activation().forward(z, a, probe.float32());
        return new LayerState.Stage(square, z, a, matrix("delta", 2), false);
    }

    private Matrix matrix(String name, int columns) {
        return Probe.copy(probe.float32(), probe.draw(name, ROWS, columns, -1, 1));
    }

    /** Return every matrix that a hook is shown, by name, to see whether the hook modifies it. */
    SortedMap<String, Matrix> shown() {
        SortedMap<String, Matrix> shown = new TreeMap<>(tensors());
        parameters.forEach(parameter -> shown.put("gradient of " + parameter.name(), parameter.gradient()));
        shown.put("x of dense_1", layer.inputs().get(0));
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
    public Map<String, String> settings() {
        return Collections.singletonMap("seed", "7");
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
            throw new IllegalStateException("layers can only be inspected in onStepEnd");
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
        acts.add("chose the tensors of the model");
        chosen = tensors;
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

    /** The activation σ(z) = z², whose slope is different everywhere. */
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

    /** A metric that states which values are better; a scripted run measures nothing. */
    private record Measure(boolean higherIsBetter) implements Metric {
        @Override
        public void check(Shape output, Target target) {}

        @Override
        public Accumulator start() {
            throw new UnsupportedOperationException();
        }
    }
}
