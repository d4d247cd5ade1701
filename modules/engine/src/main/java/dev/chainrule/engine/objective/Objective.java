package dev.chainrule.engine.objective;

import dev.chainrule.api.Loss;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.network.Graph;
import dev.chainrule.model.network.Network;
import java.util.List;
import java.util.Optional;

/**
 * The cost that training minimises, and its gradients: C = Σᵢ wᵢ·costᵢ / batch + Σₛ Σᵢ costₛᵢ / batch + Σ R(w)/n, where wᵢ is the
 * weight of example i, 1 unless classes have weights, and costₛᵢ what stage s adds. So weights change how much an example counts, not
 * the divisor, nor what stages add; the gradient of that is part of their backward pass.
 *
 * <p>If the loss fuses with the output activation, BP1 is computed in the fused form from z.
 */
public final class Objective {
    private final Network network;
    private final Graph graph;
    private final Loss loss;
    private final Optional<Loss.Fused> fused;
    private final long examples;
    private final ClassWeights weights;
    private final List<Parameter> regularized;
    private final Kernels kernels;
    private final Matrix costs;
    private final int last;
    private final int start;

    /**
     * Create the objective of a network.
     *
     * @param examples n, the number of training examples, by which regularizers are divided
     */
    public Objective(Network network, Loss loss, long examples) {
        this(network, loss, examples, ClassWeights.NONE);
    }

    /**
     * Create the objective of a network whose examples count by their classes.
     *
     * @param examples n, the number of training examples, by which regularizers are divided
     */
    public Objective(Network network, Loss loss, long examples, ClassWeights weights) {
        this.network = network;
        this.graph = network.graph();
        this.loss = loss;
        this.fused = network.outputActivation().flatMap(node -> loss.fuse(node.activation()));
        this.examples = examples;
        this.weights = weights;
        this.regularized = network.parameters().stream()
                .filter(parameter -> parameter.regularizer().isPresent())
                .toList();
        this.kernels = network.kernels();
        this.costs = kernels.matrix(0, 1);
        this.last = graph.last();
        int z = fused.isPresent() ? graph.input(last, 0) : 0;
        this.start = z > 0 ? z : last;
    }

    /**
     * Compute outputs and costs of a batch.
     *
     * @param x [batch, in]. Not modified.
     * @param y [batch, target]. Not modified.
     * @return the outputs [batch, out], owned by the network
     * @throws InputException at {@code loss} if it cannot take a target
     */
    public Matrix forward(Matrix x, Matrix y, Pass pass) {
        network.forward(x, pass);
        return costs(y);
    }

    /**
     * Compute the costs of the network's present outputs.
     *
     * @param y [batch, target]. Not modified.
     * @return the outputs [batch, out], owned by the network
     * @throws InputException at {@code loss} if it cannot take a target
     */
    public Matrix costs(Matrix y) {
        Matrix a = graph.out(last);
        costs.reshape(a.rows(), 1);
        try {
            if (fused.isPresent()) {
                fused.get().costs(graph.out(graph.input(last, 0)), a, y, costs, kernels);
            } else {
                loss.costs(a, y, costs, kernels);
            }
        } catch (InputException e) {
            throw e.below("loss");
        }
        return a;
    }

    /** Return the loss fused with the output activation, if it supports that. */
    public Optional<Loss.Fused> fused() {
        return fused;
    }

    /** Return each example's cost [batch, 1] in the last forward pass, not weighted. */
    public Matrix costs() {
        return costs;
    }

    /**
     * Return the mean weighted cost of the last forward pass, a training pass, with the costs that stages add, without regularizers of
     * parameters; summed by rows, ascending, in float64.
     *
     * @param y [batch, target], that of the pass. Not modified.
     */
    public double meanCost(Matrix y) {
        double sum = 0;
        for (int i = 0; i < costs.rows(); i++) {
            sum += weights.areGiven() ? weights.of(y, i) * costs.get(i, 0) : costs.get(i, 0);
        }
        return network.withAdded(sum / costs.rows());
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
     * Compute ∂C/∂w of every parameter into its gradient, from the last forward pass (BP1 to BP4, then regularizers).
     *
     * @param y [batch, target], that of the pass. Not modified.
     */
    public void backward(Matrix y, Pass pass) {
        gradient(y, graph.delta(start));
        network.backward(start, pass);
        for (int i = 0; i < regularized.size(); i++) {
            Parameter parameter = regularized.get(i);
            parameter
                    .regularizer()
                    .orElseThrow()
                    .addGradient(parameter.value(), examples, parameter.gradient(), kernels);
        }
    }

    /** Return the value at which the backward pass begins: the output, or z if the loss is fused with the last activation. */
    public int start() {
        return start;
    }

    /**
     * Compute the gradient of the value at which the backward pass begins (BP1), through the loss alone.
     *
     * @param y [batch, target], that of the pass. Not modified.
     * @param delta [batch, out]. Modified.
     */
    public void gradient(Matrix y, Matrix delta) {
        Matrix a = graph.out(last);
        if (start < last) {
            fused.orElseThrow().delta(graph.out(start), a, y, delta, kernels);
        } else {
            loss.gradient(a, y, delta, kernels);
        }
        if (weights.areGiven()) {
            weights.multiply(delta, y);
        }
    }
}
