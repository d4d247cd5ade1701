package dev.chainrule.model.network;

/**
 * The order in which a backward pass adds the gradients of values. That of a value which is read several times is the sum over all uses,
 * from the last use in the order of computation to the first, where a stage that reads a value twice uses it first at its first input:
 * the backward pass reaches them in this order. The last use overwrites the gradient; each other one is added to it.
 */
public final class BackwardOrder {
    private final int[] starts;
    private final boolean[] reached;
    private final boolean[] lastByCost;
    /** By value and input: whether no later use writes the gradient of that input. */
    private final boolean[][] last;

    /**
     * Determine the order.
     *
     * @param values at which the pass begins, each used by one cost; the costs are uses after those by all stages, in this order
     */
    public BackwardOrder(Topology topology, int... values) {
        starts = values.clone();
        reached = new boolean[topology.size()];
        lastByCost = new boolean[values.length];
        last = new boolean[topology.size()][];
        for (int i = values.length - 1; i >= 0; i--) {
            lastByCost[i] = reach(values[i]);
        }
        for (int v = topology.last(); v >= 0; v--) {
            last[v] = new boolean[topology.inputs(v)];
            for (int k = last[v].length - 1; reached[v] && k >= 0; k--) {
                last[v][k] = reach(topology.input(v, k));
            }
        }
    }

    /** Return whether a value is reached for the first time. */
    private boolean reach(int value) {
        boolean first = !reached[value];
        reached[value] = true;
        return first;
    }

    /** Return the number of costs. */
    int costs() {
        return starts.length;
    }

    /** Return the value at which the pass begins for a cost. */
    int start(int cost) {
        return starts[cost];
    }

    /** Return whether a cost, by its place among the values at which the pass begins, is the last use of its value. */
    public boolean isLast(int cost) {
        return lastByCost[cost];
    }

    /** Return whether the stage of a value is the last use of one of its inputs. */
    boolean isLast(int v, int input) {
        return last[v][input];
    }

    /** Return whether a value has a gradient. */
    boolean reaches(int v) {
        return reached[v];
    }
}
