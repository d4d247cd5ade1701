package dev.chainrule.engine.network;

import dev.chainrule.api.Parameter;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.layer.Node;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.engine.experiment.MemoryShortage;
import dev.chainrule.math.Heap;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Numbers;
import java.util.Collection;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The memory that the training of a network takes: value and gradient of each parameter, the optimizer's state, and for the
 * examples of a batch the output of each node with its gradient. The sum grows while a network is built; an allocation that
 * would not fit is refused in advance.
 *
 * <p>All amounts are of type double, which cannot overflow: they matter most if a size in a config is absurd.
 */
public final class NetworkMemory {
    /** A matrix and its gradient. */
    private static final int BOTH = 2;

    private final int rows;
    private final int bytes;
    private final OptimizerState state;
    private final double available;
    private double sum;
    /** The bytes that training allocates when the network is built: the rest of the sum, and a copy to be saved. */
    private double later;

    private NetworkMemory(int rows, int bytes, OptimizerState state, double available) {
        this.rows = rows;
        this.bytes = bytes;
        this.state = state;
        this.available = available;
    }

    /**
     * Return the memory of training.
     *
     * @param examples of the training data: no batch has more
     * @param available bytes in the program
     */
    public static NetworkMemory ofTraining(Experiment experiment, int examples, Kernels kernels, double available) {
        return new NetworkMemory(
                Math.min(experiment.data().batchSize(), examples),
                kernels.precision().bytes(),
                OptimizerState.of(experiment.optimizer(), kernels),
                available);
    }

    /** Return the memory of a network for inference, one example at a time. */
    public static NetworkMemory ofUse(Kernels kernels, double available) {
        return new NetworkMemory(1, kernels.precision().bytes(), OptimizerState.NONE, available);
    }

    /** Return the lack of memory of a run with a built network, in an unknown part of the run. */
    public static MemoryShortage shortage(Experiment experiment, int examples, Network network) {
        NetworkMemory memory = ofTraining(experiment, examples, network.kernels(), Double.POSITIVE_INFINITY);
        double all = memory.ofState(network.parameters())
                + network.layers().stream().mapToDouble(memory::of).sum();
        return new MemoryShortage("training a network that takes " + Numbers.size(all));
    }

    static NetworkMemory unlimited(Kernels kernels) {
        return ofUse(kernels, Double.POSITIVE_INFINITY);
    }

    /** Return the examples of a batch. */
    public int rows() {
        return rows;
    }

    /** Return the bytes of a layer's parameters and outputs, with their gradients. */
    public double of(Network.Layer layer) {
        return BOTH * (double) bytes * layer.size() + flowing(layer);
    }

    /** Return the bytes of the optimizer's state for parameters. */
    public double ofState(Collection<Parameter> parameters) {
        return state.values(parameters) * bytes;
    }

    /** Return the bytes of the outputs of all layers for a batch, with their gradients. */
    public double ofBatch(Network network) {
        return network.layers().stream().mapToDouble(this::flowing).sum();
    }

    /** Return the bytes of a copy of parameters and their state, as a checkpoint saves it. */
    public double ofCopy(Collection<Parameter> parameters) {
        return ofState(parameters)
                + parameters.stream()
                        .mapToDouble(parameter -> parameter.value().bytes())
                        .sum();
    }

    private double flowing(Network.Layer layer) {
        return BOTH * flowing(layer, rows, bytes);
    }

    /** Return the bytes of a layer's outputs. */
    static double flowing(Network.Layer layer, int rows, int bytes) {
        double values = layer.nodes().stream()
                .map(Node::output)
                .mapToDouble(shape -> shape.size())
                .sum();
        return values * rows * bytes;
    }

    /**
     * Allocate a parameter's value and gradient.
     *
     * @return the value, then the gradient, all zeros
     */
    Matrix[] parameter(String name, int rows, int columns, Kernels kernels) {
        return allocate(
                name + " [" + rows + ", " + columns + "] with its gradient",
                BOTH * (double) bytes * rows * columns,
                size -> size.equals(rows) || size.equals(columns),
                () -> new Matrix[] {kernels.matrix(rows, columns), kernels.matrix(rows, columns)});
    }

    /** Allocate a buffer of zeros. */
    Matrix buffer(String name, int rows, int columns, Kernels kernels) {
        return allocate(
                name + " [" + rows + ", " + columns + "]",
                (double) bytes * rows * columns,
                size -> size.equals(columns),
                () -> kernels.matrix(rows, columns));
    }

    private <T> T allocate(String what, double needed, Predicate<Object> size, Supplier<T> allocation) {
        add(what, needed, size);
        try {
            return allocation.get();
        } catch (OutOfMemoryError e) {
            throw new Exceeded(new MemoryShortage(what, needed, later).problem(e), size);
        }
    }

    /** Count the remaining allocations of training for a layer with counted parameters. */
    void addRest(Network.Layer layer) {
        int width = layer.output().size();
        double rest = ofState(layer.parameters()) + flowing(layer);
        add("the optimizer's state and batches of " + rows + " in " + layer.name(), rest, size -> size.equals(width));
        later += rest + ofCopy(layer.parameters());
    }

    private void add(String what, double needed, Predicate<Object> size) {
        boolean first = sum == 0;
        sum += needed;
        if (sum > available) {
            throw new Exceeded(
                    new InputException(
                            what + " would take " + Numbers.size(needed)
                                    + (first ? "" : ", the network up to there " + Numbers.size(sum))
                                    + ", and the program has " + Numbers.size(available),
                            "Make it smaller, or give the program more memory, as " + Heap.command(sum) + " does."),
                    size);
        }
    }

    /** A tensor that is larger than the memory, or than any matrix can be. */
    static final class Exceeded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient InputException problem;
        private final transient Predicate<Object> size;

        /**
         * Create a refusal.
         *
         * @param size recognises the config's value that caused it
         */
        Exceeded(InputException problem, Predicate<Object> size) {
            super(problem);
            this.problem = problem;
            this.size = size;
        }

        InputException problem() {
            return problem;
        }

        Predicate<Object> size() {
            return size;
        }
    }
}
