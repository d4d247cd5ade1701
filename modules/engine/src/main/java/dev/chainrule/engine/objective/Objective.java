package dev.chainrule.engine.objective;

import dev.chainrule.api.Loss;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.network.BackwardOrder;
import dev.chainrule.model.network.Graph;
import dev.chainrule.model.network.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * The cost that training minimises, and its gradients: C = Σ of the outputs' costs + Σₛ Σᵢ costₛᵢ / batch + Σ R(w)/n, where costₛᵢ
 * is what stage s adds, whose gradient is part of its backward pass. Outputs are added in their order.
 *
 * <p>A cost is a use of the value that it is computed from, after those by all stages, the last output's last: the gradients of
 * that value are added in the same order as those of any other, see {@link Graph}.
 */
public final class Objective {
    private final Network network;
    private final Graph graph;
    private final BackwardOrder order;
    private final List<OutputCost> heads = new ArrayList<>();
    private final long examples;
    private final List<Parameter> regularized;
    private final Kernels kernels;
    private final Matrix addend;
    private final Matrix total;

    /**
     * Create the objective of a network with one output.
     *
     * @param examples n, the number of training examples, by which regularizers are divided
     */
    public Objective(Network network, Loss loss, long examples) {
        this(network, List.of(Term.of(loss, ClassWeights.NONE)), examples);
    }

    /**
     * Create the objective of a network.
     *
     * @param terms by output of the network
     * @param examples n, the number of training examples, by which regularizers are divided
     */
    public Objective(Network network, List<Term> terms, long examples) {
        this.network = network;
        this.graph = network.graph();
        this.examples = examples;
        this.kernels = network.kernels();
        int target = 0;
        for (int i = 0; i < terms.size(); i++) {
            heads.add(
                    new OutputCost(terms.get(i), graph, network.outputs().get(i).id(), target, kernels));
            target += terms.get(i).targets();
        }
        this.order = new BackwardOrder(
                network.topology(), heads.stream().mapToInt(OutputCost::start).toArray());
        this.regularized = network.parameters().stream()
                .filter(parameter -> parameter.regularizer().isPresent())
                .toList();
        this.addend = kernels.matrix(0, 0);
        this.total = kernels.matrix(0, 1);
    }

    /**
     * Compute outputs and costs of a batch.
     *
     * @param x [batch, in]. Not modified.
     * @param y [batch, targets]. Not modified.
     * @throws InputException at {@code loss} if it cannot take a target
     */
    public void forward(Matrix x, Matrix y, Pass pass) {
        network.forward(x, pass);
        costs(y);
    }

    /**
     * Compute the costs of the network's present outputs.
     *
     * @param y [batch, targets]. Not modified.
     * @throws InputException at {@code loss} if it cannot take a target
     */
    public void costs(Matrix y) {
        for (int h = 0; h < heads.size(); h++) {
            heads.get(h).costsOf(heads.get(h).targets(y));
        }
    }

    /**
     * Give the examples of the last forward pass, and of those that follow, weights in the cost and its gradients.
     *
     * @param weights by example, each 0 or more; none if every example counts once. Not copied, not modified.
     */
    public void weigh(double... weights) {
        for (int h = 0; h < heads.size(); h++) {
            heads.get(h).weigh(weights);
        }
    }

    /** Return the costs of the outputs, in their order. */
    public List<OutputCost> heads() {
        return heads;
    }

    /** Compute Σ weight·cost of each example [batch, 1] in the last forward pass, without weights of classes and examples. */
    public Matrix total() {
        total.reshape(heads.get(0).exampleCosts().rows(), 1);
        total.fill(0);
        for (int h = 0; h < heads.size(); h++) {
            kernels.addScaled(heads.get(h).term().weight(), heads.get(h).exampleCosts(), total);
        }
        return total;
    }

    /**
     * Return the mean weighted cost of the last forward pass, a training pass, with the costs that stages add, without regularizers of
     * parameters.
     */
    public double meanCost() {
        double sum = heads.get(0).mean();
        for (int h = 1; h < heads.size(); h++) {
            sum += heads.get(h).mean();
        }
        return network.addedCosts().addTo(sum);
    }

    /** Return Σ R(w)/n over all regularized parameters. */
    public double penalty() {
        double sum = 0;
        for (int i = 0; i < regularized.size(); i++) {
            Parameter parameter = regularized.get(i);
            sum += parameter.regularizer().orElseThrow().cost(parameter.value(), examples, kernels);
        }
        return sum;
    }

    /**
     * Compute ∂C/∂w of every parameter into its gradient, from the last forward pass and its targets (BP1 to BP4, then
     * regularizers).
     */
    public void backward(Pass pass) {
        for (int h = heads.size() - 1; h >= 0; h--) {
            Matrix delta = graph.delta(heads.get(h).start());
            if (order.isLast(h)) {
                heads.get(h).gradient(delta);
            } else {
                addend.reshape(delta.rows(), delta.columns());
                heads.get(h).gradient(addend);
                kernels.addScaled(1, addend, delta);
            }
        }
        network.backward(order, pass);
        for (int i = 0; i < regularized.size(); i++) {
            Parameter parameter = regularized.get(i);
            parameter
                    .regularizer()
                    .orElseThrow()
                    .addGradient(parameter.value(), examples, parameter.gradient(), kernels);
        }
    }

    /** Return the order in which the backward pass adds gradients, from the outputs. */
    public BackwardOrder order() {
        return order;
    }

    /** Return whether a value is an output whose loss is fused with its activation, so that it has no gradient of its own. */
    public boolean isFused(int value) {
        return heads.stream().anyMatch(head -> head.value() == value && head.start() < value);
    }
}
