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
 * The cost of one output of a network: weight·(Σᵢ wᵢ·costᵢ / batch), where wᵢ is the weight of example i, 1 unless classes have
 * weights.
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
    /** [batch, target], those of the present costs; null before the first. */
    private Matrix own;

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
                ? activation(topology, value).flatMap(node -> term.loss().fuse(node.activation()))
                : Optional.empty();
        int z = fused.isPresent() ? topology.input(value, 0) : 0;
        this.start = z > 0 ? z : value;
        this.targets = kernels.matrix(0, 0);
        this.costs = kernels.matrix(0, 1);
    }

    private static Optional<ActivationNode> activation(Topology topology, int value) {
        return topology.stage(value) instanceof ActivationNode node ? Optional.of(node) : Optional.empty();
    }

    /**
     * Compute the costs of the output's present value.
     *
     * @param own [batch, target] of this output. Not modified; {@link #mean} and {@link #gradient} read it again.
     * @return [batch, 1], owned by this object, valid until the next call
     * @throws InputException at the loss if it cannot take a target
     */
    public Matrix costsOf(Matrix own) {
        this.own = own;
        Matrix a = graph.out(value);
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

    /** Return the weighted mean of the present costs; summed by rows, ascending, in float64. */
    double mean() {
        ClassWeights classes = term.classes();
        double sum = 0;
        for (int i = 0; i < costs.rows(); i++) {
            sum += classes.areGiven() ? classes.of(own, i) * costs.get(i, 0) : costs.get(i, 0);
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
        if (start < value) {
            fused.orElseThrow().delta(z(), graph.out(value), own, delta, kernels);
        } else {
            term.loss().gradient(graph.out(value), own, delta, kernels);
        }
        if (term.classes().areGiven()) {
            term.classes().multiply(delta, own);
        }
        if (term.weight() != 1) {
            kernels.scale(term.weight(), delta);
        }
    }

    /** Return the targets of this output among those of all: y itself, or a copy that is valid until the next call. */
    public Matrix targets(Matrix y) {
        if (term.targets() == 0 || term.targets() == y.columns()) {
            return y;
        }
        targets.reshape(y.rows(), term.targets());
        targets.copyColumns(y, firstTarget, 0, term.targets());
        return targets;
    }

    private Matrix z() {
        return graph.out(graph.topology().input(value, 0));
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

    /** Return the outputs [batch, out] of the last forward pass. */
    public Matrix outputs() {
        return graph.out(value);
    }

    /** Return each example's cost [batch, 1] in the last forward pass, not weighted. */
    public Matrix costs() {
        return costs;
    }
}
