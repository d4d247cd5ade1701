package dev.chainrule.engine;

import dev.chainrule.api.CheckException;
import dev.chainrule.api.Console;
import dev.chainrule.api.GradientReport;
import dev.chainrule.api.History;
import dev.chainrule.api.Hook;
import dev.chainrule.api.HookSpec;
import dev.chainrule.api.Metric;
import dev.chainrule.api.Optimizer;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.Progress;
import dev.chainrule.api.Run;
import dev.chainrule.api.RunException;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Numbers;
import dev.chainrule.math.RandomStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Train a network: the loop that {@link Hook} shows. */
public final class Trainer {
    private static final System.Logger LOG = System.getLogger(Trainer.class.getName());

    private final Parts parts;
    private final Network network;
    private final Objective objective;
    private final Pipeline pipeline;
    private final Kernels kernels;
    private final Dataset train;
    private final int batchSize;
    private final int epochs;
    private final long stepsPerEpoch;
    private final RandomStream shuffle;
    private final RecordedHistory history = new RecordedHistory();
    private final Progress progress = new Place();
    private final BatchPass pass = BatchPass.forTraining();
    private final List<Hook> hooks = new ArrayList<>();
    private final List<Parameter> trainable;
    /** How many hooks were told how the run ended, each once: one that fails at it leaves the others to hear of a failure. */
    private int toldOfEnd;

    private int[] order;
    private long step;
    private int batchRows;
    private double loss = Double.NaN;
    private double gradientNorm = Double.NaN;
    private double learningRate = Double.NaN;
    private Optional<String> stopReason = Optional.empty();

    /**
     * Hand over what a run is made of.
     *
     * @param name of the run
     * @param metrics what is measured
     * @param stepLimit updates after which the run ends all the same; {@link Long#MAX_VALUE} for none
     */
    public record Parts(
            String name,
            Experiment experiment,
            Datasets datasets,
            Pipeline pipeline,
            Network network,
            Objective objective,
            Optimizer optimizer,
            List<Metric> metrics,
            RunRecorder recorder,
            Console console,
            Interruption interruption,
            long stepLimit) {}

    /**
     * Report how a run ended.
     *
     * @param reason why it ended early; empty when completed
     * @param metrics the last value of every metric
     * @param confusion of the test examples, by true and predicted class, where there are classes
     * @param misses what was expected and not met, in words
     */
    public record Outcome(
            Hook.Ending ending,
            Optional<String> reason,
            long steps,
            Map<String, Double> metrics,
            Optional<int[][]> confusion,
            List<String> misses) {}

    /** Create a trainer for one run. */
    public Trainer(Parts parts) {
        this.parts = parts;
        this.network = parts.network();
        this.objective = parts.objective();
        this.pipeline = parts.pipeline();
        this.kernels = network.kernels();
        this.train = parts.datasets().train();
        this.batchSize = parts.experiment().data().batchSize();
        this.epochs = parts.experiment().training().epochs();
        this.stepsPerEpoch = (train.size() + batchSize - 1) / batchSize;
        this.shuffle = RandomStream.of(parts.experiment().seed(), "shuffle");
        this.trainable =
                network.parameters().stream().filter(Parameter::trainable).toList();
    }

    /**
     * Run to the end.
     *
     * @throws RunException if the run diverges, a file cannot be written or a hook fails
     * @throws CheckException if a hook's check fails
     */
    public Outcome run() {
        try {
            LOG.log(
                    System.Logger.Level.INFO,
                    "{0}: {1} examples, batches of {2}, {3} epochs of {4} steps",
                    parts.name(),
                    String.valueOf(train.size()),
                    String.valueOf(batchSize),
                    String.valueOf(epochs),
                    String.valueOf(stepsPerEpoch));
            Run view = new View();
            for (HookSpec spec : parts.experiment().hooks()) {
                hooks.add(spec.create(view));
            }
            hooks.forEach(Hook::onRunStart);
            Hook.Ending ending = epochs();
            return finish(ending);
        } catch (RuntimeException | Error e) {
            fail(e);
            throw e;
        }
    }

    private Hook.Ending epochs() {
        for (int epoch = 0; epoch < epochs; epoch++) {
            long started = System.nanoTime();
            hooks.forEach(Hook::onEpochStart);
            Scores scores = new Scores("train", parts.metrics());
            order = orderOf(epoch);
            for (int from = 0; from < order.length; from += batchSize) {
                step(epoch, from, scores);
                for (int i = 0; i < hooks.size(); i++) { // without an iterator: a step allocates nothing
                    hooks.get(i).onStepEnd();
                }
                if (parts.interruption().requested()) {
                    return Hook.Ending.INTERRUPTED;
                }
                if (step >= parts.stepLimit()) {
                    stopReason = Optional.of("step limit");
                    break;
                }
            }
            requireFinite(epoch);
            Map<String, Double> metrics = new LinkedHashMap<>(scores.values());
            parts.datasets()
                    .validation()
                    .ifPresent(validation -> metrics.putAll(evaluate(validation).metrics()));
            history.record(metrics);
            parts.recorder().epoch(epoch, step, metrics, network.tensors(), System.nanoTime() - started);
            hooks.forEach(Hook::onEpochEnd);
            if (stopReason.isPresent()) {
                return Hook.Ending.STOPPED;
            }
            if (parts.interruption().requested()) {
                return Hook.Ending.INTERRUPTED;
            }
        }
        return Hook.Ending.COMPLETED;
    }

    private int[] orderOf(int epoch) {
        return parts.experiment().data().shuffle() ? shuffle.permutation(train.size(), epoch) : train.inOrder();
    }

    private void step(int epoch, int from, Scores scores) {
        batchRows = Math.min(batchSize, order.length - from);
        Matrix x = pipeline.inputs(train, order, from, batchRows);
        Matrix y = pipeline.targets(train, order, from, batchRows);
        pass.at(epoch, from);
        Matrix a = objective.forward(x, y, pass);
        loss = objective.meanCost();
        scores.add(a, y, objective.costs());
        objective.backward(y, pass);
        gradientNorm = gradientNorm();
        if (!Double.isFinite(loss) || !Double.isFinite(gradientNorm)) {
            throw diverged(epoch);
        }
        clip();
        learningRate = parts.experiment().optimizer().learningRate().rate(progress);
        if (!(learningRate >= 0) || Double.isInfinite(learningRate)) {
            throw new RunException("the learning rate of step " + step + " is " + Numbers.format(learningRate)
                    + ": a finite number of 0 or more is needed.");
        }
        parts.optimizer().update(step, learningRate);
        step++;
        parts.recorder().step(loss, gradientNorm);
    }

    private double gradientNorm() {
        double sum = 0;
        for (int i = 0; i < trainable.size(); i++) {
            sum += kernels.sumOfSquares(trainable.get(i).gradient());
        }
        return Math.sqrt(sum);
    }

    private void clip() {
        Optional<Double> limit = parts.experiment().training().clipNorm();
        if (limit.isPresent() && gradientNorm > limit.get()) {
            for (int i = 0; i < trainable.size(); i++) {
                kernels.scale(limit.get() / gradientNorm, trainable.get(i).gradient());
            }
        }
    }

    private RunException diverged(int epoch) {
        String where = firstNonFinite(true).or(() -> firstNonFinite(false)).orElseGet(this::steepest);
        return new RunException("the run diverged in epoch " + (epoch + 1) + ", step " + (step + 1) + ": the loss is "
                + shown(loss) + ", the gradient norm " + shown(gradientNorm) + "; " + where
                + ". A smaller learning rate, training.clip_norm or scaled inputs usually help.");
    }

    private void requireFinite(int epoch) {
        firstNonFinite(true).ifPresent(where -> {
            throw new RunException("the run diverged in epoch " + (epoch + 1) + ", step " + step + ": " + where
                    + ". A smaller learning rate, training.clip_norm or scaled inputs usually help.");
        });
    }

    private Optional<String> firstNonFinite(boolean values) {
        for (Parameter parameter : network.parameters()) {
            Matrix matrix = values ? parameter.value() : parameter.gradient();
            if (Double.isFinite(kernels.sumOfMagnitudes(matrix))) {
                continue;
            }
            for (int i = 0; i < matrix.rows(); i++) {
                for (int j = 0; j < matrix.columns(); j++) {
                    if (!Double.isFinite(matrix.get(i, j))) {
                        return Optional.of((values ? "" : "the gradient of ") + parameter.name() + "[" + i + ", " + j
                                + "] is " + shown(matrix.get(i, j)));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Name the largest gradient: where all are finite and only their squares or the cost are not. */
    private String steepest() {
        double largest = -1;
        String where = "there are no parameters";
        for (Parameter parameter : network.parameters()) {
            Matrix gradient = parameter.gradient();
            for (int i = 0; i < gradient.rows(); i++) {
                for (int j = 0; j < gradient.columns(); j++) {
                    if (Math.abs(gradient.get(i, j)) > largest) {
                        largest = Math.abs(gradient.get(i, j));
                        where = "largest is the gradient of " + parameter.name() + "[" + i + ", " + j + "], "
                                + Numbers.format(gradient.get(i, j));
                    }
                }
            }
        }
        return where;
    }

    private static String shown(double value) {
        return Double.isFinite(value) ? Numbers.format(value) : Double.isNaN(value) ? "not a number" : "infinite";
    }

    private Evaluator.Result evaluate(Dataset dataset) {
        return new Evaluator(network, objective, pipeline, parts.metrics()).evaluate(dataset);
    }

    private Outcome finish(Hook.Ending ending) {
        Optional<int[][]> confusion = Optional.empty();
        List<String> misses = List.of();
        if (ending != Hook.Ending.INTERRUPTED) {
            if (parts.datasets().test().isPresent()) {
                Evaluator.Result result = evaluate(parts.datasets().test().get());
                history.record(result.metrics());
                parts.recorder().metrics(progress.epoch(), step, result.metrics());
                confusion = result.confusion();
            }
            misses = misses();
        }
        model(new TreeMap<>()).write(parts.recorder().directory().model());
        while (toldOfEnd < hooks.size()) {
            hooks.get(toldOfEnd++).onRunEnd(ending);
        }
        Optional<String> reason = ending == Hook.Ending.INTERRUPTED ? Optional.of("interrupted") : stopReason;
        Map<String, Double> metrics = lastMetrics();
        parts.recorder().end(ending, reason.orElse(""), step, metrics, misses);
        LOG.log(System.Logger.Level.INFO, "{0} after step {1}: {2}", ending, String.valueOf(step), metrics);
        misses.forEach(miss -> LOG.log(System.Logger.Level.INFO, "missed: {0}", miss));
        return new Outcome(ending, reason, step, metrics, confusion, misses);
    }

    /** Tell the hooks and the record; what fails on the way is kept beside the cause, never put in its place. */
    private void fail(Throwable cause) {
        LOG.log(System.Logger.Level.INFO, "failed after step " + step, cause);
        while (toldOfEnd < hooks.size()) {
            try {
                hooks.get(toldOfEnd++).onRunEnd(Hook.Ending.FAILED);
            } catch (RuntimeException e) {
                cause.addSuppressed(e);
            }
        }
        try {
            String reason = cause.getMessage() == null ? "an error of the program" : cause.getMessage();
            parts.recorder().end(Hook.Ending.FAILED, reason, step, lastMetrics(), List.of());
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    private Map<String, Double> lastMetrics() {
        Map<String, Double> last = new LinkedHashMap<>();
        for (String metric : history.metrics()) {
            List<Double> values = history.values(metric);
            last.put(metric, values.get(values.size() - 1));
        }
        return last;
    }

    private List<String> misses() {
        List<String> misses = new ArrayList<>();
        parts.experiment().expect().forEach((metric, expectation) -> {
            List<Double> values = history.values(metric);
            if (values.isEmpty()) {
                misses.add(metric + ": was not measured");
            } else {
                expectation.miss(values).ifPresent(miss -> misses.add(metric + ": " + miss));
            }
        });
        return misses;
    }

    private ModelFile model(SortedMap<String, String> position) {
        return ModelFile.of(
                network,
                pipeline,
                train.encoding(),
                position.isEmpty()
                        ? Collections.emptySortedMap()
                        : parts.optimizer().state(),
                position);
    }

    /** Show where the run is. */
    private final class Place implements Progress {
        @Override
        public long step() {
            return step;
        }

        @Override
        public long stepsPerEpoch() {
            return stepsPerEpoch;
        }

        @Override
        public int epochs() {
            return epochs;
        }

        @Override
        public History history() {
            return history;
        }
    }

    /** Show hooks the run. */
    private final class View implements Run {
        @Override
        public String name() {
            return parts.name();
        }

        @Override
        public Path directory() {
            return parts.recorder().directory().path();
        }

        @Override
        public Progress progress() {
            return progress;
        }

        @Override
        public int examples() {
            return train.size();
        }

        @Override
        public int batchRows() {
            return batchRows;
        }

        @Override
        public double loss() {
            return loss;
        }

        @Override
        public double gradientNorm() {
            return gradientNorm;
        }

        @Override
        public double learningRate() {
            return learningRate;
        }

        @Override
        public List<Parameter> parameters() {
            return network.parameters();
        }

        @Override
        public Console console() {
            return parts.console();
        }

        @Override
        public Path saveCheckpoint(String name) {
            Path file = parts.recorder().checkpoints().resolve(name + ".safetensors");
            SortedMap<String, String> position = new TreeMap<>();
            position.put("epoch", String.valueOf(progress.epoch()));
            position.put("step", String.valueOf(step));
            model(position).write(file);
            return file;
        }

        @Override
        public GradientReport checkGradients(GradientReport.Options options) {
            GradientReport report = new GradientChecker(parts.experiment(), pipeline, train, System::nanoTime)
                    .check(network, orderOf(Math.min(progress.epoch(), epochs - 1)), options);
            parts.recorder().gradientCheck(report, step);
            return report;
        }

        @Override
        public void stop(String reason) {
            stopReason = Optional.of(reason);
        }
    }
}
