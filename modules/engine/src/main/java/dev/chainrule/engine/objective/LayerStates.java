package dev.chainrule.engine.objective;

import dev.chainrule.api.ActivationNode;
import dev.chainrule.api.Run.LayerState;
import dev.chainrule.api.layer.Value;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.network.Graph;
import dev.chainrule.model.network.Layer;
import dev.chainrule.model.network.Network;
import dev.chainrule.model.network.Topology;
import java.util.ArrayList;
import java.util.List;

/** The layers of a network after a step: views of its matrices, without computation. */
public final class LayerStates {
    private final Network network;
    private final Graph graph;
    private final Topology topology;
    private final Objective objective;

    public LayerStates(Network network, Objective objective) {
        this.network = network;
        this.graph = network.graph();
        this.topology = network.topology();
        this.objective = objective;
    }

    /** Return all layers, first to last; none before the first pass. */
    public List<LayerState> all() {
        List<LayerState> states = new ArrayList<>();
        if (graph.out(0) == null) {
            return states; // resumed after a hook failed at the last step: there was no pass yet
        }
        network.gatherShards();
        for (Layer layer : network.layers()) {
            List<Matrix> inputs = graph.read(layer.values().get(0).id());
            states.add(new LayerState(layer.name(), network.readBy(layer), layer.parameters(), inputs, stages(layer)));
        }
        return states;
    }

    /** Return the stages whose z has a gradient: the backward pass computes it only for values that something learned precedes. */
    private List<LayerState.Stage> stages(Layer layer) {
        List<LayerState.Stage> stages = new ArrayList<>();
        for (Value value : layer.values()) {
            int a = value.id();
            int z = topology.input(a, 0);
            if (topology.stage(a) instanceof ActivationNode activation && topology.isLearned(z)) {
                stages.add(new LayerState.Stage(
                        activation, graph.out(z), graph.out(a), graph.delta(z), objective.isFused(a)));
            }
        }
        return stages;
    }
}
