package dev.chainrule.engine;

import dev.chainrule.api.InputException;
import dev.chainrule.api.Metric;
import dev.chainrule.api.Target;
import dev.chainrule.math.Kernels;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * Put the parts of a run together and check that they fit: everything that can be wrong with a config once its values are
 * right.
 */
public record Assembly(
        Experiment experiment,
        Datasets datasets,
        Pipeline pipeline,
        Network network,
        Objective objective,
        List<Metric> metrics) {
    /**
     * Assemble a run; transforms are fitted to the training examples.
     *
     * @param metricsOf what is measured with a target: the config's, or the defaults where it names none
     * @throws InputException where parts do not fit
     */
    public static Assembly of(
            Experiment experiment, Datasets datasets, Function<Target, List<Metric>> metricsOf, Kernels kernels) {
        Pipeline pipeline =
                new Pipeline(experiment.data().transforms(), datasets.train().encoding(), kernels);
        Network network = network(experiment, pipeline, kernels);
        List<Metric> metrics = metricsOf.apply(pipeline.encoding().target());
        Scores.check(metrics, network.output(), pipeline.encoding().target());
        checkExpectations(experiment, datasets, metrics);
        checkHooks(experiment, datasets, metrics);
        pipeline.fit(datasets.train());
        Objective objective =
                new Objective(network, experiment.loss(), datasets.train().size());
        return new Assembly(experiment, datasets, pipeline, network, objective, metrics);
    }

    /**
     * Build the network of an experiment and check the loss against it.
     *
     * @throws InputException where parts do not fit
     */
    public static Network network(Experiment experiment, Pipeline pipeline, Kernels kernels) {
        Network network = Network.build(experiment.model(), pipeline.encoding().shape(), kernels, experiment.seed());
        try {
            experiment.loss().check(network.output(), pipeline.encoding().target());
        } catch (InputException e) {
            throw e.below("loss");
        }
        return network;
    }

    private static void checkExpectations(Experiment experiment, Datasets datasets, List<Metric> metrics) {
        Set<String> known = new LinkedHashSet<>();
        datasets.all()
                .forEach(dataset -> metrics.forEach(metric -> known.add(dataset.name() + "." + Network.kind(metric))));
        experiment.expect().keySet().forEach(name -> {
            if (!known.contains(name)) {
                throw new InputException(
                                "nothing measures '" + name + "'",
                                "Measured: " + String.join(", ", known) + ".",
                                "metrics: adds to what is measured, data.validation and data.test add where.")
                        .atConfig("expect." + name);
            }
        });
    }

    private static void checkHooks(Experiment experiment, Datasets datasets, List<Metric> metrics) {
        SortedMap<String, Metric> recorded = Scores.recorded(datasets, metrics);
        for (int i = 0; i < experiment.hooks().size(); i++) {
            try {
                experiment.hooks().get(i).check(recorded);
            } catch (InputException e) {
                throw e.below("hooks[" + i + "]");
            }
        }
    }
}
