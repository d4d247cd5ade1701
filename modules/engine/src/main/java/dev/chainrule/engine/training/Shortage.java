package dev.chainrule.engine.training;

import dev.chainrule.api.error.RunException;
import dev.chainrule.engine.data.Datasets;
import dev.chainrule.engine.data.Pipeline;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.model.network.Network;
import jakarta.inject.Inject;

/** A lack of memory during training in words: the required and the available amount, and the remedies. */
final class Shortage {
    private final Experiment experiment;
    private final Datasets datasets;
    private final Pipeline pipeline;
    private final Network network;

    @Inject
    Shortage(Experiment experiment, Datasets datasets, Pipeline pipeline, Network network) {
        this.experiment = experiment;
        this.datasets = datasets;
        this.pipeline = pipeline;
        this.network = network;
    }

    RunException failure(OutOfMemoryError e) {
        return datasets.memory(experiment, pipeline, network.kernels(), Double.POSITIVE_INFINITY)
                .shortage(network)
                .failure(e);
    }
}
