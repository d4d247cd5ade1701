package dev.chainrule.engine.assembly;

import dev.chainrule.api.Loss;
import dev.chainrule.api.OptimizerSpec;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.training.Optimizer;
import dev.chainrule.api.value.Shape;
import dev.chainrule.engine.data.Dataset;
import dev.chainrule.engine.data.Datasets;
import dev.chainrule.engine.data.HeadParts;
import dev.chainrule.engine.data.NumberCheck;
import dev.chainrule.engine.data.Pipeline;
import dev.chainrule.engine.experiment.ConfigErrors;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.engine.experiment.Head;
import dev.chainrule.engine.experiment.Measure;
import dev.chainrule.engine.experiment.NamedMetric;
import dev.chainrule.engine.model.WarmStart;
import dev.chainrule.engine.objective.Objective;
import dev.chainrule.engine.objective.Term;
import dev.chainrule.engine.record.PluginFrame;
import dev.chainrule.math.Heap;
import dev.chainrule.math.Kernels;
import dev.chainrule.model.ConfigPaths;
import dev.chainrule.model.MemoryShortage;
import dev.chainrule.model.network.Network;
import dev.chainrule.model.network.NetworkMemory;
import java.util.ArrayList;
import java.util.Collections;
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
        List<Measure> metrics,
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
        requireInOutputs(experiment);
        List<Head> heads = experiment.heads();
        Pipeline pipeline =
                new Pipeline(experiment.data(), heads, datasets.train().encoding(), experiment.seed(), kernels);
        for (int h = 0; h < heads.size(); h++) {
            requireChoice(experiment, heads.get(h), pipeline.target(h));
        }
        List<Measure> metrics = Measure.of(experiment, metricsOf, pipeline::target);
        ConfigErrors errors = new ConfigErrors();
        Optional<Network> built = errors.make(
                () -> build(experiment, pipeline, kernels, datasets.memory(experiment, pipeline, kernels, available)));
        List<ClassNumbers> numbers = new ArrayList<>();
        for (Head head : heads) {
            numbers.add(ClassNumbers.of(experiment, head, datasets.train()));
        }
        if (built.isPresent()) {
            errors.check(() -> pipeline.requireFit(
                    built.get().outputs().get(0).shape().size(),
                    heads.get(0).output().loss()));
            checkOutputs(experiment, built.get(), pipeline, metrics, numbers, errors);
            new CalibrationCheck(experiment, built.get(), pipeline)
                    .check(datasets.validation().isPresent(), errors);
            new ShardCheck(
                            experiment,
                            experiment.data().examplesPerEpoch(datasets.train().size()))
                    .check(built.get(), errors);
            new CostCheck(experiment)
                    .check(
                            built.get(),
                            experiment.data().examplesPerEpoch(datasets.train().size()),
                            errors);
        }
        new MetricCatalog(datasets, metrics).check(experiment, errors);
        new HeldNumbers(experiment).check(errors);
        new PartsCheck(experiment).check(built, errors);
        List<Term> terms = errors.make(() -> terms(experiment, pipeline, datasets.train(), numbers.get(0)))
                .orElse(List.of());
        errors.throwIfAny();
        pipeline.fit(datasets.train());
        for (Dataset dataset : datasets.all()) {
            errors.check(() -> {
                checkInputs(dataset, pipeline);
                for (int h = 0; h < heads.size(); h++) {
                    checkTargets(h, heads.get(h), dataset, pipeline, numbers.get(h));
                }
            });
        }
        errors.throwIfAny();
        Network network = built.orElseThrow();
        new CalibrationCheck(experiment, network, pipeline).prepare();
        if (experiment.training().recompute()) {
            network.recompute();
        }
        experiment.training().rowsAtOnce().ifPresent(network::inParts);
        Objective objective = new Objective(
                network,
                terms,
                experiment.data().examplesPerEpoch(datasets.train().size()));
        return new Assembly(experiment, datasets, pipeline, network, objective, metrics, Optional.empty());
    }

    /** Return the memory that training takes, however much there is. */
    public NetworkMemory memory() {
        return datasets.memory(experiment, pipeline, network.kernels(), Double.POSITIVE_INFINITY);
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
            NetworkMemory memory = memory();
            throw new MemoryShortage("the optimizer's state", memory.ofState(trainable), memory.ofPasses(network))
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
        List<ClassNumbers> unknown = Collections.nCopies(pipeline.heads(), new ClassNumbers(Optional.empty()));
        checkOutputs(experiment, network, pipeline, List.of(), unknown, errors);
        errors.throwIfAny();
        new CalibrationCheck(experiment, network, pipeline).prepare();
        return network;
    }

    /** The keys of data about its target do not say which output they mean. */
    private static void requireInOutputs(Experiment experiment) {
        boolean reconstructs = experiment.data().reconstruct();
        if (!experiment.outputs().isEmpty()
                && (reconstructs || !experiment.data().targetTransforms().isEmpty())) {
            String key = reconstructs ? "reconstruct" : "target_transforms";
            throw new InputException(
                            key + " is given for the data, but the network has outputs", "Write it in an output.")
                    .atConfig("data." + key);
        }
    }

    /** With one class no width of the last layer is right, so no message about the network would help. */
    private static void requireChoice(Experiment experiment, Head head, Target target) {
        if (target.isClass() && target.names().size() == 1) {
            throw new InputException(
                            "the target has one class, '" + target.names().get(0) + "': nothing can be learned",
                            "Give examples of two classes or more, or another target.")
                    .atConfig(
                            head.source().isEmpty()
                                    ? ConfigPaths.firstGiven(
                                            "data.train", experiment.data().train(), "target", "labels")
                                    : head.path("target"));
        }
    }

    private static List<Term> terms(Experiment experiment, Pipeline pipeline, Dataset train, ClassNumbers numbers) {
        Target target = pipeline.target(0);
        try {
            return HeadParts.terms(experiment, pipeline, train);
        } catch (InputException mismatch) {
            throw target.isClass()
                    ? mismatch
                    : numbers.addTo(mismatch, target.names().size());
        }
    }

    private static Network build(Experiment experiment, Pipeline pipeline, Kernels kernels, NetworkMemory memory) {
        return Network.build(
                        experiment.model(),
                        HeadParts.layers(experiment),
                        pipeline.encoding(),
                        kernels,
                        experiment.seed(),
                        memory)
                .inShards(experiment.training().shards());
    }

    private static void checkOutputs(
            Experiment experiment,
            Network network,
            Pipeline pipeline,
            List<Measure> metrics,
            List<ClassNumbers> numbers,
            ConfigErrors errors) {
        for (int h = 0; h < pipeline.heads(); h++) {
            List<Measure> own = new ArrayList<>();
            for (Measure metric : metrics) {
                if (metric.head() == h) {
                    own.add(metric);
                }
            }
            checkOutput(experiment, h, network, pipeline.target(h), own, numbers.get(h), errors);
        }
    }

    /** A last layer of the wrong width is one mistake, though loss and metrics all report it. */
    private static void checkOutput(
            Experiment experiment,
            int number,
            Network network,
            Target target,
            List<Measure> metrics,
            ClassNumbers numbers,
            ConfigErrors errors) {
        Head head = experiment.heads().get(number);
        Shape output;
        try {
            output = new TargetShape(target).seen(network.outputs().get(number).shape());
        } catch (InputException e) {
            errors.add(e.atConfig(new LastLayer(network, number).path()));
            return;
        }
        boolean misshapen = false;
        for (int i = -1; i < metrics.size(); i++) {
            try {
                if (i < 0) {
                    head.output().loss().check(output, target);
                } else {
                    metrics.get(i).metric().check(output, target);
                }
            } catch (InputException mismatch) {
                InputException e = numbers.addTo(mismatch, output.size());
                boolean atLayer = e.configPath().equals(Optional.of(Loss.LAST_LAYER));
                if (atLayer && !misshapen) {
                    errors.add(new LastLayer(network, number).place(e, output));
                } else if (!atLayer) {
                    errors.add(
                            e.below(i < 0 ? head.path("loss") : metrics.get(i).path()));
                }
                misshapen |= atLayer;
            }
        }
    }

    private static void checkInputs(Dataset dataset, Pipeline pipeline) {
        try {
            new NumberCheck(pipeline).requireInputs(dataset);
        } catch (InputException e) {
            throw e.atConfig("data." + dataset.name());
        }
    }

    private static void checkTargets(int number, Head head, Dataset dataset, Pipeline pipeline, ClassNumbers numbers) {
        Loss loss = head.output().loss();
        Optional<TargetRange> found = TargetRange.of(number, dataset, pipeline);
        if (found.isEmpty()) {
            return;
        }
        TargetRange range = found.get();
        if (!Double.isFinite(range.least()) || !Double.isFinite(range.greatest())) {
            throw new NumberCheck(pipeline)
                    .targetBeyond(number, dataset)
                    .orElseThrow()
                    .atConfig("data." + dataset.name());
        }
        if (!loss.targets().contains(range.least()) || !loss.targets().contains(range.greatest())) {
            InputException mismatch = new InputException(
                            Network.kind(loss) + " expects " + loss.targets() + " as targets, but those of "
                                    + dataset.name() + " are " + range,
                            "Write loss: quadratic, which takes any numbers, or scale the targets to that range.")
                    .atConfig(head.path("loss"));
            throw numbers.addTo(mismatch, pipeline.target(number).width());
        }
    }
}
