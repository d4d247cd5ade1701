package dev.chainrule.model.network;

import dev.chainrule.api.ActivationNode;
import dev.chainrule.api.Elementwise;
import dev.chainrule.api.Loss;
import dev.chainrule.api.OptimizerSpec;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.layer.Stage;
import dev.chainrule.api.layer.Value;
import dev.chainrule.math.Heap;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Numbers;
import dev.chainrule.model.MemoryShortage;
import java.util.Collection;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The memory that the training of a network takes: the program itself, the examples, the inputs of a pass, value and gradient of each
 * parameter, buffers, the optimizer's state, the output of each stage for the rows of the largest pass and its gradient for those of a
 * batch, the matrices that stages keep, those that kernels need for the largest activation, and the copy that a checkpoint takes. The
 * sum grows while a network is built; an allocation that would not fit is refused in advance.
 *
 * <p>All amounts are of type double, which cannot overflow: they matter most if a size in a config is absurd.
 */
public final class NetworkMemory {
    /** The rows that an evaluation computes at once. */
    public static final int MOST_MEASURED = 500;

    /** A matrix and its gradient. */
    private static final int BOTH = 2;

    private final Passes passes;
    private final int bytes;
    private final OptimizerState state;
    private final Optional<Loss> loss;
    private final double available;
    private double sum;
    /** The bytes that kernels keep for the largest activation. */
    private double work;

    /** Computes the bytes of everything, for the suggestion of an amount that is enough. */
    private DoubleSupplier whole = () -> sum;
    /** The bytes that training allocates when the network is built: the rest of the sum. */
    private double later;

    /**
     * The rows of passes.
     *
     * @param batch of training
     * @param most the largest pass, a training batch or not
     * @param inputs numbers in a row
     * @param data bytes of all examples from which rows are read
     */
    public record Passes(int batch, int most, int inputs, long data) {}

    private NetworkMemory(Passes passes, int bytes, OptimizerState state, Optional<Loss> loss, double available) {
        this.passes = passes;
        this.bytes = bytes;
        this.state = state;
        this.loss = loss;
        this.available = available;
        this.sum = ofSurroundings();
    }

    /**
     * Return the memory of training.
     *
     * @param loss that of a network with one output
     * @param available bytes in the program
     */
    public static NetworkMemory ofTraining(
            OptimizerSpec optimizer, Optional<Loss> loss, Passes passes, Kernels kernels, double available) {
        return new NetworkMemory(
                passes, kernels.precision().bytes(), OptimizerState.of(optimizer, kernels), loss, available);
    }

    /** Return the memory of a network for inference, one example at a time. */
    public static NetworkMemory ofUse(Kernels kernels, double available) {
        return new NetworkMemory(
                new Passes(0, 1, 0, 0), kernels.precision().bytes(), OptimizerState.NONE, Optional.empty(), available);
    }

    /** Return the lack of memory of a run with a built network, in an unknown part of the run. */
    public static MemoryShortage shortage(
            OptimizerSpec optimizer, Optional<Loss> loss, Passes passes, Network network) {
        NetworkMemory memory = ofTraining(optimizer, loss, passes, network.kernels(), Double.POSITIVE_INFINITY);
        return new MemoryShortage("training a network that takes " + Numbers.size(memory.of(network)));
    }

    static NetworkMemory unlimited(Kernels kernels) {
        return ofUse(kernels, Double.POSITIVE_INFINITY);
    }

    /** Set the bytes of everything: those of a network built in little memory, which may meet mistakes in later layers. */
    void whole(Supplier<Network> declared) {
        whole = () -> {
            try {
                return Math.max(sum, of(declared.get()));
            } catch (InputException e) {
                return sum;
            }
        };
    }

    /** Return the rows of passes. */
    public Passes passes() {
        return passes;
    }

    /** Return the bytes of everything. */
    public double of(Network network) {
        return ofSurroundings()
                + ofWork(network)
                + ofReused(network.topology())
                + network.layers().stream()
                        .mapToDouble(layer ->
                                of(network, layer) + ofState(layer.parameters()) + (trains() ? ofCopy(layer) : 0))
                        .sum();
    }

    /**
     * Return the bytes that kernels keep for the largest activation, with vectors and once there was work enough, and those of the
     * matrix that takes a gradient which is added to another.
     */
    public double ofWork(Network network) {
        Topology graph = network.topology();
        double added = network.layers().stream()
                .flatMap(layer -> layer.values().stream())
                .filter(value -> graph.isLearned(value.id()) && graph.uses(value.id()) > 1)
                .mapToDouble(value -> (double) value.shape().size() * passes.batch() * bytes)
                .max()
                .orElse(0);
        return network.layers().stream().mapToDouble(this::work).max().orElse(0) + added;
    }

    /** Return the bytes of the matrices that values take in turn without training, where each has its own. */
    private double ofReused(Topology topology) {
        return trains() ? 0 : ofReused(topology, passes.most(), bytes);
    }

    /** Return the bytes of the matrices that values take in turn in a network that makes forward passes only. */
    static double ofReused(Topology topology, int rows, int bytes) {
        return (double) new ForwardMatrices(topology).columns() * rows * bytes;
    }

    private double ofSurroundings() {
        return Heap.PROGRAM + passes.data() + ofInputs();
    }

    /** Return the bytes of the inputs of the largest pass. */
    public double ofInputs() {
        return (double) bytes * passes.most() * passes.inputs();
    }

    /** Return the bytes of a layer's parameters, buffers and outputs, with gradients, and of the matrices that its stages keep. */
    public double of(Network network, Layer layer) {
        boolean learned =
                layer.values().stream().anyMatch(value -> network.topology().isLearned(value.id()));
        return BOTH * (double) bytes * layer.size()
                + ofBuffers(layer)
                + ofUses(layer)
                + flowing(
                        layer,
                        learned,
                        layer.output().id() == network.topology().last(),
                        network.topology()::isShared);
    }

    /** Return the bytes of the optimizer's state for parameters. */
    public double ofState(Collection<Parameter> parameters) {
        return state.values(parameters) * bytes;
    }

    /** Return the bytes of the copy of all tensors and the optimizer's state that a checkpoint takes. */
    public double ofCopy(Network network) {
        return network.layers().stream().mapToDouble(this::ofCopy).sum();
    }

    private double ofCopy(Layer layer) {
        return ofState(layer.parameters()) + ofBuffers(layer) + (double) bytes * layer.size();
    }

    /** Return the bytes of the gradients of parameters that belong to other layers. */
    private static double ofUses(Layer layer) {
        return layer.uses().stream().mapToDouble(use -> use.gradient().bytes()).sum();
    }

    private static double ofBuffers(Layer layer) {
        double sum = 0;
        for (Matrix buffer : layer.buffers()) {
            sum += buffer.bytes();
        }
        return sum;
    }

    /** Return the bytes of everything that a network allocates with its first passes. */
    public double ofPasses(Network network) {
        return network.layers().stream()
                .mapToDouble(layer ->
                        of(network, layer) - ofBuffers(layer) - ofUses(layer) - BOTH * (double) bytes * layer.size())
                .sum();
    }

    /** A loss in one piece with the activation of the last stage leaves out the gradient of its output. */
    private double flowing(Layer layer, boolean learned, boolean last, IntPredicate shared) {
        double flowing = trains() ? flowing(layer, passes.most(), bytes, shared) : 0;
        if (learned) {
            flowing += flowing(layer, passes.batch(), bytes, shared);
            if (last && layer.stages().size() > 1 && isFused(layer)) {
                flowing -= (double) layer.output().shape().size() * passes.batch() * bytes;
            }
        }
        double kept = 0;
        for (Stage stage : layer.stages()) {
            kept += stage.kept(passes.batch(), passes.most());
        }
        return flowing + kept * bytes;
    }

    /** Return the bytes of the matrix in which kernels on the Vector API compute the exponentials of an activation. */
    private double work(Layer layer) {
        double most = 0;
        for (Stage stage : layer.stages()) {
            if (isCurved(stage)) {
                most = Math.max(most, (double) stage.output().size() * passes.most() * bytes);
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
                && function.getClass().getClassLoader() == NetworkMemory.class.getClassLoader()
                && (slope(function, -2) != slope(function, -1) || slope(function, 1) != slope(function, 2));
    }

    private static double slope(Elementwise function, double z) {
        return function.derivative(z, function.value(z));
    }

    private boolean isFused(Layer layer) {
        return layer.stages().get(layer.stages().size() - 1) instanceof ActivationNode node
                && loss.isPresent()
                && loss.get().fuse(node.activation()).isPresent();
    }

    /**
     * Return the bytes of a layer's outputs.
     *
     * @param shared recognises the values that have the matrices of their input
     */
    static double flowing(Layer layer, int rows, int bytes, IntPredicate shared) {
        double values = 0;
        for (Value value : layer.values()) {
            values += shared.test(value.id()) ? 0 : value.shape().size();
        }
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

    /**
     * Count the remaining allocations of training for a layer with counted parameters and buffers.
     *
     * @param learned whether its values depend on learned parameters, so that they have gradients
     * @param last whether it is the network's last
     * @param shared recognises the values that have the matrices of their input
     */
    void addRest(Layer layer, boolean learned, boolean last, IntPredicate shared) {
        int width = layer.output().shape().size();
        double rest =
                ofState(layer.parameters()) + flowing(layer, learned, last, shared) + (trains() ? ofCopy(layer) : 0);
        double more = Math.max(0, work(layer) - work);
        work += more;
        rest += more;
        addLater(
                (trains()
                                ? "the optimizer's state, batches of " + passes.batch() + " and a copy to be saved"
                                : "an example")
                        + " in " + layer.name(),
                rest,
                width);
    }

    /**
     * Count the values of a network that is not trained, in the matrices that they take in turn.
     *
     * @throws Exceeded if they do not fit
     */
    void addReused(Topology topology) {
        addLater("the values of an example", ofReused(topology), 0);
    }

    /** Count the output of a stage, and its gradient if it has one, that was taken for its input in another shape before. */
    void addCopy(Value value, boolean learned) {
        if (!trains()) {
            return;
        }
        double rows = passes.most() + (learned ? passes.batch() : 0);
        int width = value.shape().size();
        addLater("the copy of its input in " + value.name(), rows * width * bytes, width);
    }

    private void addLater(String what, double needed, int width) {
        add(what, needed, size -> size.equals(width));
        later += needed;
    }

    private boolean trains() {
        return passes.batch() > 0;
    }

    private void add(String what, double needed, Predicate<Object> size) {
        sum += needed;
        if (sum > available) {
            throw new Exceeded(
                    new InputException(
                            what + " would take " + Numbers.size(needed) + ", with everything before it "
                                    + Numbers.size(sum) + ", but the program has " + Numbers.size(available),
                            "Make it smaller, or give the program more memory, as in "
                                    + Heap.command(whole.getAsDouble()) + "."),
                    size);
        }
    }

    /** A tensor that is larger than the available memory, or than any matrix can be. */
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
