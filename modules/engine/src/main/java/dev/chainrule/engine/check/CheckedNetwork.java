package dev.chainrule.engine.check;

import dev.chainrule.api.Component;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.Regularizer;
import dev.chainrule.api.layer.Branches;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.engine.objective.Objective;
import dev.chainrule.engine.objective.OutputCost;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.network.Graph;
import dev.chainrule.model.network.Network;
import dev.chainrule.model.network.Topology;
import java.util.ArrayList;
import java.util.List;

/** A copy of a network in float64 with one batch, and all its quantities that can be perturbed. One thread uses it. */
final class CheckedNetwork {
    final Network network;
    final Graph graph;
    final Topology topology;
    final Objective objective;
    final Kernels kernels;
    final long examples;
    final Matrix x = new DoubleMatrix(0, 0);
    final Matrix y = new DoubleMatrix(0, 0);
    final Pass pass = new CheckPass();

    private final List<Quantity> quantities = new ArrayList<>();
    private final int last;
    private double under = Double.NaN;
    private int[] starts = {};
    /** The values to recompute when the stages of the starts compute something else. */
    private int[] changing = {};

    CheckedNetwork(GradientCheck.Subject subject, Network trained, Kernels kernels) {
        this.kernels = kernels;
        this.network = Network.unfilled(subject.model(), subject.heads(), trained, kernels, subject.seed());
        this.graph = network.graph();
        this.topology = network.topology();
        this.examples = subject.examples();
        this.objective = new Objective(network, subject.terms(), examples);
        this.last = topology.last();
    }

    /** Take over a network's parameters and a batch, and compute its cost. */
    void load(Network trained, Matrix x, Matrix y) {
        network.copyTensors(trained);
        this.x.copyFrom(x);
        this.y.copyFrom(y);
        forward();
        if (quantities.isEmpty()) {
            quantities.addAll(new Quantities(this).all());
        }
    }

    /** Compute the cost of the loaded batch. */
    void forward() {
        objective.forward(x, y, pass);
        quantities.forEach(quantity -> quantity.use().ifPresent(Use::load));
    }

    /** Return all quantities that can be perturbed, in the order of backpropagation. */
    List<Quantity> quantities() {
        return quantities;
    }

    /** Compute all gradients, including those that training does not need: down to the network's own input. */
    void backward() {
        objective.backward(pass);
        graph.backwardToInput(objective.order(), pass);
    }

    /** Overwrite every result of a backward pass, so that an omission shows. */
    void spoilGradients(double value) {
        under = value;
        network.fillGradients(value);
    }

    /** Return the gradient of a quantity from the last backward pass. */
    Matrix analytic(Quantity quantity) {
        Matrix gradient = new DoubleMatrix(0, 0);
        gradient.reshape(quantity.theta().rows(), quantity.theta().columns());
        gradient.fill(under);
        switch (quantity.equation()) {
            case LOSS -> {
                OutputCost head = head(quantity);
                head.term().loss().gradient(head.outputs(), head.targets(y), gradient, kernels);
            }
            case REGULARIZER -> {
                gradient.fill(0);
                regularizer(quantity).addGradient(quantity.theta(), examples, gradient, kernels);
            }
            case BP3, BP4, PARAMETERS -> gradient.copyFrom(parameter(quantity).gradient());
            case SUM -> gradient.copyFrom(graph.delta(quantity.value()));
            default -> gradient(quantity.use().orElseThrow(), gradient);
        }
        return gradient;
    }

    /**
     * Compute the gradient of a use from the last backward pass.
     *
     * @param dx [batch, in]. Modified.
     */
    void gradient(Use use, Matrix dx) {
        if (topology.uses(use.source()) == 1) {
            dx.copyFrom(graph.delta(use.source()));
        } else {
            graph.gradient(use.value(), use.input(), dx, pass);
        }
    }

    /** Return the output whose loss a quantity is the argument of. */
    private OutputCost head(Quantity quantity) {
        return objective.heads().stream()
                .filter(head -> nameOf(head).equals(quantity.layer()))
                .findFirst()
                .orElseThrow();
    }

    /** Return all uses of a value by stages, last to first. */
    List<Use> uses(int source) {
        List<Use> uses = new ArrayList<>();
        for (int v = last; v > source; v--) {
            for (int k = topology.inputs(v) - 1; k >= 0; k--) {
                if (topology.input(v, k) == source) {
                    uses.add(new Use(graph, v, k));
                }
            }
        }
        return uses;
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

    /**
     * Recompute some values, all that depend on them, and the cost.
     *
     * @param values not modified later; the next call with the same array is faster
     */
    double cost(int[] values, Branches branches) {
        if (values != starts) {
            starts = values;
            changing = topology.downstream(values);
        }
        graph.forward(changing, pass);
        graph.branches(changing, branches);
        objective.costs(y);
        for (OutputCost head : objective.heads()) {
            if (head.fused().isEmpty()) {
                head.term().loss().branches(head.outputs(), head.targets(y), branches);
            }
        }
        return objective.meanCost();
    }

    /** Recompute the cost from a use on. */
    double cost(Use use, Branches branches) {
        use.forward(graph.out(use.value()), pass);
        use.branches(branches);
        return cost(use.readers(), branches);
    }

    /** Recompute the cost of a present output by its loss alone, without weights. */
    double unfusedCost(OutputCost head) {
        Matrix costs = kernels.matrix(head.outputs().rows(), 1);
        head.term().loss().costs(head.outputs(), head.targets(y), costs, kernels);
        double sum = 0;
        for (int i = 0; i < costs.rows(); i++) {
            sum += costs.get(i, 0);
        }
        return sum / costs.rows();
    }

    /** Return the name of an output's loss: {@code good.cross_entropy}. */
    static String nameOf(OutputCost head) {
        String loss = nameOf(head.term().loss());
        return head.term().name().isEmpty() ? loss : head.term().name() + "." + loss;
    }

    /** Return a component's name in YAML. */
    private static String nameOf(Object component) {
        Component named = component.getClass().getAnnotation(Component.class);
        return named == null ? component.getClass().getSimpleName() : named.value();
    }
}
