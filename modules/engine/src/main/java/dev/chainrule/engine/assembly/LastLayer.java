package dev.chainrule.engine.assembly;

import dev.chainrule.api.error.InputException;
import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Value;
import dev.chainrule.api.value.Shape;
import dev.chainrule.model.ConfigPaths;
import dev.chainrule.model.network.Network;
import dev.chainrule.model.network.Topology;
import java.util.Optional;

/**
 * The last layer of a network, for messages about its outputs. Losses and metrics advise to give the last layer other {@code units} or
 * another {@code activation}; if it has no such parameter, such as a sum or a normalisation, the advice is to change the layer before
 * it, or to add one.
 */
public final class LastLayer {
    private static final String UNITS = "Give the last layer (units: (\\d+))";
    private static final String ACTIVATION = "Write activation: (\\w+) in the last layer";

    private final Network network;
    private final Value output;

    /**
     * Create it for an output.
     *
     * @param head the number of the output
     */
    public LastLayer(Network network, int head) {
        this.network = network;
        this.output = network.outputs().get(head);
    }

    /**
     * Return a problem with the number of outputs at the parameter that determines it, if there is one, or at the last layer.
     *
     * @param seen the shape of the output that loss and metrics see
     */
    public InputException place(InputException e, Shape seen) {
        Topology topology = network.topology();
        int v = output.id();
        int axes = output.shape().dimensions().size();
        boolean ofPositions = seen.dimensions().size() < axes;
        if (axes == 2 && !ofPositions) { // units are those of a step
            return changed(e, "End the model with flatten and { type: dense, $1 }", path());
        }
        while (units(v, seen.size()).isEmpty() && passesOn(v)) {
            v = topology.input(v, 0);
        }
        Optional<String> units = units(v, seen.size());
        String advice = units.isEmpty()
                ? ofPositions && axes > 2
                        ? "End the model with { type: conv, size: 1, filters: $2 }"
                        : "End the model with { type: dense, $1 }"
                : "Give "
                        + (v == output.id()
                                ? "the last layer"
                                : network.layerOf(v).name()) + " "
                        + units.get().substring(units.get().lastIndexOf('.') + 1) + ": $2";
        return changed(e, advice, units.orElse(path()));
    }

    private static InputException changed(InputException e, String advice, String path) {
        String[] notes =
                e.notes().stream().map(note -> note.replaceFirst(UNITS, advice)).toArray(String[]::new);
        return new InputException(e.getMessage(), notes).atConfig(path);
    }

    /** Return the advice to use an activation, with the parameter that the last layer has for it. */
    public String adapt(String advice) {
        return advice.replaceFirst(
                ACTIVATION,
                has("activation")
                        ? "$0"
                        : has("function")
                                ? "Write function: $1 in the last layer"
                                : "End the model with { type: activation, function: $1 }");
    }

    /** Return the path of the last layer in the config. */
    public String path() {
        return output.id() == 0 ? "model" : network.layerOf(output.id()).place();
    }

    private boolean has(String parameter) {
        return output.id() > 0
                && ConfigPaths.hasParameter(network.layerOf(output.id()).spec(), parameter);
    }

    /** Return the path of the layer's own parameter that is the width of a value, such as {@code units}. */
    private Optional<String> units(int v, Integer width) {
        if (v == 0 || !(network.layerOf(v).spec() instanceof Record spec)) {
            return Optional.empty();
        }
        String place = network.layerOf(v).place();
        return ConfigPaths.find(place, spec, width::equals)
                .filter(path -> path.substring(place.length()).matches("\\.\\w+"));
    }

    /** Return whether a value has the elements of another one that nothing else reads. */
    private boolean passesOn(int v) {
        Topology topology = network.topology();
        return v > 0
                && topology.stage(v) instanceof Node
                && network.layerOf(v).values().size() == 1
                && topology.input(v, 0) > 0
                && topology.uses(topology.input(v, 0)) == 1
                && topology.stage(topology.input(v, 0)).output().size()
                        == topology.stage(v).output().size();
    }
}
