package dev.chainrule.model.network;

import dev.chainrule.api.Loss;
import dev.chainrule.api.OptimizerSpec;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.layer.Value;
import dev.chainrule.math.Heap;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Numbers;
import dev.chainrule.model.MemoryShortage;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The memory that the training of a network takes, by {@link MemoryKind}: the program itself, the examples, the inputs and targets of a
 * pass, value and gradient of each parameter, the optimizer's state, the output of each stage for the rows of the largest pass and its
 * gradient for those of a batch, the matrices that stages keep, those that kernels need for the largest activation, and the copy that a
 * checkpoint takes. The sum grows while a network is built; an allocation that would not fit is refused in advance.
 *
 * <p>All amounts are of type double, which cannot overflow: they matter most if a size in a config is absurd.
 */
public final class NetworkMemory {
    /** The rows that an evaluation computes at once. */
    public static final int MOST_MEASURED = 500;

    private final LayerMemory count;
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
     * @param shards into which a training batch is divided, each with a copy of the network
     * @param atOnce the most rows that a network computes at once, in another copy; 0 for all of a pass
     * @param inputs bytes of the inputs and targets of the largest batch that is read, for a pass or for a check
     * @param data bytes of all examples from which rows are read
     */
    public record Passes(int batch, int most, int shards, int atOnce, long inputs, long data) {
        /** Return the number of networks with values of their own: the whole one, and a copy for each of several shards. */
        int networks() {
            return shards > 1 ? 1 + shards : 1;
        }

        /** Return the rows of all networks' values: those of the largest pass, and those of the shards. */
        int rows() {
            return part(most) + (shards > 1 ? trained() : 0);
        }

        /** Return the rows of all networks' gradients of values. */
        int trained() {
            return shards > 1 && atOnce > 0 ? shards * part(share()) : part(batch);
        }

        /** Return the rows that are gathered from parts. */
        int gathered() {
            return atOnce == 0 ? 0 : most + (shards > 1 ? batch : 0);
        }

        /** Return the rows of the largest shard. */
        int share() {
            return -Math.floorDiv(-batch, shards);
        }

        /** Return the rows of a pass that a network computes at once. */
        int part(int rows) {
            return atOnce == 0 ? rows : Math.min(rows, atOnce);
        }
    }

    private NetworkMemory(LayerMemory count, double available) {
        this.count = count;
        this.available = available;
        this.sum = (double) Heap.PROGRAM + passes().data() + passes().inputs();
    }

    /**
     * Return the memory of training.
     *
     * @param losses by output of the network
     * @param recomputes whether values are computed twice
     * @param available bytes in the program
     */
    public static NetworkMemory ofTraining(
            OptimizerSpec optimizer,
            List<Loss> losses,
            Passes passes,
            boolean recomputes,
            Kernels kernels,
            double available) {
        return new NetworkMemory(
                new LayerMemory(
                        passes, kernels.precision().bytes(), OptimizerState.of(optimizer, kernels), losses, recomputes),
                available);
    }

    /** Return the memory of a network for inference, one example at a time. */
    public static NetworkMemory ofUse(Kernels kernels, double available) {
        return new NetworkMemory(
                new LayerMemory(
                        new Passes(0, 1, 1, 0, 0, 0),
                        kernels.precision().bytes(),
                        OptimizerState.NONE,
                        List.of(),
                        false),
                available);
    }

    static NetworkMemory unlimited(Kernels kernels) {
        return ofUse(kernels, Double.POSITIVE_INFINITY);
    }

    /** Return the same memory of training that computes values twice, or not, however much there is. */
    public NetworkMemory recomputing(boolean recomputes) {
        return new NetworkMemory(count.recomputing(recomputes), Double.POSITIVE_INFINITY);
    }

    /** Return the same memory of training that keeps an average of each trainable parameter, beside the optimizer's state. */
    public NetworkMemory averaging() {
        return new NetworkMemory(count.averaging(), available);
    }

    /** Return the lack of memory of a run with a built network, in an unknown part of the run. */
    public MemoryShortage shortage(Network network) {
        return new MemoryShortage("training a network that takes " + Numbers.size(of(network)));
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
        return count.passes();
    }

    /** Return the bytes of everything. */
    public double of(Network network) {
        return sum(parts(network));
    }

    /** Return the bytes of everything, by kind. */
    public Map<MemoryKind, Double> parts(Network network) {
        Map<MemoryKind, Double> parts = new EnumMap<>(MemoryKind.class);
        parts.put(MemoryKind.PROGRAM, (double) Heap.PROGRAM);
        parts.put(MemoryKind.DATA, (double) passes().data());
        parts.put(
                MemoryKind.BATCHES,
                passes().inputs() + count.ofParts(network.input().size()));
        parts.put(MemoryKind.VALUES, count.sharedValues(network.topology()));
        parts.put(MemoryKind.DELTAS, count.sharedDeltas(network.topology(), network.layers(), network.outputs()));
        for (Layer layer : network.layers()) {
            count.add(network, layer, parts);
            parts.merge(MemoryKind.OPTIMIZER, ofState(layer.parameters()), Double::sum);
            parts.merge(MemoryKind.COPY, count.copy(layer), Double::sum);
        }
        parts.put(
                MemoryKind.KERNELS,
                network.layers().stream().mapToDouble(count::work).max().orElse(0) + count.added(network));
        return parts;
    }

    /** Return the bytes of a layer's parameters, buffers and outputs, with gradients, and of the matrices that its stages keep. */
    public double of(Network network, Layer layer) {
        Map<MemoryKind, Double> parts = new EnumMap<>(MemoryKind.class);
        count.add(network, layer, parts);
        return sum(parts);
    }

    /** Return the bytes of everything that is allocated once a network and its optimizer exist. */
    public double ofPasses(Network network) {
        Map<MemoryKind, Double> parts = parts(network);
        parts.keySet().retainAll(EnumSet.of(MemoryKind.VALUES, MemoryKind.DELTAS, MemoryKind.KEPT, MemoryKind.COPY));
        return sum(parts);
    }

    private static double sum(Map<MemoryKind, Double> parts) {
        return parts.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Return the bytes of the optimizer's state for parameters. */
    public double ofState(Collection<Parameter> parameters) {
        return count.ofState(parameters);
    }

    /**
     * Allocate a parameter's value and gradient.
     *
     * @return the value, then the gradient, all zeros
     */
    Matrix[] parameter(String name, int rows, int columns, Kernels kernels) {
        return allocate(
                name + " [" + rows + ", " + columns + "] with its gradient"
                        + (passes().shards() > 1 ? " for each of " + passes().shards() + " shards" : ""),
                (1 + passes().shards()) * (double) count.bytes() * rows * columns,
                size -> size.equals(rows) || size.equals(columns),
                () -> new Matrix[] {kernels.matrix(rows, columns), kernels.matrix(rows, columns)});
    }

    /** Allocate a buffer of zeros. */
    Matrix buffer(String name, int rows, int columns, Kernels kernels) {
        return allocate(
                name + " [" + rows + ", " + columns + "]",
                passes().networks() * (double) count.bytes() * rows * columns,
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
     * @param head the number of the output that it computes; negative if none
     * @param shared recognises the values that have the matrices of their input
     */
    void addRest(Layer layer, boolean learned, int head, IntPredicate shared) {
        int width = layer.output().shape().size();
        double rest = ofState(layer.parameters())
                + count.values(layer, shared)
                + count.deltas(layer, learned, head, shared)
                + (head >= 0 ? count.gatheredValues(layer) + count.gatheredDeltas(layer) : 0)
                + count.kept(layer)
                + count.copy(layer);
        double more = Math.max(0, count.work(layer) - work);
        work += more;
        rest += more;
        addLater(
                (count.trains()
                                ? "the optimizer's state, batches of " + passes().batch() + " and a copy to be saved"
                                : "an example")
                        + " in " + layer.name(),
                rest,
                width);
    }

    /**
     * Count the values, and their gradients, in the matrices that they take in turn, if they do.
     *
     * @param layers all
     * @throws Exceeded if they do not fit
     */
    void addShared(Topology topology, List<Layer> layers, List<Value> outputs) {
        addLater(
                count.trains() ? "activations and their gradients" : "the values of an example",
                count.sharedValues(topology) + count.sharedDeltas(topology, layers, outputs),
                0);
    }

    /** Count the output of a stage, and its gradient if it has one, that was taken for its input in another shape before. */
    void addCopy(Value value, boolean learned) {
        if (count.sharesMatrices()) {
            return;
        }
        double rows = passes().rows() + (learned ? passes().trained() : 0);
        int width = value.shape().size();
        addLater("the copy of its input in " + value.name(), rows * width * count.bytes(), width);
    }

    private void addLater(String what, double needed, int width) {
        add(what, needed, size -> size.equals(width));
        later += needed;
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
