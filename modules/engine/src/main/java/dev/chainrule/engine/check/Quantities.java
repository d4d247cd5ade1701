package dev.chainrule.engine.check;

import dev.chainrule.api.ActivationNode;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.Regularizer;
import dev.chainrule.api.layer.Branches;
import dev.chainrule.api.layer.Join;
import dev.chainrule.api.layer.Value;
import dev.chainrule.engine.objective.OutputCost;
import dev.chainrule.model.network.Layer;
import dev.chainrule.model.network.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The quantities of a network that are checked, in the order of backpropagation: for each value from the last to the first, its sum if
 * several stages or costs read it, the inputs of its stage, and the parameters of the layer that begins with it.
 */
final class Quantities {
    private final CheckedNetwork checked;
    private final Topology topology;
    private final List<Quantity> all = new ArrayList<>();

    Quantities(CheckedNetwork checked) {
        this.checked = checked;
        this.topology = checked.topology;
    }

    List<Quantity> all() {
        checked.objective.heads().forEach(this::loss);
        for (int v = topology.last(); v > 0; v--) {
            Layer layer = checked.network.layerOf(v);
            sum(v, layer.name());
            boolean hasZ = layer.stages().stream().anyMatch(ActivationNode.class::isInstance);
            uses(v, layer, hasZ);
            if (v == layer.values().get(0).id()) {
                for (Parameter parameter : layer.parameters()) {
                    parameter(parameter, layer, v, hasZ);
                }
            }
        }
        sum(0, "input");
        return all;
    }

    private void loss(OutputCost head) {
        String loss = CheckedNetwork.nameOf(head);
        all.add(new Quantity(
                Equation.LOSS, loss, loss + ".a", head.value(), Optional.empty(), head.outputs(), (theta, branches) -> {
                    head.term().loss().branches(head.outputs(), head.targets(checked.y), branches);
                    return checked.unfusedCost(head);
                }));
    }

    private void sum(int v, String layer) {
        if (topology.uses(v) > 1) {
            int[] readers = topology.readers(v);
            all.add(new Quantity(
                    Equation.SUM,
                    layer,
                    v == 0 ? layer : layer + ".out",
                    v,
                    Optional.empty(),
                    checked.graph.out(v),
                    (theta, branches) -> checked.cost(readers, branches)));
        }
    }

    /** Add z of an activation, each input of a join, and x of a layer without z. */
    private void uses(int v, Layer layer, boolean hasZ) {
        if (topology.stage(v) instanceof ActivationNode) {
            boolean output = checked.objective.heads().stream().anyMatch(head -> head.value() == v);
            Equation equation = output ? Equation.BP1 : Equation.BP2;
            all.add(use(equation, layer, "z", v, 0));
        } else if (topology.stage(v) instanceof Join) {
            for (int k = topology.inputs(v) - 1; k >= 0; k--) {
                all.add(use(Equation.INPUTS, layer, "x" + k, v, k));
            }
        } else if (!hasZ && isOutside(topology.input(v, 0), layer)) {
            all.add(use(Equation.INPUTS, layer, "x", v, 0));
        }
    }

    private static boolean isOutside(int value, Layer layer) {
        return layer.values().stream().map(Value::id).noneMatch(own -> own == value);
    }

    private Quantity use(Equation equation, Layer layer, String name, int v, int input) {
        return of(checked, equation, layer, name, new Use(checked.graph, v, input));
    }

    /** Return the quantity that a stage of a layer uses. */
    static Quantity of(CheckedNetwork checked, Equation equation, Layer layer, String name, Use use) {
        return new Quantity(
                equation,
                layer.name(),
                layer.name() + "." + name,
                use.value(),
                Optional.of(use),
                use.theta(),
                (theta, branches) -> checked.cost(use, branches));
    }

    private void parameter(Parameter parameter, Layer layer, int v, boolean hasZ) {
        parameter
                .regularizer()
                .ifPresent(regularizer -> all.add(new Quantity(
                        Equation.REGULARIZER,
                        layer.name(),
                        parameter.name(),
                        v,
                        Optional.empty(),
                        parameter.value(),
                        (theta, branches) -> penalty(parameter, theta, branches))));
        int[] users = checked.network.layers().stream()
                .filter(user -> Stream.concat(user.parameters().stream(), user.uses().stream())
                        .anyMatch(used -> used.value() == parameter.value()))
                .flatMap(user -> user.values().stream())
                .mapToInt(Value::id)
                .toArray();
        Equation equation = !hasZ
                ? Equation.PARAMETERS
                : parameter.name().endsWith(".biases")
                        ? Equation.BP3
                        : parameter.name().endsWith(".weights") ? Equation.BP4 : Equation.PARAMETERS;
        all.add(new Quantity(
                equation,
                layer.name(),
                parameter.name(),
                v,
                Optional.empty(),
                parameter.value(),
                (theta, branches) -> checked.cost(users, branches) + penalty(parameter, theta, branches)));
    }

    private double penalty(Parameter parameter, double theta, Branches branches) {
        if (parameter.regularizer().isEmpty()) {
            return 0;
        }
        Regularizer regularizer = parameter.regularizer().get();
        for (double kink : regularizer.kinks()) {
            branches.addSide(theta, kink);
        }
        return regularizer.cost(parameter.value(), checked.examples, checked.kernels);
    }
}
