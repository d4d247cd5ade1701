package dev.chainrule.config.compose;

import dev.chainrule.config.node.ConfigNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The places in a config of layers that are named as in messages and tensors: {@code residual_1.dense_1} is
 * {@code model[1].layers[0]}. A layer has its {@code name}, or its type with its number among those of the same list.
 */
public final class LayerPlaces {
    private static final String MODEL = "model";
    private static final String OUTPUTS = "outputs";
    private static final String LAYERS = "layers";

    private final ConfigPath path;

    private LayerPlaces(ConfigPath path) {
        this.path = path;
    }

    /**
     * Return a path with the places of layers instead of their names.
     *
     * @param from the step that should name a layer of the model, or an output whose layer the next step names
     * @return empty if no layer has that name
     */
    static Optional<String> of(ConfigNode.Mapping config, ConfigPath path, int from) {
        LayerPlaces places = new LayerPlaces(path);
        return config.find(MODEL)
                .flatMap(model -> places.inList(MODEL, model.value(), from))
                .or(() -> config.find(OUTPUTS).flatMap(outputs -> places.inOutputs(outputs.value(), from)));
    }

    /** Return advice if a key that a config does not take, and the keys below it, name a layer. */
    public static Optional<String> note(ConfigNode.Mapping config, ConfigNode.Entry unknown) {
        List<ConfigPath.Step> steps = new ArrayList<>();
        Optional<ConfigNode.Entry> entry = Optional.of(unknown);
        while (entry.isPresent()) {
            steps.add(new ConfigPath.Step(entry.get().key(), 0, true, 0, 0));
            entry = entry.get().value() instanceof ConfigNode.Mapping inner
                            && inner.entries().size() == 1
                    ? Optional.of(inner.entries().get(0))
                    : Optional.empty();
        }
        return of(config, new ConfigPath(List.copyOf(steps)), 0).map(LayerPlaces::advice);
    }

    /** Return advice if a step of a path names an item of a list, as if the list had keys. */
    static Optional<String> within(String place, ConfigNode list, ConfigPath path, int at) {
        return new LayerPlaces(path).inList(place, list, at).map(LayerPlaces::advice);
    }

    private static String advice(String place) {
        return "An item of a list is given by its place, counted from 0: " + place + ".";
    }

    private Optional<String> inOutputs(ConfigNode outputs, int at) {
        String name = path.key(at, 1);
        return child(outputs, name)
                .flatMap(output -> child(output, LAYERS))
                .flatMap(layers -> inList(OUTPUTS + "." + name + "." + LAYERS, layers, at + 1));
    }

    private static Optional<ConfigNode> child(ConfigNode node, String key) {
        return node instanceof ConfigNode.Mapping mapping
                ? mapping.find(key).map(ConfigNode.Entry::value)
                : Optional.empty();
    }

    private Optional<String> inList(String place, ConfigNode list, int at) {
        if (!(list instanceof ConfigNode.Sequence layers) || at == path.steps().size()) {
            return Optional.empty();
        }
        Map<String, Integer> numbers = new LinkedHashMap<>();
        for (int i = 0; i < layers.items().size(); i++) {
            ConfigNode layer = layers.items().get(i);
            String type = text(layer, "type").orElse("");
            String name = type + "_" + numbers.merge(type, 1, Integer::sum);
            if (text(layer, "name").orElse(name).equals(path.key(at, 1))) {
                return Optional.of(inLayer(place + "[" + i + "]", layer, at + 1));
            }
        }
        return Optional.empty();
    }

    /** Return the place of a layer within this one, or of a parameter of this one. */
    private String inLayer(String place, ConfigNode layer, int at) {
        if (layer instanceof ConfigNode.Mapping mapping && at < path.steps().size()) {
            for (ConfigNode.Entry entry : mapping.entries()) {
                String own = place + "." + entry.key();
                boolean named = entry.key().equals(path.key(at, 1)); // as in residual_1.shortcut.dense_1
                Optional<String> inner = inLists(own, entry.value(), at)
                        .or(() -> named ? inLists(own, entry.value(), at + 1) : Optional.empty());
                if (inner.isPresent()) {
                    return inner.get();
                }
            }
        }
        return place + path.shown(path.steps().size()).substring(path.shown(at).length());
    }

    /** Search a list of layers, or several by name. */
    private Optional<String> inLists(String place, ConfigNode lists, int at) {
        if (!(lists instanceof ConfigNode.Mapping mapping) || at == path.steps().size()) {
            return inList(place, lists, at);
        }
        String name = path.key(at, 1);
        return mapping.find(name).flatMap(list -> inList(place + "." + name, list.value(), at + 1));
    }

    private static Optional<String> text(ConfigNode layer, String key) {
        ConfigNode value = layer instanceof ConfigNode.Mapping mapping
                ? mapping.find(key).map(ConfigNode.Entry::value).orElse(layer)
                : key.equals("type") ? layer : null;
        return value instanceof ConfigNode.Scalar scalar ? Optional.of(scalar.text()) : Optional.empty();
    }
}
