package dev.chainrule.engine.objective;

import dev.chainrule.api.ActivationNode;
import dev.chainrule.api.Loss;
import dev.chainrule.api.error.InputException;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.network.Graph;
import dev.chainrule.model.network.Topology;
import java.util.Optional;

/**
 * The cost of one output of a network: weight·(Σᵢ wᵢ·costᵢ / rows), where wᵢ is the weight of row i: that of its class times that of
 * its example, each 1 unless it is given. A row is an example, or a position of an example if the target has positions.
 *
 * <p>If the loss fuses with the output's activation, and nothing else reads what the activation reads and computes, BP1 is
 * computed in the fused form from z.
 */
public final class OutputCost {
    private final Term term;
    private final Graph graph;
    private final Kernels kernels;
    private final int value;
    private final int start;
    private final Optional<Loss.Fused> fused;
    private final int firstTarget;
    private final Matrix targets;
    private final Matrix costs;
    /** [rows, target], those of the present costs; null before the first. */
    private Matrix own;

    /** The weights of the examples; empty if every example counts once. */
    private double[] weights = {};

    private final Matrix exampleCosts;
    private final Rows as;
    private final Rows zs;
    private final Rows ys;
    private final Rows deltas;

    /**
     * Create the cost of an output.
     *
     * @param value the output in the graph
     * @param firstTarget the column of y at which its targets begin
     */
    OutputCost(Term term, Graph graph, int value, int firstTarget, Kernels kernels) {
        this.term = term;
        this.graph = graph;
        this.kernels = kernels;
        this.value = value;
        this.firstTarget = firstTarget;
        Topology topology = graph.topology();
        this.fused = value > 0 && topology.uses(value) == 1 && topology.uses(topology.input(value, 0)) == 1
                ? activation(topology, value)
                        .filter(node -> node.separates(term.positions()))
                        .flatMap(node -> term.loss().fuse(node.activation()))
                : Optional.empty();
        int z = fused.isPresent() ? topology.input(value, 0) : 0;
        this.start = z > 0 ? z : value;
        this.targets = kernels.matrix(0, 0);
        this.costs = kernels.matrix(0, 1);
        this.exampleCosts = kernels.matrix(0, 1);
        this.as = new Rows(term.positions(), kernels.matrix(0, 0));
        this.zs = new Rows(term.positions(), kernels.matrix(0, 0));
        this.ys = new Rows(term.positions(), kernels.matrix(0, 0));
        this.deltas = new Rows(term.positions(), kernels.matrix(0, 0));
    }

    private static Optional<ActivationNode> activation(Topology topology, int value) {
        return topology.stage(value) instanceof ActivationNode node ? Optional.of(node) : Optional.empty();
    }

    /**
     * Compute the costs of the output's present value.
     *
     * @param own [rows, target] of this output. Not modified; {@link #mean} and {@link #gradient} read it again.
     * @return [rows, 1], owned by this object, valid until the next call
     * @throws InputException at the loss if it cannot take a target
     */
    public Matrix costsOf(Matrix own) {
        this.own = own;
        Matrix a = outputs();
        costs.reshape(a.rows(), 1);
        try {
            if (fused.isPresent()) {
                fused.get().costs(z(), a, own, costs, kernels);
            } else {
                term.loss().costs(a, own, costs, kernels);
            }
            return costs;
        } catch (InputException e) {
            throw e.below(term.name().isEmpty() ? "loss" : "outputs." + term.name() + ".loss");
        }
    }

    void weigh(double... weights) {
        this.weights = weights;
    }

    private boolean isWeighted() {
        return weights.length > 0 || term.classes().areGiven();
    }

    /** Return the weight of a row of an output with weights. */
    private double weight(int row) {
        double weight = term.classes().areGiven() ? term.classes().of(own, row) : 1;
        return weights.length > 0 ? weight * weights[row / term.positions()] : weight;
    }

    /** Return the weighted mean of the present costs; summed by rows, ascending, in float64. */
    double mean() {
        boolean weighted = isWeighted();
        double sum = 0;
        for (int i = 0; i < costs.rows(); i++) {
            sum += weighted ? weight(i) * costs.get(i, 0) : costs.get(i, 0);
        }
        return term.weight() * (sum / costs.rows());
    }

    /**
     * Compute the gradient of the value at which the backward pass begins (BP1), through this cost alone, for the targets of the
     * present costs.
     *
     * @param delta [batch, out]. Modified.
     */
    public void gradient(Matrix delta) {
        delta.reshape(graph.out(start).rows(), graph.out(start).columns());
        Matrix rows = deltas.of(delta);
        if (start < value) {
            fused.orElseThrow().delta(z(), outputs(), own, rows, kernels);
        } else {
            term.loss().gradient(outputs(), own, rows, kernels);
        }
        if (isWeighted()) {
            for (int i = 0; i < rows.rows(); i++) {
                double weight = weight(i);
                for (int j = 0; j < rows.columns(); j++) {
                    rows.set(i, j, weight * rows.get(i, j));
                }
            }
        }
        if (term.weight() != 1) {
            kernels.scale(term.weight(), delta);
        }
    }

    /** Return the targets [rows, target] of this output among those of all: a view of y, or of a copy, that is valid until the next call. */
    public Matrix targets(Matrix y) {
        return ys.of(examples(y));
    }

    private Matrix examples(Matrix y) {
        if (term.targets() == 0 || term.targets() == y.columns()) {
            return y;
        }
        targets.reshape(y.rows(), term.targets());
        targets.copyColumns(y, firstTarget, 0, term.targets());
        return targets;
    }

    /** Return the rows [rows, out] that the output's activation reads, if the loss is fused with it. */
    public Matrix z() {
        return zs.of(graph.out(graph.topology().input(value, 0)));
    }

    public Term term() {
        return term;
    }

    /** Return the output in the graph. */
    public int value() {
        return value;
    }

    /** Return the value at which the backward pass begins: the output, or z if the loss is fused with its activation. */
    public int start() {
        return start;
    }

    /** Return the loss fused with the output's activation, if it supports that. */
    public Optional<Loss.Fused> fused() {
        return fused;
    }

    /** Return the outputs [rows, out] of the last forward pass. */
    public Matrix outputs() {
        return as.of(graph.out(value));
    }

    /** Return each row's cost [rows, 1] in the last forward pass, not weighted. */
    public Matrix costs() {
        return costs;
    }

    /** Return each example's cost [batch, 1] in the last forward pass, not weighted: the mean of its rows, added in their order. */
    public Matrix exampleCosts() {
        int positions = term.positions();
        if (positions == 1) {
            return costs;
        }
        exampleCosts.reshape(costs.rows() / positions, 1);
        for (int i = 0; i < exampleCosts.rows(); i++) {
            double sum = 0;
            for (int j = 0; j < positions; j++) {
                sum += costs.get(i * positions + j, 0);
            }
            exampleCosts.set(i, 0, sum / positions);
        }
        return exampleCosts;
    }
}
