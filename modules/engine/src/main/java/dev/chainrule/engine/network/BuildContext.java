package dev.chainrule.engine.network;

import dev.chainrule.api.Initializer;
import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.NamedLayer;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.layer.Join;
import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Stage;
import dev.chainrule.api.layer.Value;
import dev.chainrule.api.value.Shape;
import dev.chainrule.engine.experiment.ConfigPaths;
import dev.chainrule.math.Declared;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.RandomStream;
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
    private final LayerSpec spec;
    private final String name;
    private final String place;
    private final List<Value> inputs;
    private final List<Value> values = new ArrayList<>();
    private final List<Parameter> parameters = new ArrayList<>();
    private final Map<Parameter, Likeness> likenesses = new LinkedHashMap<>();
    private final Map<String, Matrix> buffers = new LinkedHashMap<>();
    private final SortedSet<String> streams = new TreeSet<>();

    /**
     * Create a context.
     *
     * @param scope of the list that the layer is in
     * @param place of the layer in the config
     */
    BuildContext(GraphBuilder graph, LayerScope scope, LayerSpec spec, String name, String place, List<Value> inputs) {
        this.graph = graph;
        this.scope = scope;
        this.spec = spec;
        this.name = name;
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
        return nested(name + ".", layers, x);
    }

    @Override
    public Value build(String group, List<NamedLayer> layers, Value x) {
        return nested(name + "." + group + ".", layers, x);
    }

    private Value nested(String prefix, List<NamedLayer> layers, Value x) {
        Optional<String> at = spec instanceof Record record
                ? ConfigPaths.find("", record, value -> value == layers).map(path -> path.substring(1))
                : Optional.empty();
        GraphBuilder.At list = new GraphBuilder.At(place, at.orElse(""));
        try {
            LayerScope inner = new LayerScope(graph, Optional.of(scope), prefix, layers, list.path());
            return graph.layers(layers, inner, list, x);
        } catch (InputException e) {
            throw at.isPresent()
                    ? e
                    : new InputException(e.getMessage(), e.notes().toArray(String[]::new));
        }
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

    @Override
    public Matrix buffer(String name, int rows, int columns, double value) {
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
    Optional<Network.Layer> layer(Value output) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Network.Layer(
                place,
                name,
                Network.kind(spec),
                inputs,
                output,
                List.copyOf(values),
                values.stream().map(graph::stage).toList(),
                parameters,
                List.copyOf(buffers.values())));
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
