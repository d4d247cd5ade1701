package dev.chainrule.bench.peer;

import dev.chainrule.bench.measure.Workload;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.model.network.Network;

/**
 * The training that a peer has to do.
 *
 * @param network ours, with its initial parameters. Not modified.
 */
public record Task(Workload workload, Experiment experiment, Network network, Examples examples, int threads) {}
