package dev.chainrule.app.command;

import dev.chainrule.api.layer.Stage;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.model.network.Layer;
import dev.chainrule.model.network.Network;
import dev.chainrule.model.network.NetworkMemory;
import dev.chainrule.model.network.Topology;

/**
 * The cost of training.
 *
 * @param reckoned the memory of training
 * @param parameters the number of learned values
 * @param all the memory of training, in bytes, with the program and the examples
 * @param layers the bytes of parameters, buffers, what flows between layers, gradients, and what nodes keep
 * @param inputs of the largest pass, and what kernels keep for the largest activation, in bytes
 * @param optimizerState in bytes
 * @param copy of tensors and state, that a checkpoint takes, in bytes
 * @param forward additions and multiplications for one example, forward
 * @param training the same, forward and backward
 */
record TrainingCost(
        NetworkMemory reckoned,
        long parameters,
        long all,
        long layers,
        long inputs,
        long optimizerState,
        long copy,
        long forward,
        long training,
        long examples,
        long stepsPerEpoch,
        int epochs) {
    /** Compute the cost for an assembled run. */
    static TrainingCost of(Assembly assembly, Experiment experiment) {
        Network network = assembly.network();
        int batch = experiment.data().batchSize();
        long examples = assembly.datasets().train().size();
        NetworkMemory memory = NetworkMemory.ofTraining(
                experiment.optimizer(),
                experiment.loss(),
                assembly.datasets().passes(experiment.data().batchSize()),
                network.kernels(),
                Double.POSITIVE_INFINITY);
        return new TrainingCost(
                memory,
                network.layers().stream().mapToLong(Layer::size).sum(),
                (long) memory.of(network),
                (long) network.layers().stream()
                        .mapToDouble(layer -> memory.of(network, layer))
                        .sum(),
                (long) (memory.ofInputs() + memory.ofWork(network)),
                (long) memory.ofState(network.parameters()),
                (long) memory.ofCopy(network),
                network.layers().stream().mapToLong(TrainingCost::forward).sum(),
                training(network),
                examples,
                (examples + batch - 1) / batch,
                experiment.training().epochs());
    }

    /** Return the number of updates in the whole run. */
    long steps() {
        return stepsPerEpoch * epochs;
    }

    /** Return one layer's share of the memory. */
    long memory(Network network, Layer layer) {
        return (long) reckoned.of(network, layer);
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
