package dev.chainrule.model.network;

import dev.chainrule.api.NamedLayer;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.Suggestion;
import dev.chainrule.api.layer.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The names of one list of layers, and the values that its layers can read: those above in the list, then those of the lists around. */
final class LayerScope {
    /** The name of the network's input. */
    private static final String INPUT = "input";

    private final GraphBuilder graph;
    private final Optional<LayerScope> outer;
    private final String prefix;
    private final Optional<String> originalPrefix;
    private final List<String> names = new ArrayList<>();
    private final Map<String, Integer> indexes = new LinkedHashMap<>();

    /**
     * Create the scope of a list.
     *
     * @param prefix of the layers' full names: {@code residual_1.}
     * @param originalPrefix that of the layers whose parameters and buffers they compute with; empty if they have their own
     * @param place of the list in the config, relative to the layer around it
     * @throws InputException at the second of two layers with one name
     */
    LayerScope(
            GraphBuilder graph,
            Optional<LayerScope> outer,
            String prefix,
            Optional<String> originalPrefix,
            List<NamedLayer> layers,
            String place) {
        this.graph = graph;
        this.outer = outer;
        this.prefix = prefix;
        this.originalPrefix = originalPrefix;
        Map<String, Integer> ordinals = new LinkedHashMap<>();
        for (NamedLayer layer : layers) {
            String kind = Network.kind(layer.spec());
            int ordinal = ordinals.merge(kind, 1, Integer::sum);
            String name = layer.name().orElse(kind + "_" + ordinal);
            Integer other = indexes.putIfAbsent(name, names.size());
            if (other != null) {
                String own = place + "[" + names.size() + "]";
                throw new InputException(
                                own + " is called '" + name + "', as is " + place + "[" + other + "]",
                                "Names of layers must be unique: give one of them another name.")
                        .atConfig(layer.name().isPresent() ? own + ".name" : own);
            }
            names.add(name);
        }
    }

    /** Return the full name of a layer. */
    String name(int index) {
        return prefix + names.get(index);
    }

    /** Return the full name of the layer whose parameters and buffers a layer computes with. */
    Optional<String> original(int index) {
        return originalPrefix.map(before -> before + names.get(index));
    }

    /**
     * Return the full name of a layer that was built before.
     *
     * @param name a name, or a path into layers above: {@code residual_1.dense_1}
     * @throws InputException at {@code layer} if the name is unknown
     */
    String layer(String name) {
        return path(name).orElseThrow(() -> {
            List<String> layers = visible();
            layers.remove(INPUT);
            return unknown(name, layers).atConfig("layer");
        });
    }

    private Optional<String> path(String name) {
        return Optional.of(prefix + name)
                .filter(full -> graph.output(full).isPresent())
                .or(() -> outer.flatMap(scope -> scope.path(name)));
    }

    private Optional<String> full(String name) {
        return Optional.of(prefix + name)
                .filter(full -> indexes.containsKey(name) && graph.output(full).isPresent())
                .or(() -> outer.flatMap(scope -> scope.full(name)));
    }

    /**
     * Return the values that a layer of the list reads.
     *
     * @param above the output of the layer above
     * @throws InputException at {@code from} if a name is unknown
     */
    List<Value> inputs(NamedLayer layer, Value above) {
        List<Value> inputs = new ArrayList<>();
        layer.from().ifPresent(from -> {
            for (int i = 0; i < from.values().size(); i++) {
                String name = from.values().get(i);
                String place = from.values().size() == 1 ? "from" : "from[" + i + "]";
                inputs.add(find(name, place));
            }
        });
        return inputs.isEmpty() ? List.of(above) : inputs;
    }

    private Value find(String name, String place) {
        Optional<Value> layer = full(name).flatMap(graph::output);
        if (!name.equals(INPUT)) {
            return layer.orElseThrow(() -> unknown(name, visible()).atConfig(place));
        }
        if (layer.isPresent()) {
            throw new InputException(
                            "input is the input of the network, and the name of a layer above",
                            "Give the layer another name.")
                    .atConfig(place);
        }
        return graph.input();
    }

    /** Return the error of a name that is not one of those above. */
    private InputException unknown(String name, List<String> above) {
        String all = String.join(", ", above);
        int place = indexes.getOrDefault(name, -1);
        int own = (int) names.stream()
                .filter(other -> graph.output(prefix + other).isPresent())
                .count();
        if (place >= own) {
            return new InputException(
                    name + (place == own ? " is this layer itself" : " is below this layer"),
                    "Only layers above can be given here: " + all + ".");
        }
        return new InputException(
                "no layer above is named '" + name + "'",
                Suggestion.didYouMean(name, above) + "Known here: " + all + ".");
    }

    /** Return the names that a layer can read now. */
    private List<String> visible() {
        List<String> visible = new ArrayList<>();
        outer.ifPresentOrElse(scope -> visible.addAll(scope.visible()), () -> visible.add(INPUT));
        names.stream().filter(name -> graph.output(prefix + name).isPresent()).forEach(visible::add);
        return visible;
    }
}
