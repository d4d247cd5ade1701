package dev.chainrule.model.network;

import dev.chainrule.api.layer.Branches;
import dev.chainrule.api.layer.Join;
import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;

/**
 * The values of a network in the order of computation, with their gradients, and the passes that compute both. The matrices are reused
 * from pass to pass and take the rows of the batch.
 *
 * <p>A gradient is computed only for values that depend on a learned parameter. A use of a value that is not its last, see
 * {@link BackwardOrder}, computes its gradient into a matrix of its own, which is added, one addition an element.
 *
 * <p>A stage that only gives its input another shape computes nothing if no other stage reads the input: both values have one matrix, and
 * one for their gradients.
 */
public final class Graph {
    private final Kernels kernels;
    private final Topology topology;
    private final List<List<Matrix>> read;
    private final Matrix[] outs;
    private final Matrix[] deltas;
    private final Matrix addend;
    private int running;
    private boolean forwardOnly;
    /** Null if all values are kept. */
    private Recomputation recomputation;
    /** The segment whose values are in the matrices. */
    private int present;

    Graph(Kernels kernels, Topology topology) {
        this.kernels = kernels;
        this.topology = topology;
        this.read = new ArrayList<>();
        this.outs = new Matrix[topology.size()];
        this.deltas = new Matrix[topology.size()];
        for (int v = 0; v < outs.length; v++) {
            read.add(new Read(v));
            boolean shared = topology.isShared(v);
            outs[v] = v == 0 ? null : shared ? outs[topology.input(v, 0)] : kernels.matrix(0, topology.width(v));
            deltas[v] = shared ? deltas[topology.input(v, 0)] : kernels.matrix(0, topology.width(v));
        }
        this.addend = kernels.matrix(0, 0);
    }

    /** Return the stages and the values that each reads. */
    public Topology topology() {
        return topology;
    }

    /** The present outputs of the values that a stage reads. */
    private final class Read extends AbstractList<Matrix> {
        private final int reader;

        Read(int reader) {
            this.reader = reader;
        }

        @Override
        public Matrix get(int index) {
            return outs[topology.input(reader, index)];
        }

        @Override
        public int size() {
            return topology.inputs(reader);
        }
    }

    /**
     * Make no backward passes from now on, and let values share matrices: {@link #out} and {@link #read} are then valid only for the last
     * value and for those that its stage reads.
     */
    void forwardOnly() {
        forwardOnly = true;
        MatrixPool.forward(topology).create(kernels, outs);
    }

    /**
     * Compute values twice from now on, and let them share matrices, as their gradients do: {@link #out} and {@link #read} are then valid
     * only for the outputs and the values that their stages read, and {@link #delta} only until {@link #backward} has passed it.
     */
    void recompute() {
        recomputation = new Recomputation(topology);
        recomputation.create(kernels, outs, deltas);
    }

    /** Return whether values are computed twice. */
    public boolean recomputes() {
        return recomputation != null;
    }

    /** Return the columns of the matrices that values take in turn; 0 if each has its own. */
    long sharedColumns() {
        return forwardOnly
                ? MatrixPool.forward(topology).columns()
                : recomputes() ? recomputation.valueColumns() + recomputation.deltaColumns() : 0;
    }

    /** Compute all values of a batch x [batch, in]. */
    void forward(Matrix x, Pass pass) {
        outs[0] = x;
        for (int v = 1; v < outs.length; v++) {
            forward(v, pass);
        }
        present = recomputes() ? recomputation.segments() - 1 : 0;
    }

    private void forward(int v, Pass pass) {
        if (topology.isShared(v)) {
            outs[v] = input(v);
            return;
        }
        running = v;
        outs[v].reshape(outs[0].rows(), topology.width(v));
        compute(v, outs[v], pass);
    }

    /** Recompute some values, in the order given, for the batch of the last forward pass. */
    public void forward(int[] values, Pass pass) {
        for (int v : values) {
            forward(v, pass);
        }
    }

    /**
     * Compute one value into a matrix.
     *
     * @param out [batch, out]. Modified.
     */
    public void compute(int v, Matrix out, Pass pass) {
        if (topology.stage(v) instanceof Node node) {
            node.forward(input(v), out, pass);
        } else if (topology.stage(v) instanceof Join join) {
            join.forward(read.get(v), out, pass);
        }
    }

    /**
     * Compute the gradients of the parameters and of all values on the way to them, from the last forward pass.
     *
     * @param order from the values whose gradients, through the costs alone, are in {@link #delta}
     */
    void backward(BackwardOrder order, Pass pass) {
        if (forwardOnly) {
            throw new IllegalStateException("a network for forward passes only");
        }
        for (int v = topology.last(); v > 0; v--) {
            if (recomputes()) {
                enter(recomputation.segmentTo(v), pass);
            }
            if (topology.isLearned(v) && order.reaches(v) && !topology.isShared(v)) {
                running = v;
                gradients(v, pass);
                propagate(v, order, true, pass);
            }
        }
    }

    /** Compute the values of a segment again, unless they are in the matrices; negative if no segment ends here. */
    private void enter(int segment, Pass pass) {
        if (segment >= 0 && segment != present) {
            forward(recomputation.repeated(segment), recomputation.again(pass));
            present = segment;
        }
    }

    /** Compute the gradients that training does not need, down to that of the network's input, after {@link #backward}. */
    public void backwardToInput(BackwardOrder order, Pass pass) {
        for (int v = topology.last(); v > 0; v--) {
            if (order.reaches(v) && !topology.isShared(v)) {
                propagate(v, order, false, pass);
            }
        }
    }

    /** Add the gradient of a value to those of the values it was computed from: learned ones, or the others. */
    private void propagate(int v, BackwardOrder order, boolean toLearned, Pass pass) {
        for (int k = topology.inputs(v) - 1; k >= 0; k--) {
            int u = topology.input(v, k);
            if (topology.isLearned(u) != toLearned) {
                continue;
            }
            if (order.isLast(v, k)) {
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
        if (topology.stage(v) instanceof Node node) {
            node.gradients(input(v), outs[v], deltas[v], pass);
        } else if (topology.stage(v) instanceof Join join) {
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
        if (topology.stage(v) instanceof Node node) {
            node.backward(input(v), outs[v], deltas[v], dx, pass);
        } else if (topology.stage(v) instanceof Join join) {
            join.backward(read.get(v), outs[v], deltas[v], input, dx, pass);
        }
    }

    /** Take a batch x [batch, in] whose values {@link #takeValue} copies from the graphs of its shards. */
    void takeInput(Matrix x) {
        outs[0] = x;
    }

    /** Copy a value of a shard to its rows of the batch. */
    void takeValue(int v, Graph shard, int first) {
        if (topology.isShared(v)) {
            takeValue(topology.input(v, 0), shard, first);
            outs[v] = input(v);
        } else if (v > 0) {
            outs[v].reshape(outs[0].rows(), topology.width(v));
            outs[v].copyRows(shard.outs[v], 0, first, shard.outs[v].rows());
        }
    }

    /** Copy the gradient of a value, which was taken, from a shard to its rows of the batch. */
    void takeGradient(int v, Graph shard, int first) {
        delta(v).copyRows(shard.deltas[v], 0, first, shard.deltas[v].rows());
    }

    /** Copy the gradient of a value from the rows of a batch to the shard that they belong to. */
    void giveGradient(int v, Graph shard, int first) {
        Matrix delta = shard.delta(v);
        delta.copyRows(deltas[v], first, 0, delta.rows());
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
            if (topology.stage(v) instanceof Node node) {
                node.branches(input(v), outs[v], branches);
            } else if (topology.stage(v) instanceof Join join) {
                join.branches(read.get(v), outs[v], branches);
            }
        }
    }

    /** Return the matrices that the stage of a value reads, as of the last forward pass. */
    public List<Matrix> read(int v) {
        return read.get(v);
    }

    private Matrix input(int v) {
        return outs[topology.input(v, 0)];
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
