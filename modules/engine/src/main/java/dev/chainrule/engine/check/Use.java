package dev.chainrule.engine.check;

import dev.chainrule.api.layer.Branches;
import dev.chainrule.api.layer.Join;
import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.layer.Stage;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.network.Graph;
import dev.chainrule.model.network.Topology;
import java.util.ArrayList;
import java.util.List;

/** One use of a value: an input of a stage, which can be perturbed for that stage alone. */
final class Use {
    private final Graph graph;
    private final Topology topology;
    private final int value;
    private final int input;
    private final boolean only;
    /** The used value if nothing else uses it, else a copy. */
    private final Matrix theta;

    /** All inputs of the stage, with this one replaced. */
    private final List<Matrix> read;

    private final int[] readers;

    /**
     * Create the use by the stage of a value at one of its inputs, after a forward pass.
     *
     * @param value the value that the stage computes
     */
    Use(Graph graph, int value, int input) {
        this.graph = graph;
        this.topology = graph.topology();
        this.value = value;
        this.input = input;
        this.only = topology.uses(source()) == 1;
        this.theta = only ? graph.out(source()) : new DoubleMatrix(0, 0);
        this.readers = topology.readers(value);
        this.read = new ArrayList<>(graph.read(value));
        read.set(input, theta);
        load();
    }

    /** Take over the used value as of the last forward pass. */
    void load() {
        if (!only) {
            theta.copyFrom(graph.out(source()));
        }
    }

    /** Return the used value. */
    int source() {
        return topology.input(value, input);
    }

    /** Return the value that the stage computes. */
    int value() {
        return value;
    }

    /** Return the values whose stages read the one that the stage computes. */
    int[] readers() {
        return readers;
    }

    int input() {
        return input;
    }

    Matrix theta() {
        return theta;
    }

    /**
     * Compute the stage.
     *
     * @param out [batch, out]. Modified.
     */
    void forward(Matrix out, Pass pass) {
        Stage stage = topology.stage(value);
        if (stage instanceof Node node) {
            node.forward(theta, out, pass);
        } else if (stage instanceof Join join) {
            join.forward(read, out, pass);
        }
    }

    /** Add the branches that the stage took. */
    void branches(Branches branches) {
        Stage stage = topology.stage(value);
        if (stage instanceof Node node) {
            node.branches(theta, graph.out(value), branches);
        } else if (stage instanceof Join join) {
            join.branches(read, graph.out(value), branches);
        }
    }
}
