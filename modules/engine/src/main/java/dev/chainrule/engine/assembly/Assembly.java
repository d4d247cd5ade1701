package dev.chainrule.engine.assembly;

import dev.chainrule.api.Loss;
import dev.chainrule.api.OptimizerSpec;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.training.Optimizer;
import dev.chainrule.engine.data.ClassWeighting;
import dev.chainrule.engine.data.Dataset;
import dev.chainrule.engine.data.Datasets;
import dev.chainrule.engine.data.Pipeline;
import dev.chainrule.engine.experiment.ConfigErrors;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.engine.experiment.NamedMetric;
import dev.chainrule.engine.model.WarmStart;
import dev.chainrule.engine.objective.ClassWeights;
import dev.chainrule.engine.objective.Objective;
import dev.chainrule.engine.record.PluginFrame;
import dev.chainrule.math.Heap;
import dev.chainrule.math.Kernels;
import dev.chainrule.model.ConfigPaths;
import dev.chainrule.model.MemoryShortage;
import dev.chainrule.model.network.Network;
import dev.chainrule.model.network.NetworkMemory;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The parts of a run, put together and checked to fit: everything that can be wrong with a config after its values are valid. */
public record Assembly(
        Experiment experiment,
        Datasets datasets,
        Pipeline pipeline,
        Network network,
        Objective objective,
        List<NamedMetric> metrics,
        Optional<WarmStart> start) {
    /**
     * Assemble a run; transforms are fitted to the training examples.
     *
     * @param metricsOf the metrics for a target: the config's, or the defaults if it lists none
     * @throws InputException if parts do not fit; it represents all {@link ConfigErrors}
     */
    public static Assembly of(
            Experiment experiment, Datasets datasets, Function<Target, List<NamedMetric>> metricsOf, Kernels kernels) {
        long available = Heap.size();
        InputMemory.of(experiment, datasets.train(), available)
                .require(datasets.train().encoding());
        Pipeline pipeline = new Pipeline(experiment.data(), datasets.train().encoding(), kernels);
        Target target = pipeline.encoding().target();
        requireChoice(experiment, target);
        List<NamedMetric> metrics = metricsOf.apply(target);
        ConfigErrors errors = new ConfigErrors();
        Optional<Network> built = errors.make(() -> build(
                experiment,
                pipeline,
                kernels,
                NetworkMemory.ofTraining(
                        experiment.optimizer(),
                        experiment.loss(),
                        datasets.passes(experiment.data().batchSize()),
                        kernels,
                        available)));
        ClassNumbers numbers = ClassNumbers.of(experiment, datasets.train());
        built.ifPresent(network -> checkOutput(experiment, network, target, metrics, numbers, errors));
        new MetricCatalog(datasets, metrics).check(experiment, errors);
        new HeldNumbers(experiment).check(errors);
        ClassWeights weights = errors.make(() -> classWeights(experiment, target, datasets.train(), numbers))
                .orElse(ClassWeights.NONE);
        errors.throwIfAny();
        pipeline.fit(datasets.train());
        datasets.all()
                .forEach(dataset -> errors.check(() -> {
                    checkInputs(dataset, pipeline);
                    checkTargets(experiment.loss(), dataset, pipeline, numbers);
                }));
        errors.throwIfAny();
        Network network = built.orElseThrow();
        Objective objective =
                new Objective(network, experiment.loss(), datasets.train().size(), weights);
        return new Assembly(experiment, datasets, pipeline, network, objective, metrics, Optional.empty());
    }

    /**
     * Create the optimizer of the trainable parameters.
     *
     * @throws InputException if there is not enough memory for it
     */
    public Optimizer optimizer() {
        List<Parameter> trainable =
                network.parameters().stream().filter(Parameter::trainable).toList();
        OptimizerSpec spec = experiment.optimizer();
        try {
            return RatedOptimizer.of(spec, trainable, network.kernels());
        } catch (OutOfMemoryError e) {
            if (PluginFrame.of(e).isPresent()) {
                throw e;
            }
            NetworkMemory memory = NetworkMemory.ofTraining(
                    experiment.optimizer(),
                    experiment.loss(),
                    datasets.passes(experiment.data().batchSize()),
                    network.kernels(),
                    Double.POSITIVE_INFINITY);
            throw new MemoryShortage(
                            "the optimizer's state",
                            memory.ofState(trainable),
                            memory.ofPasses(network) + memory.ofCopy(network))
                    .problem(e)
                    .atConfig("optimizer");
        }
    }

    /** Apply a warm start; return the same assembly with it. */
    public Assembly startingFrom(WarmStart learned) {
        learned.apply(network, pipeline);
        return new Assembly(experiment, datasets, pipeline, network, objective, metrics, Optional.of(learned));
    }

    /**
     * Build the network of an experiment, to be used and not trained, and check the loss against it.
     *
     * @throws InputException if parts do not fit
     */
    public static Network network(Experiment experiment, Pipeline pipeline, Kernels kernels) {
        Network network = build(experiment, pipeline, kernels, NetworkMemory.ofUse(kernels, Heap.size()))
                .forwardOnly();
        ConfigErrors errors = new ConfigErrors();
        ClassNumbers unknown = new ClassNumbers(Optional.empty());
        checkOutput(experiment, network, pipeline.encoding().target(), List.of(), unknown, errors);
        errors.throwIfAny();
        return network;
    }

    /** With one class no width of the last layer is right, so no message about the network would help. */
    private static void requireChoice(Experiment experiment, Target target) {
        if (target.isClass() && target.names().size() == 1) {
            throw new InputException(
                            "the target has one class, '" + target.names().get(0) + "': nothing can be learned",
                            "Give examples of two classes or more, or another target.")
                    .atConfig(ConfigPaths.firstGiven(
                            "data.train", experiment.data().train(), "target", "labels"));
        }
    }

    private static ClassWeights classWeights(
            Experiment experiment, Target target, Dataset train, ClassNumbers numbers) {
        try {
            return ClassWeighting.of(experiment, target, train);
        } catch (InputException mismatch) {
            throw target.isClass()
                    ? mismatch
                    : numbers.addTo(mismatch, target.names().size());
        }
    }

    private static Network build(Experiment experiment, Pipeline pipeline, Kernels kernels, NetworkMemory memory) {
        return Network.build(experiment.model(), pipeline.encoding(), kernels, experiment.seed(), memory);
    }

    /** A last layer of the wrong width is one mistake, though loss and metrics all report it. */
    private static void checkOutput(
            Experiment experiment,
            Network network,
            Target target,
            List<NamedMetric> metrics,
            ClassNumbers numbers,
            ConfigErrors errors) {
        boolean misshapen = false;
        for (int i = -1; i < metrics.size(); i++) {
            try {
                if (i < 0) {
                    experiment.loss().check(network.output(), target);
                } else {
                    metrics.get(i).metric().check(network.output(), target);
                }
            } catch (InputException mismatch) {
                InputException e = numbers.addTo(mismatch, network.output().size());
                boolean atLayer = e.configPath().equals(Optional.of(Loss.LAST_LAYER));
                if (atLayer && !misshapen) {
                    errors.add(new LastLayer(network).place(e));
                } else if (!atLayer) {
                    errors.add(e.below(i < 0 ? "loss" : "metrics[" + i + "]"));
                }
                misshapen |= atLayer;
            }
        }
    }

    private static void checkInputs(Dataset dataset, Pipeline pipeline) {
        try {
            pipeline.check(dataset);
        } catch (InputException e) {
            throw e.atConfig("data." + dataset.name());
        }
    }

    private static void checkTargets(Loss loss, Dataset dataset, Pipeline pipeline, ClassNumbers numbers) {
        TargetRange.of(dataset, pipeline).ifPresent(range -> {
            if (!Double.isFinite(range.least()) || !Double.isFinite(range.greatest())) {
                throw pipeline.targetBeyond(dataset).orElseThrow().atConfig("data." + dataset.name());
            }
            if (!loss.targets().contains(range.least()) || !loss.targets().contains(range.greatest())) {
                InputException mismatch = new InputException(
                                Network.kind(loss) + " expects " + loss.targets() + " as targets, but those of "
                                        + dataset.name() + " are " + range,
                                "Write loss: quadratic, which takes any numbers, or scale the targets to that range.")
                        .atConfig("loss");
                throw numbers.addTo(mismatch, dataset.encoding().target().width());
            }
        });
    }
}
