package dev.chainrule.engine.training;

import dev.chainrule.api.error.RunException;
import dev.chainrule.engine.data.Datasets;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.model.network.Network;
import dev.chainrule.model.network.NetworkMemory;
import jakarta.inject.Inject;

/** A lack of memory during training in words: the required and the available amount, and the remedies. */
final class Shortage {
    private final Experiment experiment;
    private final Datasets datasets;
    private final Network network;

    @Inject
    Shortage(Experiment experiment, Datasets datasets, Network network) {
        this.experiment = experiment;
        this.datasets = datasets;
        this.network = network;
    }

    RunException failure(OutOfMemoryError e) {
        return NetworkMemory.shortage(
                        experiment.optimizer(),
                        experiment.loss(),
                        datasets.passes(experiment.data().batchSize()),
                        network)
                .failure(e);
    }
}
