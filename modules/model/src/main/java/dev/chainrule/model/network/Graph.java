package dev.chainrule.model.network;

import dev.chainrule.api.layer.Branches;
import dev.chainrule.api.layer.Join;
import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.layer.Stage;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.AbstractList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * The values of a network in the order of computation, with their gradients. Value 0 is the network's input; each other one is computed
 * by one stage from values before it. The matrices are reused from pass to pass and take the rows of the batch.
 *
 * <p>A gradient is computed only for values that depend on a learned parameter. That of a value which is read several times is the sum
 * over all uses, from the last use in the order of computation to the first, where a stage that reads a value twice uses it first at its
 * first input: the backward pass reaches them in this order. The last use overwrites the value's delta; each other one is computed
 * into a matrix of its own and added, one addition an element.
 *
 * <p>A stage that only gives its input another shape computes nothing if no other stage reads the input: both values have one matrix, and
 * one for their gradients.
 */
public final class Graph {
    private final Kernels kernels;
    private final Stage[] stages;
    private final int[][] inputs;
    private final List<List<Matrix>> read;
    private final Matrix[] outs;
    private final Matrix[] deltas;
    private final int[] uses;
    private final int[] outputs;
    private final boolean[] learned;
    /** By value: whether it is its input in another shape, with the matrices of that. */
    private final boolean[] shared;

    private final Matrix addend;
    private int running;
    private boolean forwardOnly;

    /**
     * Create a graph.
     *
     * @param stages by the values that they compute; the first is null
     * @param inputs the values that each stage reads, smaller than its own; none for the first
     * @param learns by value: whether its stage has parameters
     * @param outputs the values from which costs are computed
     * @param width the columns of the network's input
     */
    Graph(Kernels kernels, List<Stage> stages, List<int[]> inputs, boolean[] learns, int[] outputs, int width) {
        this.kernels = kernels;
        this.stages = stages.toArray(Stage[]::new);
        this.inputs = inputs.toArray(int[][]::new);
        this.read = inputs.stream().<List<Matrix>>map(Read::new).toList();
        this.outs = new Matrix[stages.size()];
        this.deltas = new Matrix[stages.size()];
        this.uses = new int[stages.size()];
        inputs.forEach(values -> IntStream.of(values).forEach(u -> uses[u]++));
        this.outputs = outputs.clone();
        IntStream.of(outputs).forEach(u -> uses[u]++);
        this.learned = learned(this.inputs, learns);
        this.shared = new boolean[stages.size()];
        for (int v = 0; v < outs.length; v++) {
            int at = v;
            int columns = v == 0 ? width : this.stages[v].output().size();
            shared[v] = isShared(this.stages[v], this.inputs[v], u -> uses[u], u -> learned[u] == learned[at]);
            outs[v] = v == 0 ? null : shared[v] ? outs[this.inputs[v][0]] : kernels.matrix(0, columns);
            deltas[v] = shared[v] ? deltas[this.inputs[v][0]] : kernels.matrix(0, columns);
        }
        this.addend = kernels.matrix(0, 0);
    }

    /**
     * Return whether a stage only gives its input another shape and can share its matrices: those of an input that other stages read, too,
     * have another gradient, and a gradient check changes them for one stage alone.
     *
     * @param uses how often a value is read
     * @param alike whether a value depends on learned parameters as that of the stage does
     */
    static boolean isShared(Stage stage, int[] inputs, IntUnaryOperator uses, IntPredicate alike) {
        return stage instanceof Node node
                && node.isReshape()
                && uses.applyAsInt(inputs[0]) == 1
                && alike.test(inputs[0]);
    }

    private static boolean[] learned(int[][] inputs, boolean[] learns) {
        boolean[] learned = learns.clone();
        for (int v = 1; v < inputs.length; v++) {
            for (int u : inputs[v]) {
                learned[v] |= learned[u];
            }
        }
        return learned;
    }

    /**
     * Return the order in which a backward pass from some values adds gradients.
     *
     * @param values at which it begins, each used by one cost; the costs are uses after those by all stages, in this order
     */
    public Starts starts(int... values) {
        return new Starts(values);
    }

    /** The values at which a backward pass begins, with the uses that overwrite a gradient rather than add to it. */
    public final class Starts {
        private final boolean[] reached = new boolean[inputs.length];
        private final boolean[] lastByCost;
        /** By value and input: whether no later use writes the gradient of that input. */
        private final boolean[][] last = new boolean[inputs.length][];

        private Starts(int... values) {
            lastByCost = new boolean[values.length];
            for (int i = values.length - 1; i >= 0; i--) {
                lastByCost[i] = !reached[values[i]];
                reached[values[i]] = true;
            }
            for (int v = inputs.length - 1; v >= 0; v--) {
                last[v] = new boolean[inputs[v].length];
                for (int k = inputs[v].length - 1; reached[v] && k >= 0; k--) {
                    last[v][k] = !reached[inputs[v][k]];
                    reached[inputs[v][k]] = true;
                }
            }
        }

        /** Return whether a cost, by its place among the starts, is the last use of its value. */
        public boolean isLast(int cost) {
            return lastByCost[cost];
        }
    }

    /** The present outputs of the values that a stage reads. */
    private final class Read extends AbstractList<Matrix> {
        private final int[] values;

        Read(int[] values) {
            this.values = values;
        }

        @Override
        public Matrix get(int index) {
            return outs[values[index]];
        }

        @Override
        public int size() {
            return values.length;
        }
    }

    /**
     * Make no backward passes from now on, and let values share matrices: {@link #out} and {@link #read} are then valid only for the last
     * value and for those that its stage reads.
     */
    void forwardOnly() {
        forwardOnly = true;
        int[] widths = new int[stages.length];
        for (int v = 1; v < widths.length; v++) {
            widths[v] = stages[v].output().size();
        }
        System.arraycopy(ForwardMatrices.of(inputs, shared, widths, outputs, kernels), 0, outs, 0, outs.length);
    }

    /** Compute all values of a batch x [batch, in]. */
    void forward(Matrix x, Pass pass) {
        outs[0] = x;
        for (int v = 1; v < stages.length; v++) {
            forward(v, pass);
        }
    }

    private void forward(int v, Pass pass) {
        if (shared[v]) {
            outs[v] = outs[inputs[v][0]];
            return;
        }
        running = v;
        outs[v].reshape(outs[0].rows(), stages[v].output().size());
        compute(v, outs[v], pass);
    }

    /** Recompute some values, in the order given, for the batch of the last forward pass. */
    public void forward(int[] values, Pass pass) {
        for (int v : values) {
            forward(v, pass);
        }
    }

    /** Return the values whose stages read a value, in the order of computation. */
    public int[] readers(int value) {
        return IntStream.range(value + 1, stages.length)
                .filter(v -> IntStream.of(inputs[v]).anyMatch(u -> u == value))
                .toArray();
    }

    /** Return some values and all that depend on them, in the order of computation. */
    public int[] downstream(int... values) {
        BitSet changed = new BitSet();
        IntStream.of(values).forEach(changed::set);
        for (int v = 1; v < stages.length; v++) {
            if (IntStream.of(inputs[v]).anyMatch(changed::get)) {
                changed.set(v);
            }
        }
        return changed.stream().toArray();
    }

    /**
     * Compute one value into a matrix.
     *
     * @param out [batch, out]. Modified.
     */
    public void compute(int v, Matrix out, Pass pass) {
        if (stages[v] instanceof Node node) {
            node.forward(outs[inputs[v][0]], out, pass);
        } else if (stages[v] instanceof Join join) {
            join.forward(read.get(v), out, pass);
        }
    }

    /**
     * Compute the gradients of the parameters and of all values on the way to them, from the last forward pass.
     *
     * @param starts the values whose gradients, through the costs alone, are in {@link #delta}
     */
    void backward(Starts starts, Pass pass) {
        if (forwardOnly) {
            throw new IllegalStateException("a network for forward passes only");
        }
        for (int v = last(); v > 0; v--) {
            if (learned[v] && starts.reached[v] && !shared[v]) {
                running = v;
                gradients(v, pass);
                propagate(v, starts, true, pass);
            }
        }
    }

    /** Compute the gradients that training does not need, down to that of the network's input, after {@link #backward}. */
    public void backwardToInput(Starts starts, Pass pass) {
        for (int v = last(); v > 0; v--) {
            if (starts.reached[v] && !shared[v]) {
                propagate(v, starts, false, pass);
            }
        }
    }

    /** Add the gradient of a value to those of the values it was computed from: learned ones, or the others. */
    private void propagate(int v, Starts starts, boolean toLearned, Pass pass) {
        for (int k = inputs[v].length - 1; k >= 0; k--) {
            int u = inputs[v][k];
            if (learned[u] != toLearned) {
                continue;
            }
            if (starts.last[v][k]) {
                gradient(v, k, delta(u), pass);
            } else {
                addend.reshape(outs[u].rows(), outs[u].columns());
                gradient(v, k, addend, pass);
                kernels.addScaled(1, addend, deltas[u]);
            }
        }
    }

    /** Compute the gradients of the parameters of the stage that computes a value, from the value's delta. */
    public void gradients(int v, Pass pass) {
        if (stages[v] instanceof Node node) {
            node.gradients(outs[inputs[v][0]], outs[v], deltas[v], pass);
        } else if (stages[v] instanceof Join join) {
            join.gradients(read.get(v), outs[v], deltas[v], pass);
        }
    }

    /**
     * Compute the gradient of a stage's input through that stage alone, from its value's delta.
     *
     * @param v the value that the stage computes
     * @param dx [batch, in]. Modified.
     */
    public void gradient(int v, int input, Matrix dx, Pass pass) {
        if (stages[v] instanceof Node node) {
            node.backward(outs[inputs[v][0]], outs[v], deltas[v], dx, pass);
        } else if (stages[v] instanceof Join join) {
            join.backward(read.get(v), outs[v], deltas[v], input, dx, pass);
        }
    }

    /** Overwrite the gradients of all values, so that an omission of the next backward pass shows. */
    void fillGradients(double value) {
        for (int v = 0; v < deltas.length; v++) {
            delta(v).fill(value);
            addend.reshape(Math.max(addend.rows(), outs[v].rows()), Math.max(addend.columns(), outs[v].columns()));
        }
        addend.fill(value);
    }

    /** Add the branches that the stages of some values took in the last forward pass. */
    public void branches(int[] values, Branches branches) {
        for (int v : values) {
            if (stages[v] instanceof Node node) {
                node.branches(outs[inputs[v][0]], outs[v], branches);
            } else if (stages[v] instanceof Join join) {
                join.branches(read.get(v), outs[v], branches);
            }
        }
    }

    /** Return the number of values. */
    public int size() {
        return stages.length;
    }

    /** Return the last value. */
    public int last() {
        return stages.length - 1;
    }

    /** Return the stage that computes a value other than the input. */
    public Stage stage(int v) {
        return stages[v];
    }

    /** Return the number of values that the stage of a value reads; 0 for the network's input. */
    public int inputs(int v) {
        return inputs[v].length;
    }

    /** Return a value that the stage of a value reads. */
    public int input(int v, int index) {
        return inputs[v][index];
    }

    /** Return the matrices that the stage of a value reads, as of the last forward pass. */
    public List<Matrix> read(int v) {
        return read.get(v);
    }

    /** Return how often stages and costs read a value. */
    public int uses(int u) {
        return uses[u];
    }

    /** Return whether a value is its input in another shape, with the same matrices. */
    public boolean isShared(int v) {
        return shared[v];
    }

    /** Return whether a value depends on a learned parameter, so that the backward pass computes its gradient. */
    public boolean isLearned(int v) {
        return learned[v];
    }

    /** Return a value as of the last forward pass; null before the first. */
    public Matrix out(int v) {
        return outs[v];
    }

    /** Return the matrix [batch, out] for ∂C/∂ of a value. */
    public Matrix delta(int v) {
        deltas[v].reshape(outs[v].rows(), outs[v].columns());
        return deltas[v];
    }

    /** Return the value that the present pass, or the last one, computed or went back from most recently. */
    int running() {
        return running;
    }
}
