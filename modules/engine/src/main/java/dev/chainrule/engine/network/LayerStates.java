package dev.chainrule.engine.network;

import dev.chainrule.api.ActivationNode;
import dev.chainrule.api.LayerState;
import dev.chainrule.api.layer.Node;
import java.util.ArrayList;
import java.util.List;

/** The layers of a network after a step: views of its matrices, without computation. */
public final class LayerStates {
    private final Network network;
    private final boolean fused;

    public LayerStates(Network network, Objective objective) {
        this.network = network;
        this.fused = objective.fused().isPresent();
    }

    /** Return all layers, first to last; none before the first pass. */
    public List<LayerState> all() {
        List<LayerState> states = new ArrayList<>();
        int first = 0;
        for (Network.Layer layer : network.layers()) {
            if (network.input(first) == null) {
                return List.of(); // resumed after a hook failed at the last step: there was no pass yet
            }
            states.add(new LayerState(layer.name(), layer.parameters(), network.input(first), stages(layer, first)));
            first += layer.nodes().size();
        }
        return states;
    }

    /** Return the stages whose z has a gradient: the backward pass ends at the first node of a layer that learns. */
    private List<LayerState.Stage> stages(Network.Layer layer, int first) {
        List<LayerState.Stage> stages = new ArrayList<>();
        for (int i = 0; i < layer.nodes().size(); i++) {
            int place = first + i;
            Node node = layer.nodes().get(i);
            if (node instanceof ActivationNode activation && place > network.firstLearned()) {
                boolean last = place == network.nodes().size() - 1;
                stages.add(new LayerState.Stage(
                        activation,
                        network.input(place),
                        network.output(place),
                        network.delta(place - 1),
                        last && fused));
            }
        }
        return stages;
    }
}
