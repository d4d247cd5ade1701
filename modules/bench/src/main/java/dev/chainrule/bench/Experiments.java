package dev.chainrule.bench;

import dev.chainrule.api.Activation;
import dev.chainrule.api.DataSourceSpec;
import dev.chainrule.api.HookSpec;
import dev.chainrule.api.NamedLayer;
import dev.chainrule.api.TransformSpec;
import dev.chainrule.bench.measure.Workload;
import dev.chainrule.builtin.data.mnist.MnistSource;
import dev.chainrule.builtin.digits.DigitsSource;
import dev.chainrule.config.Problems;
import dev.chainrule.config.bind.Binder;
import dev.chainrule.config.node.ConfigNode;
import dev.chainrule.config.node.ConfigReader;
import dev.chainrule.config.plugin.PluginLoader;
import dev.chainrule.engine.data.Datasets;
import dev.chainrule.engine.experiment.Data;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.engine.experiment.Report;
import dev.chainrule.engine.experiment.Training;
import dev.chainrule.model.layer.Dense;
import dev.chainrule.model.transform.Scale;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The experiments of the benchmarks: workloads' configs, reduced to the training of a round. */
final class Experiments {
    private Experiments() {}

    /** Read a config: one epoch of a round's examples, without test and validation data. */
    static Experiment read(Workload workload) {
        return read(workload.config(), workload.examples());
    }

    static Experiment read(Path config, int examples) {
        Problems problems = new Problems();
        Optional<ConfigNode> node = ConfigReader.read(config, problems);
        problems.throwIfErrors();
        Experiment whole = new Binder(new PluginLoader(Experiments.class.getClassLoader()).load(List.of()))
                .bind(node.orElseThrow(), Experiment.class)
                .value();
        DataSourceSpec train = whole.data().train();
        if (train instanceof MnistSource mnist) {
            train = new MnistSource(mnist.split(), mnist.directory(), mnist.fallback(), 0, Optional.of(examples));
        } else if (train instanceof DigitsSource digits) {
            train = new DigitsSource(digits.split(), Optional.of(examples), digits.seed());
        }
        Data data = new Data(
                train,
                Optional.empty(),
                Optional.empty(),
                whole.data().transforms(),
                whole.data().augmentation(),
                whole.data().targetTransforms(),
                whole.data().reconstruct(),
                whole.data().batchSize(),
                whole.data().shuffle());
        return with(whole, data, whole.model(), List.of());
    }

    /** Return the experiment with another number of epochs. */
    static Experiment lasting(int epochs, Experiment experiment) {
        return with(
                experiment,
                experiment.data(),
                experiment.model(),
                experiment.hooks(),
                new Training(
                        epochs,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        experiment.training().recompute(),
                        experiment.training().shards(),
                        experiment.training().rowsAtOnce(),
                        Optional.empty(),
                        Optional.empty()));
    }

    /** Open the data; MNIST is read from local files, never downloaded. */
    static Datasets datasets(Experiment experiment) {
        return Datasets.open(
                experiment.data(),
                experiment.seed(),
                new Datasets.Surroundings(Path.of(""), true, name -> Optional.ofNullable(System.getenv(name)), true)
                        .learning(experiment));
    }

    /** Return the experiment with only one hook. */
    static Experiment watchedBy(HookSpec hook, Experiment experiment) {
        return with(experiment, experiment.data(), experiment.model(), List.of(hook));
    }

    /** Return the experiment with other data. */
    static Experiment on(Data data, Experiment experiment) {
        return with(experiment, data, experiment.model(), experiment.hooks());
    }

    /** Return the experiment with bytes of images from −0.5 to 0.5 instead of from 0 to 1: a dark pixel is not zero. */
    static Experiment withoutZeros(Experiment experiment) {
        Data data = experiment.data();
        List<TransformSpec> transforms = data.transforms().stream()
                .map(transform ->
                        transform instanceof Scale scale ? new Scale(scale.by(), -0.5, Optional.empty()) : transform)
                .toList();
        return on(
                new Data(
                        data.train(),
                        data.test(),
                        data.validation(),
                        transforms,
                        data.augmentation(),
                        data.targetTransforms(),
                        data.reconstruct(),
                        data.batchSize(),
                        data.shuffle()),
                experiment);
    }

    /** Return the experiment with hidden layers of the same width as its first, one per activation. */
    static Experiment withHidden(List<Activation> activations, Experiment experiment) {
        List<NamedLayer> model = new ArrayList<>();
        Dense first = (Dense) experiment.model().get(0).spec();
        for (Activation activation : activations) {
            Dense layer = new Dense(
                    first.units(),
                    activation,
                    first.weights(),
                    first.biases(),
                    first.regularizer(),
                    first.trainable(),
                    first.useBias());
            model.add(new NamedLayer(Optional.empty(), layer));
        }
        model.add(experiment.model().get(experiment.model().size() - 1));
        return with(experiment, experiment.data(), model, List.of());
    }

    private static Experiment with(Experiment whole, Data data, List<NamedLayer> model, List<HookSpec> hooks) {
        return with(
                whole,
                data,
                model,
                hooks,
                new Training(
                        1,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        whole.training().recompute(),
                        whole.training().shards(),
                        whole.training().rowsAtOnce(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private static Experiment with(
            Experiment whole, Data data, List<NamedLayer> model, List<HookSpec> hooks, Training training) {
        return new Experiment(
                Experiment.VERSION,
                whole.name(),
                whole.seed(),
                whole.precision(),
                List.of(),
                data,
                model,
                whole.loss(),
                whole.outputs(),
                whole.optimizer(),
                whole.start(),
                training,
                whole.metrics(),
                hooks,
                Map.of(),
                new Report(true, Report.Examples.SHOWN),
                List.of());
    }
}
