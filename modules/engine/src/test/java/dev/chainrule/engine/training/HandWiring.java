package dev.chainrule.engine.training;

import dev.chainrule.api.training.Console;
import dev.chainrule.api.training.Optimizer;
import dev.chainrule.api.training.State;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.data.Datasets;
import dev.chainrule.engine.data.Pipeline;
import dev.chainrule.engine.evaluation.Baseline;
import dev.chainrule.engine.evaluation.Calibrator;
import dev.chainrule.engine.evaluation.Evaluator;
import dev.chainrule.engine.evaluation.Measurements;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.engine.experiment.Measure;
import dev.chainrule.engine.record.Blame;
import dev.chainrule.engine.record.CheckpointSaver;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.engine.record.RunJson;
import dev.chainrule.engine.record.RunStreams;
import dev.chainrule.engine.record.TextFilter;
import dev.chainrule.engine.training.step.Divergence;
import dev.chainrule.engine.training.step.EpochScores;
import dev.chainrule.engine.training.step.ParameterAverages;
import dev.chainrule.engine.training.step.ParameterUpdate;
import dev.chainrule.engine.training.step.RunProgress;
import dev.chainrule.engine.training.step.TrainingBatches;
import dev.chainrule.engine.training.step.TrainingStep;
import dev.chainrule.model.network.Network;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** A run whose parts are put together without a container, for tests of the engine alone. */
final class HandWiring {
    private HandWiring() {}

    /** Return a run with a record, not prepared. */
    static TrainingRun run(
            String name,
            Assembly assembly,
            Optimizer optimizer,
            RunDirectory directory,
            Clock clock,
            Console console,
            Interruption interruption) {
        Experiment experiment = assembly.experiment();
        Datasets datasets = assembly.datasets();
        Pipeline pipeline = assembly.pipeline();
        Network network = assembly.network();
        List<Measure> metrics = assembly.metrics();

        RunPlan plan = new RunPlan(name, Map.of(), new State(), Long.MAX_VALUE);
        RunStreams streams = new RunStreams(directory, TextFilter.NONE);
        RunJson json = new RunJson(directory, streams, clock, TextFilter.NONE, Blame::of);
        json.start("", "", Map.of(), Map.of());

        RunProgress progress = new RunProgress(experiment, datasets);
        EpochScores scores = new EpochScores(metrics, pipeline);
        Divergence divergence = new Divergence(network);
        TrainingBatches batches = new TrainingBatches(experiment, datasets, pipeline, progress);
        ParameterAverages averages = new ParameterAverages(experiment, network);
        ParameterUpdate update = new ParameterUpdate(
                optimizer, experiment.optimizer().learningRate(), experiment, network, averages, progress);
        TrainingStep step = new TrainingStep(batches, assembly.objective(), scores, divergence, update, progress);

        Evaluator evaluator = new Evaluator(network, assembly.objective(), pipeline, metrics);
        Measurements measurements = new Measurements(datasets, metrics, evaluator);
        Baseline baseline = new Baseline(experiment, datasets, pipeline, network, metrics);

        Hooks hooks = new Hooks(experiment);
        LearnedTensors tensors = new LearnedTensors(network, pipeline, datasets, optimizer, averages);
        RunState state = new RunState(tensors, progress, scores, hooks, streams, plan);
        CheckpointSaver saver = new CheckpointSaver(directory, streams);
        HookEvents events = new HookEvents(hooks, saver, state, directory);
        FinalModel model = new FinalModel(tensors, measurements, directory, progress);
        GradientChecks checks = new GradientChecks(experiment, pipeline, datasets, network, progress, streams);
        RunView view = new RunView(
                plan,
                progress,
                measurements,
                new NetworkView(network, assembly.objective(), hooks, checks, averages),
                new HookOutput(directory, streams, saver, model),
                console);

        ProgressRecorder recorder = new ProgressRecorder(scores, measurements, divergence, averages, progress, streams);
        FinalEvaluation evaluation = new FinalEvaluation(
                new Calibrator(experiment, datasets, pipeline, evaluator),
                measurements,
                baseline,
                experiment,
                progress,
                streams);
        Shortage shortage = new Shortage(experiment, datasets, pipeline, network);
        RunStart start = new RunStart(datasets, batches, hooks, view, state, streams);
        return new TrainingRun(
                start,
                new Resume(start, json),
                new Trainer(step, recorder, events, progress, interruption, plan),
                new Finish(model, evaluation, events, json, progress, interruption),
                new Failure(events, model, progress, divergence, json, shortage));
    }
}
