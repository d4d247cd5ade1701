package dev.chainrule.engine.check;

import dev.chainrule.api.ActivationNode;
import dev.chainrule.api.Component;
import dev.chainrule.api.Loss;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.Regularizer;
import dev.chainrule.api.layer.Branches;
import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.value.Shape;
import dev.chainrule.engine.network.Network;
import dev.chainrule.engine.network.Objective;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Precision;
import dev.chainrule.math.ThreadTeam;
import dev.chainrule.math.kernel.KernelParts;
import java.util.ArrayList;
import java.util.List;

/**
 * A copy of a network in float64 with one batch, and all its quantities that can be perturbed. One thread uses it.
 *
 * <p>It computes in plain Java: a check is over before code on the Vector API would be compiled.
 */
final class CheckedNetwork {
    final Network network;
    final Objective objective;
    final Kernels kernels;
    final Loss loss;
    final long examples;
    final Matrix x = new DoubleMatrix(0, 0);
    final Matrix y = new DoubleMatrix(0, 0);
    final Pass pass = new CheckPass();

    private final List<Quantity> quantities = new ArrayList<>();
    private final Matrix firstGradient = new DoubleMatrix(0, 0);
    private final int last;
    private double under = Double.NaN;

    CheckedNetwork(GradientCheck.Subject subject, Shape input) {
        this.kernels = KernelParts.plain().kernels(Precision.FLOAT64, new ThreadTeam(1));
        this.network = Network.unfilled(subject.model(), input, kernels, subject.seed());
        this.loss = subject.loss();
        this.examples = subject.examples();
        this.objective = new Objective(network, loss, examples, subject.weights());
        this.last = network.nodes().size() - 1;
    }

    /** Take over a network's parameters and a batch, and compute its cost. */
    void load(Network trained, Matrix x, Matrix y) {
        network.copyTensors(trained);
        this.x.copyFrom(x);
        this.y.copyFrom(y);
        forward();
        if (quantities.isEmpty()) {
            list();
        }
    }

    /** Compute the cost of the loaded batch. */
    void forward() {
        objective.forward(x, y, pass);
    }

    /** Return all quantities that can be perturbed, in the order of backpropagation. */
    List<Quantity> quantities() {
        return quantities;
    }

    /** Return the index of a layer's first node. */
    int firstNode(Network.Layer layer) {
        int node = 0;
        for (Network.Layer other : network.layers()) {
            if (other == layer) {
                return node;
            }
            node += other.nodes().size();
        }
        throw new IllegalArgumentException("no layer of this network: " + layer.name());
    }

    /** Return the layer that a node belongs to. */
    Network.Layer layerOf(int node) {
        int after = 0;
        for (Network.Layer layer : network.layers()) {
            after += layer.nodes().size();
            if (node < after) {
                return layer;
            }
        }
        throw new IllegalArgumentException("no node " + node);
    }

    /** Return the quantity that a node takes as its input. */
    Quantity input(Equation equation, String layer, String name, int node) {
        return new Quantity(
                equation, layer, name, node, network.input(node), (theta, branches) -> cost(node, branches));
    }

    /** Compute all gradients, including those that training does not need: down to the network's own input. */
    void backward() {
        objective.backward(y, pass);
        int start = objective.fused().isPresent() && last > 0 ? last - 1 : last;
        for (int i = Math.min(network.firstLearned(), start); i >= 0; i--) {
            Matrix dx = i == 0 ? firstGradient : network.delta(i - 1);
            dx.reshape(x.rows(), network.input(i).columns());
            network.nodes().get(i).backward(network.input(i), network.output(i), network.delta(i), dx, pass);
        }
    }

    /** Overwrite every result of a backward pass, so that an omission shows. */
    void spoilGradients(double value) {
        under = value;
        network.parameters().forEach(parameter -> parameter.gradient().fill(value));
        for (int i = 0; i <= last; i++) {
            network.delta(i).fill(value);
        }
        firstGradient.fill(value);
    }

    /** Return the gradient of a quantity from the last backward pass. */
    Matrix analytic(Quantity quantity) {
        Matrix gradient = new DoubleMatrix(0, 0);
        gradient.reshape(quantity.theta().rows(), quantity.theta().columns());
        gradient.fill(under);
        switch (quantity.equation()) {
            case LOSS -> loss.gradient(network.output(last), y, gradient, kernels);
            case REGULARIZER -> {
                gradient.fill(0);
                regularizer(quantity).addGradient(quantity.theta(), examples, gradient, kernels);
            }
            case BP3, BP4, PARAMETERS -> gradient.copyFrom(parameter(quantity).gradient());
            default -> gradient.copyFrom(quantity.node() == 0 ? firstGradient : network.delta(quantity.node() - 1));
        }
        return gradient;
    }

    /** Return the parameter that a quantity is. */
    Parameter parameter(Quantity quantity) {
        return network.parameters().stream()
                .filter(parameter -> parameter.value() == quantity.theta())
                .findFirst()
                .orElseThrow();
    }

    Regularizer regularizer(Quantity quantity) {
        return parameter(quantity).regularizer().orElseThrow();
    }

    /** Recompute the cost from a node on. */
    double cost(int node, Branches branches) {
        network.forward(node, pass);
        for (int i = node; i <= last; i++) {
            network.nodes().get(i).branches(network.input(i), network.output(i), branches);
        }
        Matrix a = objective.costs(y);
        if (objective.fused().isEmpty()) {
            loss.branches(a, y, branches);
        }
        return objective.meanCost(y);
    }

    private void list() {
        String called = nameOf(loss);
        quantities.add(new Quantity(
                Equation.LOSS, called, called + ".a", last + 1, network.output(last), (theta, branches) -> {
                    loss.branches(network.output(last), y, branches);
                    return unfusedCost();
                }));
        List<Network.Layer> layers = network.layers();
        for (int l = layers.size() - 1; l >= 0; l--) {
            Network.Layer layer = layers.get(l);
            int first = firstNode(layer);
            boolean hasZ = false;
            for (int i = layer.nodes().size() - 1; i >= 0; i--) {
                if (layer.nodes().get(i) instanceof ActivationNode) {
                    hasZ = true;
                    Equation equation = first + i == last ? Equation.BP1 : Equation.BP2;
                    quantities.add(input(equation, layer.name(), layer.name() + ".z", first + i));
                }
            }
            if (!hasZ) {
                quantities.add(input(Equation.INPUTS, layer.name(), layer.name() + ".x", first));
            }
            for (Parameter parameter : layer.parameters()) {
                list(parameter, layer, first, hasZ);
            }
        }
    }

    private void list(Parameter parameter, Network.Layer layer, int node, boolean hasZ) {
        parameter
                .regularizer()
                .ifPresent(regularizer -> quantities.add(new Quantity(
                        Equation.REGULARIZER,
                        layer.name(),
                        parameter.name(),
                        node,
                        parameter.value(),
                        (theta, branches) -> penalty(parameter, theta, branches))));
        Equation equation = !hasZ
                ? Equation.PARAMETERS
                : parameter.name().endsWith(".biases")
                        ? Equation.BP3
                        : parameter.name().endsWith(".weights") ? Equation.BP4 : Equation.PARAMETERS;
        quantities.add(new Quantity(
                equation,
                layer.name(),
                parameter.name(),
                node,
                parameter.value(),
                (theta, branches) -> cost(node, branches) + penalty(parameter, theta, branches)));
    }

    private double penalty(Parameter parameter, double theta, Branches branches) {
        if (parameter.regularizer().isEmpty()) {
            return 0;
        }
        Regularizer regularizer = parameter.regularizer().get();
        for (double kink : regularizer.kinks()) {
            branches.addSide(theta, kink);
        }
        return regularizer.cost(parameter.value(), examples, kernels);
    }

    private double unfusedCost() {
        Matrix costs = kernels.matrix(x.rows(), 1);
        loss.costs(network.output(last), y, costs, kernels);
        double sum = 0;
        for (int i = 0; i < costs.rows(); i++) {
            sum += costs.get(i, 0);
        }
        return sum / costs.rows();
    }

    /** Return a component's name in YAML. */
    static String nameOf(Object component) {
        Component named = component.getClass().getAnnotation(Component.class);
        return named == null ? component.getClass().getSimpleName() : named.value();
    }

    /** Return the last node. */
    Node lastNode() {
        return network.nodes().get(last);
    }
}
