package dev.chainrule.model.network;

import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Stage;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The stages of a network and the values that each reads. Value 0 is the network's input; each other one is computed by one stage from
 * values before it.
 */
public final class Topology {
    private final Stage[] stages;
    private final int[][] inputs;
    private final int[] outputs;
    private final int width;
    private final int[] uses;
    private final boolean[] learned;
    private final boolean[] shared;

    /**
     * Create a topology.
     *
     * @param stages by the values that they compute; the first is null
     * @param inputs the values that each stage reads, smaller than its own; none for the first
     * @param learns by value: whether its stage has parameters
     * @param outputs the values from which costs are computed
     * @param width the columns of the network's input
     */
    Topology(List<Stage> stages, List<int[]> inputs, boolean[] learns, int[] outputs, int width) {
        this.stages = stages.toArray(new Stage[0]);
        this.inputs = inputs.toArray(new int[0][]);
        this.outputs = outputs.clone();
        this.width = width;
        this.uses = new int[stages.size()];
        for (int[] values : inputs) {
            count(values);
        }
        count(outputs);
        this.learned = learns.clone();
        this.shared = new boolean[stages.size()];
        for (int v = 1; v < shared.length; v++) {
            for (int u : inputs.get(v)) {
                learned[v] |= learned[u];
            }
            int[] xs = inputs.get(v);
            shared[v] = xs.length == 1 && isShared(this.stages[v], uses[xs[0]], learned[xs[0]] == learned[v]);
        }
    }

    private void count(int... values) {
        for (int u : values) {
            uses[u]++;
        }
    }

    /**
     * Return whether a stage only gives its one input another shape and can share its matrices: those of an input that other stages read,
     * too, have another gradient, and a gradient check changes them for one stage alone.
     *
     * @param uses how often the input is read
     * @param alike whether both depend on learned parameters, or neither does
     */
    static boolean isShared(Stage stage, int uses, boolean alike) {
        return stage instanceof Node node && node.isReshape() && uses == 1 && alike;
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

    /** Return the columns of a value. */
    int width(int v) {
        return v == 0 ? width : stages[v].output().size();
    }

    /** Return the number of values that the stage of a value reads; 0 for the network's input. */
    public int inputs(int v) {
        return inputs[v].length;
    }

    /** Return a value that the stage of a value reads. */
    public int input(int v, int index) {
        return inputs[v][index];
    }

    /** Return whether a cost is computed from a value, or from one in another shape with its matrices. */
    boolean isOutput(int v) {
        for (int output : outputs) {
            if (owner(output) == v) {
                return true;
            }
        }
        return false;
    }

    /** Return how often stages and costs read a value. */
    public int uses(int u) {
        return uses[u];
    }

    /** Return whether a value is its input in another shape, with the same matrices. */
    public boolean isShared(int v) {
        return shared[v];
    }

    /** Return the value whose matrices a value has: itself, unless it is that one in another shape. */
    int owner(int v) {
        int owner = v;
        while (shared[owner]) {
            owner = inputs[owner][0];
        }
        return owner;
    }

    /**
     * Return the last value whose stage reads a value, by value; beyond all values for those that a loss may read: outputs, and the values
     * that their stages read. Values that have the matrices of others count as those.
     */
    int[] lastReads() {
        int[] last = new int[size()];
        for (int v = 1; v < last.length; v++) {
            keepUntil(v, v, last);
        }
        for (int output : outputs) {
            last[owner(output)] = last.length;
            keepUntil(last.length, output, last);
        }
        return last;
    }

    private void keepUntil(int until, int reader, int[] last) {
        for (int u : inputs[reader]) {
            last[owner(u)] = until;
        }
    }

    /** Return whether a value depends on a learned parameter, so that the backward pass computes its gradient. */
    public boolean isLearned(int v) {
        return learned[v];
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
}
