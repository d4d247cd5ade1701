package dev.chainrule.app.command;

import dev.chainrule.api.Node;
import dev.chainrule.api.Parameter;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.engine.network.Network;

/**
 * Reckon what training costs.
 *
 * @param parameters learned values
 * @param memory of parameters, their gradients, and what flows between layers with its gradients, in bytes
 * @param optimizerState in bytes
 * @param forward additions and multiplications for one example, forward
 * @param training the same, forward and backward
 */
record Workload(
        int batch,
        int bytes,
        long parameters,
        long memory,
        long optimizerState,
        long forward,
        long training,
        long examples,
        long stepsPerEpoch,
        int epochs) {
    /** Reckon it for an assembled run. */
    static Workload of(Assembly assembly, Experiment experiment) {
        Network network = assembly.network();
        int batch = experiment.data().batchSize();
        int bytes = network.kernels().precision().bytes();
        long examples = assembly.datasets().train().size();
        long state = experiment
                .optimizer()
                .create(
                        network.parameters().stream()
                                .filter(Parameter::trainable)
                                .toList(),
                        network.kernels())
                .state()
                .values()
                .stream()
                .mapToLong(tensor -> (long) tensor.size() * bytes)
                .sum();
        return new Workload(
                batch,
                bytes,
                network.layers().stream().mapToLong(Network.Layer::size).sum(),
                network.layers().stream()
                        .mapToLong(layer -> memory(layer, batch, bytes))
                        .sum(),
                state,
                network.layers().stream().mapToLong(Workload::forward).sum(),
                training(network),
                examples,
                (examples + batch - 1) / batch,
                experiment.training().epochs());
    }

    /** Return the updates of the whole run. */
    long steps() {
        return stepsPerEpoch * epochs;
    }

    /** Return one layer's share of the memory. */
    long memory(Network.Layer layer) {
        return memory(layer, batch, bytes);
    }

    /** Return one layer's additions and multiplications for an example, forward. */
    static long forward(Network.Layer layer) {
        return layer.nodes().stream().mapToLong(Node::flops).sum();
    }

    /** Value and gradient of each parameter; output and its gradient of each node. */
    private static long memory(Network.Layer layer, int batch, int bytes) {
        long values = layer.nodes().stream()
                .mapToLong(node -> (long) node.output().size() * batch)
                .sum();
        return 2 * (layer.size() + values) * bytes;
    }

    /**
     * Backward, a product is done once for the weights' gradient and once for the input's, anything else once. Below the first
     * layer with parameters nothing is.
     */
    private static long training(Network network) {
        long sum = 0;
        boolean learned = false;
        for (Network.Layer layer : network.layers()) {
            boolean first = !learned && !layer.parameters().isEmpty();
            learned |= first;
            for (Node node : layer.nodes()) {
                int backward = !learned ? 0 : node.isAffine() && !first ? 2 : 1;
                sum += node.flops() * (1 + backward);
            }
        }
        return sum;
    }
}
