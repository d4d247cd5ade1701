package dev.chainrule.bench.peer;

import dev.chainrule.bench.measure.Workload;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.model.network.Network;

/**
 * The training or the predictions that a peer has to do.
 *
 * @param network ours, with its initial parameters. Not modified.
 * @param batch the number of examples per step or prediction
 */
public record Task(
        Workload workload, Experiment experiment, Network network, Examples examples, int batch, int threads) {}
