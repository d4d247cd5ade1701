package dev.chainrule.model.network;

import dev.chainrule.api.Initializer;
import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.NamedLayer;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.layer.Join;
import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Stage;
import dev.chainrule.api.layer.Value;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Declared;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.RandomStream;
import dev.chainrule.model.ConfigPaths;
import dev.chainrule.model.Made;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The context in which one layer is built, which collects its values, parameters and buffers. */
final class BuildContext implements LayerContext {
    /** The length of an array that every JVM allows. */
    private static final int LARGEST = Integer.MAX_VALUE - 8;

    private final GraphBuilder graph;
    private final LayerScope scope;
    private LayerSpec spec;
    /** The lists in the declaration, the next to be built first; null until one is built. */
    private ArrayDeque<ConfigPaths.Located> lists;

    private final String name;
    private final String place;
    private final List<Value> inputs;
    /** The layer whose parameters and buffers this one computes with, if it has none of its own. */
    private Optional<String> original;

    private final List<Value> values = new ArrayList<>();
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Parameter> uses = new ArrayList<>();
    private final Map<Parameter, Likeness> likenesses = new LinkedHashMap<>();
    private final Map<String, Matrix> buffers = new LinkedHashMap<>();
    private final SortedSet<String> streams = new TreeSet<>();

    /**
     * Create a context.
     *
     * @param scope of the list that the layer is in
     * @param index of the layer in that list
     * @param place of the layer in the config
     */
    BuildContext(GraphBuilder graph, LayerScope scope, LayerSpec spec, int index, String place, List<Value> inputs) {
        this.graph = graph;
        this.scope = scope;
        this.spec = spec;
        this.name = scope.name(index);
        this.original = scope.original(index);
        this.place = place;
        this.inputs = List.copyOf(inputs);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Value> inputs() {
        return inputs;
    }

    @Override
    public Shape input() {
        return only().shape();
    }

    @Override
    public List<Encoding.Column> columns() {
        return graph.named.columns(only());
    }

    private Value only() {
        if (inputs.size() > 1) {
            throw new InputException(
                            name + " takes one input, but from lists " + inputs.size() + ": "
                                    + inputs.stream().map(Value::toString).collect(Collectors.joining(", ")),
                            "Join them first, for example by { type: concat, from: [ "
                                    + inputs.stream().map(Value::name).collect(Collectors.joining(", ")) + " ] }.")
                    .atConfig("from");
        }
        return inputs.get(0);
    }

    @Override
    public Kernels kernels() {
        return graph.kernels;
    }

    @Override
    public Value chain(Node... nodes) {
        return chain(only(), nodes);
    }

    @Override
    public Value chain(Value x, Node... nodes) {
        Value output = x;
        for (Node node : nodes) {
            output = add(node, List.of(output));
        }
        return output;
    }

    @Override
    public Value join(Join join, List<Value> xs) {
        return add(join, xs);
    }

    @Override
    public Value build(List<NamedLayer> layers, Value x) {
        return nested(".", layers, x);
    }

    @Override
    public Value build(String group, List<NamedLayer> layers, Value x) {
        return nested("." + group + ".", layers, x);
    }

    @Override
    public Value same(String layer) {
        String full = scope.layer(layer);
        original = Optional.of(graph.original(full));
        spec = graph.spec(full);
        lists = null;
        try {
            return Made.by(spec, "build", spec.build(this));
        } catch (InputException e) {
            throw e.getMessage().contains(name) ? e : again(full, e);
        }
    }

    /** Return the problem of a layer that is built again on inputs that do not fit it, which speaks of the layer that it shares. */
    private InputException again(String layer, InputException e) {
        String message = name + " cannot compute " + layer + " again: " + e.getMessage();
        return new InputException(message, e.notes().toArray(String[]::new));
    }

    private Value nested(String group, List<NamedLayer> layers, Value x) {
        Optional<String> at = path(layers);
        GraphBuilder.At list = new GraphBuilder.At(place, at.orElse(""));
        try {
            LayerScope inner = new LayerScope(
                    graph, Optional.of(scope), name + group, original.map(layer -> layer + group), layers, list.path());
            return graph.layers(layers, inner, list, x);
        } catch (InputException e) {
            throw at.isPresent()
                    ? e
                    : new InputException(e.getMessage(), e.notes().toArray(String[]::new));
        }
    }

    /** Return the place of a list in the declaration. Lists are mostly built in their order, so the search goes on at the next one. */
    private Optional<String> path(List<NamedLayer> layers) {
        if (lists == null) {
            lists = new ArrayDeque<>(spec instanceof Record record ? ConfigPaths.lists(record) : List.of());
        }
        for (int i = 0; i < lists.size(); i++) {
            ConfigPaths.Located list = lists.remove();
            lists.add(list);
            if (list.value() == layers) {
                return Optional.of(list.path());
            }
        }
        return Optional.empty();
    }

    private Value add(Stage stage, List<Value> xs) {
        Objects.requireNonNull(stage, "a stage of the layer is null");
        Value value = graph.add(name, stage, xs);
        values.add(value);
        return value;
    }

    @Override
    public Parameter parameter(String name, int rows, int columns, Initializer initializer, int fanIn, int fanOut) {
        if ((long) rows * columns > LARGEST) {
            throw new NetworkMemory.Exceeded(
                    new InputException(
                            name + " would be [" + rows + ", " + columns + "]",
                            "A matrix has at most " + LARGEST + " elements."),
                    size -> size.equals(rows) || size.equals(columns));
        }
        if (original.isPresent()) {
            return use(name, rows, columns);
        }
        Matrix[] both = graph.memory.parameter(name, rows, columns, kernels());
        Parameter parameter = new Parameter(unique(name), both[0], both[1]);
        if (graph.fills) {
            FirstValues first = new FirstValues(initializer, fanIn, fanOut, stream(name));
            try {
                if (Declared.fillLater(parameter.value(), first::fill)) {
                    likenesses.put(parameter, first.tryFor(parameter.value(), kernels()));
                } else {
                    first.fill(parameter.value());
                }
            } catch (InputException e) {
                throw e.below(name);
            }
        }
        parameters.add(parameter);
        return parameter;
    }

    /** Return the parameter of the original layer, with a gradient for this use alone. */
    private Parameter use(String local, int rows, int columns) {
        Parameter shared = graph.parameters.get(original.orElseThrow() + "." + local);
        requireShape(local, shared == null ? null : shared.value(), rows, columns);
        Matrix gradient = graph.memory.buffer(local, rows, columns, kernels());
        Parameter use = new Parameter(shared.name(), shared.value(), gradient);
        uses.add(use);
        graph.uses.computeIfAbsent(shared, first -> new ArrayList<>()).add(use);
        return use;
    }

    private void requireShape(String local, Matrix shared, int rows, int columns) {
        if (shared == null || shared.rows() != rows || shared.columns() != columns) {
            String layer = original.orElseThrow();
            throw new InputException(
                    layer + "." + local + (shared == null ? " is missing" : " is " + shared.shape()) + ", but " + name
                            + " needs [" + rows + ", " + columns + "]",
                    "A layer can be shared by inputs of one shape only. " + name + " reads "
                            + inputs.stream().map(Value::toString).collect(Collectors.joining(", ")) + ".");
        }
    }

    @Override
    public Matrix buffer(String name, int rows, int columns, double value) {
        if (original.isPresent()) {
            Matrix shared = graph.buffers.get(original.get() + "." + name);
            requireShape(name, shared, rows, columns);
            return shared;
        }
        Matrix buffer = graph.memory.buffer(name, rows, columns, kernels());
        buffer.fill(value);
        buffers.put(unique(name), buffer);
        return buffer;
    }

    @Override
    public RandomStream stream(String purpose) {
        String full = this.name + "." + purpose;
        streams.add(full);
        return RandomStream.of(graph.seed, full);
    }

    /** Return the values that the layer's own stages compute, in the order of computation. */
    List<Value> values() {
        return values;
    }

    /** Return the built layer; empty if it computes nothing itself. */
    Optional<Layer> layer(String kind, LayerSpec declared, Value output) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Layer(
                place,
                name,
                kind,
                declared,
                inputs,
                output,
                List.copyOf(values),
                values.stream().map(graph::stage).toList(),
                parameters,
                uses,
                List.copyOf(buffers.values())));
    }

    /** Return the declaration that was built: that of the layer which this one is the same as, if there is one. */
    LayerSpec spec() {
        return spec;
    }

    /** Return the full name of the layer whose parameters and buffers this one computes with; empty if it has its own. */
    Optional<String> original() {
        return original;
    }

    List<Parameter> parameters() {
        return parameters;
    }

    /** Return the buffers created so far, by full name. */
    Map<String, Matrix> buffers() {
        return buffers;
    }

    /** Return the likeness that the values of the declared parameters will have. */
    Map<Parameter, Likeness> likenesses() {
        return likenesses;
    }

    SortedSet<String> streams() {
        return streams;
    }

    private String unique(String local) {
        String full = name + "." + local;
        if (buffers.containsKey(full)
                || parameters.stream().anyMatch(p -> p.name().equals(full))) {
            throw new IllegalStateException("layer " + name + " has two tensors named " + local);
        }
        return full;
    }
}
