package dev.chainrule.engine.training;

import dev.chainrule.api.CheckException;
import dev.chainrule.api.Console;
import dev.chainrule.api.History;
import dev.chainrule.api.Hook;
import dev.chainrule.api.InputException;
import dev.chainrule.api.Optimizer;
import dev.chainrule.api.RunException;
import dev.chainrule.api.State;
import dev.chainrule.engine.data.Dataset;
import dev.chainrule.engine.data.Datasets;
import dev.chainrule.engine.data.ExampleOrder;
import dev.chainrule.engine.data.Pipeline;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.engine.experiment.NamedMetric;
import dev.chainrule.engine.network.Network;
import dev.chainrule.engine.network.NetworkMemory;
import dev.chainrule.engine.network.Objective;
import dev.chainrule.engine.record.Blame;
import dev.chainrule.engine.record.Checkpoint;
import dev.chainrule.engine.record.CheckpointSaver;
import dev.chainrule.engine.record.ModelFile;
import dev.chainrule.engine.record.ResumePoint;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.engine.record.RunExit;
import dev.chainrule.engine.record.RunJson;
import dev.chainrule.engine.record.RunResult;
import dev.chainrule.engine.record.RunStreams;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Train a network: the loop that {@link Hook} shows. */
public final class Trainer {
    private static final System.Logger LOG = System.getLogger(Trainer.class.getName());

    private final Parts parts;
    private final int batchSize;
    private final RunProgress progress;
    private final ExampleOrder order;
    private final Divergence divergence;
    private final TrainingStep step;
    private final Hooks hooks;
    private final CheckpointSaver saver;
    private final RunView view;
    /** Of the epoch that has begun. */
    private Scores scores;
    /** The model and its figures, once they are chosen. */
    private Optional<KeptModel> kept = Optional.empty();

    /** The state after the last step or epoch, once the run is ending. */
    private Optional<Checkpoint> last = Optional.empty();

    /**
     * Hand over what a run is made of.
     *
     * @param name of the run
     * @param metrics what is measured
     * @param identity what must be the same for the run to be gone on with; kept in every checkpoint
     * @param from where to go on; empty to begin
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
            List<NamedMetric> metrics,
            RunDirectory directory,
            RunJson json,
            RunStreams streams,
            Console console,
            Interruption interruption,
            State identity,
            Optional<ResumePoint> from,
            long stepLimit) {}

    /**
     * Report how a run ended.
     *
     * @param reason why it ended early; empty when completed
     * @param epoch whose end the model is, from 1; empty for a model between two epochs, or one that no epoch ended with
     * @param epochs recorded
     * @param metrics every metric of the model
     * @param baseline metrics of the best answer that is the same for every example; empty after an interruption
     * @param history of all epochs
     * @param confusion of the test examples, by true and predicted class, where there are classes
     * @param misses what was expected and not met, in words
     */
    public record Outcome(
            Hook.Ending ending,
            Optional<String> reason,
            long steps,
            OptionalInt epoch,
            int epochs,
            Map<String, Double> metrics,
            Map<String, Double> baseline,
            History history,
            Optional<int[][]> confusion,
            List<String> misses) {}

    /** Create a trainer for one run. */
    public Trainer(Parts parts) {
        this.parts = parts;
        Dataset train = parts.datasets().train();
        this.batchSize = parts.experiment().data().batchSize();
        this.progress = new RunProgress(
                (train.size() + batchSize - 1) / batchSize,
                parts.experiment().training().epochs());
        this.order = new ExampleOrder(parts.experiment(), train);
        this.divergence = new Divergence(parts.network());
        this.step = new TrainingStep(parts, progress, divergence);
        this.hooks = new Hooks();
        this.saver = new CheckpointSaver(parts.directory(), parts.streams());
        this.view = new RunView(parts, progress, hooks, saver, order);
    }

    /**
     * Load the examples, create the hooks and take up where the run is to go on. No file is changed yet.
     *
     * @throws InputException if a hook or the checkpoint does not fit, or the data are broken
     */
    public void prepare() {
        parts.datasets().load();
        hooks.create(parts.experiment().hooks(), view);
        parts.from().ifPresent(this::restore);
        progress.enter(Phase.BETWEEN_STEPS);
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
                    String.valueOf(parts.datasets().train().size()),
                    String.valueOf(batchSize),
                    String.valueOf(progress.epochs()),
                    String.valueOf(progress.stepsPerEpoch()));
            if (progress.phase() == Phase.PREPARING) {
                prepare();
            }
            if (parts.from().isPresent()) {
                parts.streams().truncateTo(parts.from().get().checkpoint());
                LOG.log(
                        System.Logger.Level.INFO,
                        "goes on from {0}: {1}",
                        parts.from().get().file(),
                        parts.from().get().checkpoint().place());
            } else {
                parts.streams().truncate();
            }
            hooks.runStart();
            saver.serve(this::state);
            hooks.tellRest();
            saver.serve(this::state);
            return finish(epochs());
        } catch (OutOfMemoryError e) {
            parts.json().releaseReserve();
            RunException named = NetworkMemory.shortage(
                            parts.experiment(), parts.datasets().train().size(), parts.network())
                    .failure(e);
            fail(named);
            throw named;
        } catch (Throwable e) { // whatever a plugin throws, the record says how the run ended
            fail(e);
            throw e;
        }
    }

    private Hook.Ending epochs() {
        while (progress.recordedEpochs() < progress.epochs()) {
            if (progress.stopReason().isPresent() && !progress.isEpochBegun() && progress.recordedEpochs() > 0) {
                return Hook.Ending.STOPPED; // a run is gone on with that was to end here
            }
            if (!epoch(progress.recordedEpochs())) {
                return Hook.Ending.INTERRUPTED;
            }
            if (progress.stopReason().isPresent()) {
                return Hook.Ending.STOPPED;
            }
            if (parts.interruption().requested()) {
                return Hook.Ending.INTERRUPTED;
            }
        }
        return progress.stopReason().isPresent() ? Hook.Ending.STOPPED : Hook.Ending.COMPLETED;
    }

    /** Train an epoch, or the rest of one; return false when interrupted on the way. */
    private boolean epoch(int epoch) {
        long started = System.nanoTime();
        if (!progress.isEpochBegun()) {
            scores = new Scores(
                    "train", parts.metrics(), parts.pipeline().encoding().target());
            progress.beginEpoch();
            hooks.tell(Hooks.Event.EPOCH_START);
            saver.serve(this::state);
        }
        if (!steps(epoch)) {
            return false;
        }
        divergence.check(epoch, progress.step());
        Map<String, Double> metrics = new LinkedHashMap<>(scores.values());
        parts.datasets()
                .validation()
                .ifPresent(validation -> metrics.putAll(evaluate(validation).metrics()));
        progress.enter(Phase.RECORDING);
        progress.record(metrics);
        parts.streams().epoch(epoch, progress.step(), metrics, parts.network().tensors(), System.nanoTime() - started);
        progress.endEpoch();
        progress.enter(Phase.BETWEEN_STEPS);
        hooks.tell(Hooks.Event.EPOCH_END);
        saver.serve(this::state);
        return true;
    }

    private boolean steps(int epoch) {
        int[] examples = order.of(epoch);
        Supplier<Checkpoint> state = this::state;
        for (int from = (int) progress.batch() * batchSize; from < examples.length; from += batchSize) {
            step.take(epoch, examples, from, Math.min(batchSize, examples.length - from), scores);
            progress.enter(Phase.RECORDING);
            parts.streams().step(progress.last().loss(), progress.last().gradientNorm());
            progress.enter(Phase.BETWEEN_STEPS);
            hooks.tell(Hooks.Event.STEP_END);
            saver.serve(state);
            if (parts.interruption().requested()) {
                return false;
            }
            if (progress.step() >= parts.stepLimit()) {
                progress.stop("step limit");
                break;
            }
        }
        return true;
    }

    private Evaluator.Result evaluate(Dataset dataset) {
        return evaluator().evaluate(dataset);
    }

    private Evaluator evaluator() {
        return new Evaluator(parts.network(), parts.objective(), parts.pipeline(), parts.metrics());
    }

    private Outcome finish(Hook.Ending ending) {
        saver.await();
        last = Optional.of(lastState(ending));
        progress.enter(Phase.ENDING);
        view.finish(ending)
                .forEach((name, tensor) -> parts.network().tensors().get(name).copyFrom(tensor));
        KeptModel model = view.finish(ending).isEmpty()
                ? KeptModel.last(progress)
                : KeptModel.chosen(parts, progress, evaluator());
        kept = Optional.of(model);
        Optional<int[][]> confusion = Optional.empty();
        List<String> misses = List.of();
        Map<String, Double> baseline = Map.of();
        if (ending != Hook.Ending.INTERRUPTED) {
            if (parts.datasets().test().isPresent()) {
                Evaluator.Result result = evaluate(parts.datasets().test().get());
                progress.record(result.metrics());
                parts.streams().metrics(progress.epoch(), progress.step(), result.metrics());
                model.metrics().putAll(result.metrics());
                confusion = result.confusion();
            }
            misses = misses(model.metrics());
            baseline = Baseline.of(parts);
        }
        ModelFile.of(parts.network(), parts.pipeline(), parts.datasets().train().encoding())
                .write(parts.directory().model());
        hooks.runEnd(ending);
        if (ending == Hook.Ending.INTERRUPTED) {
            saver.request(RunDirectory.INTERRUPTED, file -> {});
        }
        saver.finish(last::orElseThrow);
        if (ending != Hook.Ending.INTERRUPTED) {
            parts.directory().deleteEmergencies();
        }
        Optional<String> reason =
                ending == Hook.Ending.INTERRUPTED ? Optional.of("interrupted") : progress.stopReason();
        int exit = ending == Hook.Ending.INTERRUPTED
                ? RunExit.ofSignal(parts.interruption().signal())
                : misses.isEmpty() ? RunExit.DONE : RunExit.EXPECTATION;
        parts.json()
                .end(
                        ending,
                        exit,
                        new RunResult(
                                reason.orElse(""),
                                progress.step(),
                                model.epoch(),
                                model.metrics(),
                                baseline,
                                misses,
                                ending == Hook.Ending.INTERRUPTED
                                        ? Optional.of(Blame.of(Blame.Who.USER, "interrupted"))
                                        : Optional.empty()));
        LOG.log(
                System.Logger.Level.INFO,
                "{0} after step {1}: {2}",
                ending,
                String.valueOf(progress.step()),
                model.metrics());
        misses.forEach(miss -> LOG.log(System.Logger.Level.INFO, "missed: {0}", miss));
        return new Outcome(
                ending,
                reason,
                progress.step(),
                model.epoch(),
                progress.recordedEpochs(),
                model.metrics(),
                baseline,
                progress.history(),
                confusion,
                misses);
    }

    /** Tell the hooks and the record; what fails on the way is kept beside the cause, never put in its place. */
    private void fail(Throwable cause) {
        parts.json().releaseReserve();
        attempt(cause, () -> LOG.log(System.Logger.Level.INFO, "failed after step " + progress.step(), cause));
        attempt(cause, () -> {
            saver.dismiss();
            boolean whole = progress.step() > 0 && progress.phase().allowsCheckpoint() && divergence.isNone();
            if (last.isEmpty() && whole) {
                last = Optional.of(lastState(Hook.Ending.FAILED));
            }
            hooks.runFailed(cause::addSuppressed);
            saver.dismiss();
            if (last.isPresent()) {
                saver.request(RunDirectory.FAILED, file -> {});
            }
            saver.finish(last::orElseThrow);
        });
        attempt(cause, () -> {
            Blame blame = parts.json().blame(cause);
            KeptModel reached = kept.orElseGet(() -> KeptModel.last(progress));
            parts.json()
                    .end(
                            Hook.Ending.FAILED,
                            RunExit.of(cause),
                            new RunResult(
                                    blame.reason(),
                                    progress.step(),
                                    kept.map(KeptModel::epoch).orElse(OptionalInt.empty()),
                                    reached.metrics(),
                                    Map.of(),
                                    List.of(),
                                    Optional.of(blame)));
        });
    }

    private static void attempt(Throwable cause, Runnable action) {
        try {
            action.run();
        } catch (Throwable e) { // such as no memory for a checkpoint: the record is written all the same
            cause.addSuppressed(e);
        }
    }

    /** Return what a run that goes on from here needs. Its matrices are those that training changes. */
    private Checkpoint state() {
        SortedMap<String, State> sections = new TreeMap<>();
        State where = new State();
        progress.save(where);
        hooks.saveEvent(where);
        sections.put(Checkpoint.POSITION, where);
        State history = new State();
        progress.saveMetrics(history);
        sections.put(Checkpoint.HISTORY, history);
        State slots = new State();
        parts.optimizer().state().forEach(slots::put);
        sections.put(Checkpoint.OPTIMIZER, slots);
        if (progress.isEpochBegun()) {
            scores.save(sections);
        }
        hooks.save(sections);
        sections.put(Checkpoint.FILES, parts.streams().state());
        sections.put(Checkpoint.IDENTITY, parts.identity());
        return new Checkpoint(
                ModelFile.tensors(parts.network(), parts.pipeline()),
                parts.datasets().train().encoding(),
                sections);
    }

    /** Return the state as it is now; where the model is to be another one, with copies of its tensors. */
    private Checkpoint lastState(Hook.Ending ending) {
        Checkpoint state = state();
        if (!view.finish(ending).isEmpty()) {
            parts.network().tensors().forEach((name, tensor) -> state.tensors().put(name, tensor.copy()));
        }
        return state;
    }

    private void restore(ResumePoint origin) {
        Checkpoint from = origin.checkpoint();
        ModelFile.restore(
                ModelFile.tensors(parts.network(), parts.pipeline()), from.tensors(), "the network", origin.file());
        ModelFile.restore(
                parts.optimizer().state(),
                from.section(Checkpoint.OPTIMIZER).matrices(),
                "the optimizer",
                origin.file());
        progress.restore(from.section(Checkpoint.POSITION));
        progress.restoreMetrics(from.section(Checkpoint.HISTORY));
        scores =
                new Scores("train", parts.metrics(), parts.pipeline().encoding().target());
        if (progress.isEpochBegun()) {
            scores.restore(from);
        }
        hooks.restore(from);
        parts.streams().require(origin);
        if (origin.changed()) {
            progress.withdrawStop();
        }
    }

    /** Judge the model that is kept. */
    private List<String> misses(Map<String, Double> kept) {
        List<String> misses = new ArrayList<>();
        parts.experiment().expect().forEach((metric, expectation) -> {
            if (kept.containsKey(metric)) {
                expectation
                        .miss(kept.get(metric), progress.history().values(metric))
                        .ifPresent(miss -> misses.add(metric + ": " + miss));
            } else {
                misses.add(metric + ": was not measured");
            }
        });
        return misses;
    }
}
