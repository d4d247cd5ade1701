package dev.chainrule.engine.network;

import dev.chainrule.api.InputException;
import dev.chainrule.api.Node;
import dev.chainrule.api.Parameter;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Numbers;
import java.util.Collection;
import java.util.function.Predicate;

/**
 * The memory that the training of a network takes: value and gradient of each parameter, the optimizer's state, and for the examples
 * of a batch the output of each node with its gradient. It adds up while a network is built, and refuses before anything is allocated
 * that would not fit.
 *
 * <p>All amounts are of type double, which cannot overflow: they are wanted most where a size in a config is absurd.
 */
public final class NetworkMemory {
    /** A matrix and its gradient. */
    private static final int BOTH = 2;
    /** Besides the network the program has data and itself to hold. */
    private static final double ROOM = 1.25;

    private static final double GIBI = 1L << 30;

    private final int rows;
    private final int bytes;
    private final OptimizerState state;
    private final double available;
    private double sum;

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
     * @param available bytes that the program has
     */
    public static NetworkMemory ofTraining(Experiment experiment, int examples, Kernels kernels, double available) {
        return new NetworkMemory(
                Math.min(experiment.data().batchSize(), examples),
                kernels.precision().bytes(),
                OptimizerState.of(experiment.optimizer(), kernels),
                available);
    }

    /** Return the memory of a network that is used and not trained, one example at a time. */
    public static NetworkMemory ofUse(Kernels kernels, double available) {
        return new NetworkMemory(1, kernels.precision().bytes(), OptimizerState.NONE, available);
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

    private double flowing(Network.Layer layer) {
        double values = layer.nodes().stream()
                .map(Node::output)
                .mapToDouble(shape -> shape.size())
                .sum();
        return BOTH * bytes * rows * values;
    }

    /** Count a parameter that is about to be allocated. */
    void addParameter(String name, int rows, int columns) {
        add(
                name + " [" + rows + ", " + columns + "] with its gradient",
                BOTH * (double) bytes * rows * columns,
                size -> size.equals(rows) || size.equals(columns));
    }

    /** Count a buffer that is about to be allocated. */
    void addBuffer(String name, int rows, int columns) {
        add(name + " [" + rows + ", " + columns + "]", (double) bytes * rows * columns, size -> size.equals(columns));
    }

    /** Count what else training allocates for a layer, whose parameters are counted already. */
    void addRest(Network.Layer layer) {
        int width = layer.output().size();
        add(
                "the optimizer's state and batches of " + rows + " in " + layer.name(),
                ofState(layer.parameters()) + flowing(layer),
                size -> size.equals(width));
    }

    private void add(String what, double needed, Predicate<Object> size) {
        boolean first = sum == 0;
        sum += needed;
        if (sum > available) {
            long gibibytes = (long) Math.ceil(ROOM * sum / GIBI);
            throw new Exceeded(
                    new InputException(
                            what + " would take " + Numbers.size(needed)
                                    + (first ? "" : ", the network up to there " + Numbers.size(sum))
                                    + ", and the program has " + Numbers.size(available),
                            "Make it smaller, or give the program more memory, as java -Xmx" + gibibytes
                                    + "g -jar pipeline.jar does."),
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
         * @param size tells the config's value that brought it about
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
