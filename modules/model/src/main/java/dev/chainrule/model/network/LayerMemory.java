package dev.chainrule.model.network;

import dev.chainrule.api.ActivationNode;
import dev.chainrule.api.Elementwise;
import dev.chainrule.api.Loss;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.layer.Stage;
import dev.chainrule.api.layer.Value;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.MemoryShortage;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * The bytes that layers take in the passes of a network, by {@link MemoryKind}.
 *
 * @param bytes of a number
 * @param state of the optimizer
 * @param losses by output of the network
 * @param recomputes whether training computes values twice
 */
record LayerMemory(
        NetworkMemory.Passes passes, int bytes, OptimizerState state, List<Loss> losses, boolean recomputes) {
    /** The number of no output. */
    static final int NONE = -1;

    /**
     * Add the bytes of a built layer.
     *
     * @param to modified
     */
    void add(Network network, Layer layer, Map<MemoryKind, Double> to) {
        Topology topology = network.topology();
        boolean learned = layer.values().stream().anyMatch(value -> topology.isLearned(value.id()));
        int head = head(layer, topology, network.outputs());
        to.merge(MemoryKind.PARAMETERS, parameters(layer), Double::sum);
        to.merge(MemoryKind.GRADIENTS, passes.shards() * parameters(layer) + ofUses(layer), Double::sum);
        to.merge(MemoryKind.VALUES, values(layer, topology::isShared), Double::sum);
        to.merge(MemoryKind.DELTAS, deltas(layer, learned, head, topology::isShared), Double::sum);
        if (network.outputs().contains(layer.output())) {
            to.merge(MemoryKind.VALUES, gatheredValues(layer), Double::sum);
            to.merge(MemoryKind.DELTAS, gatheredDeltas(layer), Double::sum);
        }
        to.merge(MemoryKind.KEPT, passes.networks() * buffers(layer) + kept(layer), Double::sum);
    }

    LayerMemory recomputing(boolean twice) {
        return new LayerMemory(passes, bytes, state, losses, twice);
    }

    LayerMemory averaging() {
        return new LayerMemory(passes, bytes, state.withAverages(), losses, recomputes);
    }

    boolean trains() {
        return passes.batch() > 0;
    }

    double parameters(Layer layer) {
        return (double) bytes * layer.size();
    }

    double ofState(Collection<Parameter> parameters) {
        return state.values(parameters) * bytes;
    }

    /**
     * Return the bytes of the inputs of shards and of parts.
     *
     * @param width of an example
     */
    double ofParts(int width) {
        double rows = (passes.shards() > 1 ? passes.batch() : 0) + (passes.atOnce() > 0 ? passes.rows() : 0);
        return rows * width * bytes;
    }

    /** Return the bytes of the outputs that a layer gathers from parts, and of the inputs of their activation. */
    double gatheredValues(Layer layer) {
        int values = layer.stages().size() > 1 && last(layer) instanceof ActivationNode ? 2 : 1;
        return (double) values * layer.output().shape().size() * passes.gathered() * bytes;
    }

    /** Return the bytes of the gradients of outputs that are handed out to parts. */
    double gatheredDeltas(Layer layer) {
        double rows = passes.atOnce() == 0 ? 0 : passes.batch();
        return rows * layer.output().shape().size() * bytes;
    }

    private static Stage last(Layer layer) {
        return layer.stages().get(layer.stages().size() - 1);
    }

    /** Return the bytes of the copy that a checkpoint takes: tensors and the optimizer's state. */
    double copy(Layer layer) {
        return trains() ? ofState(layer.parameters()) + buffers(layer) + parameters(layer) : 0;
    }

    /** Return the bytes of the gradients of parameters that belong to other layers. */
    private double ofUses(Layer layer) {
        return passes.networks()
                * layer.uses().stream()
                        .mapToDouble(use -> use.gradient().bytes())
                        .sum();
    }

    private static double buffers(Layer layer) {
        double sum = 0;
        for (Matrix buffer : layer.buffers()) {
            sum += buffer.bytes();
        }
        return sum;
    }

    /** Return the bytes that stages keep besides parameters and buffers: masks, patches, normalized values, tables of columns. */
    double kept(Layer layer) {
        double kept = 0;
        int share = passes.part(passes.share());
        for (Stage stage : layer.stages()) {
            kept += stage.kept(passes.part(passes.batch()), passes.part(passes.most()));
            kept += (passes.networks() - 1.0) * stage.kept(share, share);
        }
        return kept * bytes;
    }

    /**
     * Return the bytes of a layer's outputs, if each has a matrix of its own.
     *
     * @param shared recognises the values that have the matrices of their input
     */
    double values(Layer layer, IntPredicate shared) {
        return sharesMatrices() ? 0 : flowing(layer, passes.rows(), bytes, shared);
    }

    /**
     * Return the bytes of the gradients of a layer's outputs. A loss in one piece with the activation of the last stage omits that of
     * its output.
     *
     * @param learned whether its values depend on learned parameters
     * @param head the number of the output that it computes, if nothing else reads that
     */
    double deltas(Layer layer, boolean learned, int head, IntPredicate shared) {
        if (!learned || sharesMatrices()) {
            return 0;
        }
        return flowing(layer, passes.trained(), bytes, shared) - omitted(layer, head);
    }

    /** Return the number of the output that a layer computes, if nothing else reads that; negative if none. */
    private static int head(Layer layer, Topology topology, List<Value> outputs) {
        return topology.uses(layer.output().id()) == 1 ? outputs.indexOf(layer.output()) : NONE;
    }

    private double omitted(Layer layer, int head) {
        return layer.stages().size() > 1 && isFused(layer, head)
                ? (double) layer.output().shape().size() * passes.trained() * bytes
                : 0;
    }

    private boolean isFused(Layer layer, int head) {
        return last(layer) instanceof ActivationNode node
                && head >= 0
                && head < losses.size()
                && losses.get(head).fuse(node.activation()).isPresent();
    }

    /** Return the bytes of a layer's outputs for some rows. */
    static double flowing(Layer layer, int rows, int bytes, IntPredicate shared) {
        double values = 0;
        for (Value value : layer.values()) {
            values += shared.test(value.id()) ? 0 : value.shape().size();
        }
        return values * rows * bytes;
    }

    /**
     * Return the bytes of the memory that kernels take for a layer: for what a stage says, and of the matrix in which those on the
     * Vector API compute the exponentials of an activation.
     */
    double work(Layer layer) {
        double most = 0;
        for (Stage stage : layer.stages()) {
            most = Math.max(most, (double) stage.scratch(passes.part(passes.most())) * bytes);
            if (isCurved(stage)) {
                most = Math.max(most, (double) stage.output().size() * passes.rows() * bytes);
            }
        }
        return most;
    }

    /**
     * Return whether a stage applies a function of the program's own that is not straight on both sides of 0, as relu is. Functions of
     * plugins need no such matrix, and nothing of theirs is called before a run begins.
     */
    private static boolean isCurved(Stage stage) {
        return stage instanceof ActivationNode node
                && node.activation() instanceof Elementwise function
                && function.getClass().getClassLoader() == LayerMemory.class.getClassLoader()
                && (slope(function, -2) != slope(function, -1) || slope(function, 1) != slope(function, 2));
    }

    private static double slope(Elementwise function, double z) {
        return function.derivative(z, function.value(z));
    }

    /** Return the lack of memory of the stage that is running. */
    static MemoryShortage shortage(Network network, int rows, boolean training) {
        Layer layer = network.layerOf(network.graph().running());
        Topology topology = network.topology();
        int bytes = network.kernels().precision().bytes();
        int both = training ? 2 * bytes : bytes; // an output, and its gradient
        double own = flowing(layer, rows, both, topology::isShared);
        double all = (double) network.graph().sharedColumns() * rows * bytes;
        double copy = 0;
        for (Layer each : network.layers()) {
            all += network.graph().sharedColumns() > 0 ? 0 : flowing(each, rows, both, topology::isShared);
        }
        for (Matrix tensor : network.tensors().values()) {
            copy += tensor.bytes();
        }
        return new MemoryShortage("a batch of " + rows + " in " + layer.name(), own, Math.max(0, all - own) + copy);
    }

    /** Return the bytes of the matrices that values take in turn, if they do; else each has its own. */
    double sharedValues(Topology topology) {
        if (!sharesMatrices()) {
            return 0;
        }
        long columns = trains()
                ? new Recomputation(topology).valueColumns()
                : MatrixPool.forward(topology).columns();
        return (double) columns * passes.rows() * bytes;
    }

    /** Return the bytes of the matrices that gradients of values take in turn, if they do; else each has its own. */
    double sharedDeltas(Topology topology, List<Layer> layers, List<Value> outputs) {
        if (!recomputes) {
            return 0;
        }
        double sum = (double) new Recomputation(topology).deltaColumns() * passes.trained() * bytes;
        for (Layer layer : layers) {
            sum -= omitted(layer, head(layer, topology, outputs));
        }
        return sum;
    }

    /** Return whether values take matrices in turn. */
    boolean sharesMatrices() {
        return recomputes || !trains();
    }

    /** Return the bytes of the matrix that takes a gradient which is added to another. */
    double added(Network network) {
        Topology graph = network.topology();
        return network.layers().stream()
                .flatMap(layer -> layer.values().stream())
                .filter(value -> graph.isLearned(value.id()) && graph.uses(value.id()) > 1)
                .mapToDouble(value -> (double) value.shape().size() * passes.trained() * bytes)
                .max()
                .orElse(0);
    }
}
