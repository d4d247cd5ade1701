package dev.chainrule.app.command;

import dev.chainrule.api.layer.Stage;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.model.network.Layer;
import dev.chainrule.model.network.MemoryKind;
import dev.chainrule.model.network.Network;
import dev.chainrule.model.network.NetworkMemory;
import dev.chainrule.model.network.Recomputation;
import dev.chainrule.model.network.Topology;
import java.util.Map;

/**
 * The cost of training.
 *
 * @param memory that training takes
 * @param kept the same in bytes, by kind, if all activations are kept
 * @param recomputed the same, if some are computed again
 * @param parameters the number of learned values
 * @param forward additions and multiplications for one example, forward
 * @param training the same, forward and backward
 * @param again the same for the activations that are computed again
 */
record TrainingCost(
        NetworkMemory memory,
        Map<MemoryKind, Double> kept,
        Map<MemoryKind, Double> recomputed,
        long parameters,
        long forward,
        long training,
        long again,
        long examples,
        long stepsPerEpoch,
        int epochs) {
    /** Compute the cost for an assembled run. */
    static TrainingCost of(Assembly assembly, Experiment experiment) {
        Network network = assembly.network();
        int batch = experiment.data().batchSize().examples();
        long examples =
                experiment.data().examplesPerEpoch(assembly.datasets().train().size());
        NetworkMemory memory = assembly.memory();
        return new TrainingCost(
                memory,
                memory.recomputing(false).parts(network),
                memory.recomputing(true).parts(network),
                network.layers().stream().mapToLong(Layer::size).sum(),
                network.layers().stream().mapToLong(TrainingCost::forward).sum(),
                training(network),
                new Recomputation(network.topology()).flops(),
                examples,
                (examples + batch - 1L) / batch,
                experiment.training().epochs());
    }

    /** Return the number of updates in the whole run. */
    long steps() {
        return stepsPerEpoch * epochs;
    }

    /** Return one layer's additions and multiplications per example, forward. */
    static long forward(Layer layer) {
        return layer.stages().stream().mapToLong(Stage::flops).sum();
    }

    /**
     * Backward, a product is computed once for the weights' gradient and once for the input's, and everything else once. Nothing
     * goes back to values that do not depend on parameters.
     */
    private static long training(Network network) {
        Topology topology = network.topology();
        long sum = 0;
        for (int v = 1; v < topology.size(); v++) {
            boolean above = topology.isLearned(topology.input(v, 0));
            int backward = !topology.isLearned(v) ? 0 : topology.stage(v).isAffine() && above ? 2 : 1;
            sum += topology.stage(v).flops() * (1 + backward);
        }
        return sum;
    }
}
