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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of one list of layers, and the values that its layers can read: those above in the list, then those of the lists around. */
final class LayerScope {
    /** The name of the network's input. */
    private static final String INPUT = NamedInputs.WHOLE;
    /** Several names in one text. */
    private static final Pattern SEVERAL = Pattern.compile("\\[? *([A-Za-z0-9_.-]+(?:, *[A-Za-z0-9_.-]+)+) *]?");

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
     * @throws InputException at the second of two layers with one name, or at one named as the inputs are
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
            if (prefix.isEmpty()) {
                graph.named.requireOther(name, place + "[" + names.size() + "].name");
            }
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
            layers.removeAll(graph.named.names());
            layers.remove(INPUT);
            return unknown(name, layers, graph.names()).atConfig("layer");
        });
    }

    private Optional<String> path(String name) {
        return Optional.of(prefix + name)
                .filter(full -> graph.output(full).isPresent())
                .or(() -> outer.flatMap(scope -> scope.path(name)));
    }

    private Optional<String> full(String name) {
        return Optional.of(prefix + name)
                .filter(full -> indexes.containsKey(name) && isBuilt(name))
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
        if (layer.from().isEmpty()) {
            return List.of(above);
        }
        List<String> from = layer.from().get().values();
        for (int i = 0; i < from.size(); i++) {
            inputs.add(find(from.get(i), from.size() == 1 ? "from" : "from[" + i + "]"));
        }
        return inputs;
    }

    private Value find(String name, String place) {
        if (NamedInputs.isPart(name)) {
            try {
                return graph.named.find(name);
            } catch (InputException e) {
                throw e.atConfig(place);
            }
        }
        Optional<Value> layer = full(name).flatMap(graph::output);
        if (!name.equals(INPUT)) {
            return layer.orElseThrow(() -> unreadable(name).atConfig(place));
        }
        if (layer.isPresent()) {
            throw new InputException(
                            "input is the input of the network, and the name of a layer above",
                            "Give the layer another name.")
                    .atConfig(place);
        }
        return graph.input();
    }

    private InputException unreadable(String name) {
        List<String> visible = visible();
        Optional<String> elsewhere = graph.names().stream()
                .filter(full -> full.equals(prefix + name) || full.endsWith("." + name))
                .findFirst();
        if (elsewhere.isPresent() && unfinished(name, "").isEmpty()) {
            return new InputException(
                    elsewhere.get() + " is in another list of layers",
                    "Only layers above in the same list, or in an enclosing one, can be read: "
                            + String.join(", ", visible) + ".");
        }
        Matcher several = SEVERAL.matcher(name);
        return several.matches()
                ? new InputException(
                        "no layer above is named '" + name + "'",
                        "Write several names as a list, without quotes: [ " + several.group(1) + " ].")
                : unknown(name, visible, visible);
    }

    /**
     * Return the error of a name that cannot be given.
     *
     * @param known the names that can be
     * @param similar names among which the right one may be, if it is misspelt
     */
    private InputException unknown(String name, List<String> known, List<String> similar) {
        String all = String.join(", ", known) + ".";
        Optional<String> unfinished = unfinished(name, " is this layer itself");
        if (unfinished.isPresent()) {
            return new InputException(name + unfinished.get(), "Only layers above can be given here: " + all);
        }
        String inner = "." + name;
        String meant = similar.stream()
                .filter(path -> path.endsWith(inner))
                .findFirst()
                .map(path -> "Did you mean '" + path + "'? ")
                .orElseGet(() -> Suggestion.didYouMean(name, similar));
        return new InputException("no layer above is named '" + name + "'", meant + "Known here: " + all);
    }

    /** Return what is known of a layer that has no output yet, in this list or in one around it. */
    private Optional<String> unfinished(String name, String current) {
        int place = indexes.getOrDefault(name, -1);
        long built = names.stream().filter(this::isBuilt).count();
        return place > built
                ? Optional.of(" is below this layer")
                : place == built
                        ? Optional.of(current)
                        : outer.flatMap(scope -> scope.unfinished(name, " contains this layer"));
    }

    private boolean isBuilt(String name) {
        return graph.output(prefix + name).isPresent();
    }

    /** Return the names that a layer can read now. */
    private List<String> visible() {
        List<String> visible = new ArrayList<>();
        outer.ifPresentOrElse(scope -> visible.addAll(scope.visible()), () -> {
            visible.add(INPUT);
            visible.addAll(graph.named.names());
        });
        names.stream().filter(this::isBuilt).forEach(visible::add);
        return visible;
    }
}
