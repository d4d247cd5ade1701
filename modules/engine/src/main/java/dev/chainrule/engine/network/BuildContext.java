package dev.chainrule.engine.network;

import dev.chainrule.api.Initializer;
import dev.chainrule.api.LayerContext;
import dev.chainrule.api.Parameter;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The context in which one layer is built, which collects its values, parameters and buffers. */
final class BuildContext implements LayerContext {
    /** The length of an array that every JVM allows. */
    private static final int LARGEST = Integer.MAX_VALUE - 8;

    private final GraphBuilder graph;
    private final String name;
    private final List<Value> inputs;
    private final List<Value> values = new ArrayList<>();
    private final List<Parameter> parameters = new ArrayList<>();
    private final Map<Parameter, Likeness> likenesses = new LinkedHashMap<>();
    private final Map<String, Matrix> buffers = new LinkedHashMap<>();
    private final SortedSet<String> streams = new TreeSet<>();

    BuildContext(GraphBuilder graph, String name, List<Value> inputs) {
        this.graph = graph;
        this.name = name;
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
                            "this layer takes one input, and " + inputs.size() + " are given: "
                                    + inputs.stream().map(Value::toString).collect(Collectors.joining(", ")),
                            "Join them first, such as by { type: concat, from: [ … ] }.")
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

    /** Return the built layer. */
    Network.Layer layer(String place, String kind, Value output) {
        return new Network.Layer(
                place,
                name,
                kind,
                inputs,
                output,
                List.copyOf(values),
                values.stream().map(graph::stage).toList(),
                parameters,
                List.copyOf(buffers.values()));
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
