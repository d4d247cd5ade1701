package dev.chainrule.builtin;

import dev.chainrule.api.Initializer;
import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.NamedLayer;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.layer.Join;
import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.layer.Value;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.RandomStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Build a layer outside a network and drive its nodes as a network does. The layer is called {@code layer}, the seed is 1. */
public final class TestLayer implements LayerContext {
    private final Shape input;
    private final Kernels kernels;
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final Map<String, Matrix> buffers = new LinkedHashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<Matrix> values = new ArrayList<>();
    private final List<Matrix> deltas = new ArrayList<>();

    public TestLayer(LayerSpec spec, Shape input, Kernels kernels) {
        this.input = input;
        this.kernels = kernels;
        spec.build(this);
        for (int i = 0; i <= nodes.size(); i++) {
            values.add(kernels.matrix(0, 0));
            deltas.add(kernels.matrix(0, 0));
        }
    }

    public List<Node> nodes() {
        return nodes;
    }

    public Map<String, Parameter> parameters() {
        return parameters;
    }

    public Matrix value(String parameter) {
        return parameters.get(parameter).value();
    }

    public Matrix gradient(String parameter) {
        return parameters.get(parameter).gradient();
    }

    public Matrix buffer(String name) {
        return buffers.get(name);
    }

    /** Return the layer's output: a matrix of its own, overwritten by the next call. */
    public Matrix forward(Matrix x, Pass pass) {
        values.set(0, x);
        for (int i = 0; i < nodes.size(); i++) {
            Matrix out = values.get(i + 1);
            out.reshape(x.rows(), nodes.get(i).output().size());
            out.fill(Double.NaN);
            nodes.get(i).forward(values.get(i), out, pass);
        }
        return values.get(nodes.size());
    }

    /** Return ∂C/∂x of the last forward pass, given ∂C/∂out, and leave gradients in the parameters. */
    public Matrix backward(Matrix delta, Pass pass) {
        for (Parameter parameter : parameters.values()) {
            parameter.gradient().fill(Double.NaN);
        }
        deltas.set(nodes.size(), delta);
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Matrix dx = deltas.get(i);
            dx.reshape(values.get(i).rows(), values.get(i).columns());
            dx.fill(Double.NaN);
            nodes.get(i).gradients(values.get(i), values.get(i + 1), deltas.get(i + 1), pass);
            nodes.get(i).backward(values.get(i), values.get(i + 1), deltas.get(i + 1), dx, pass);
        }
        return deltas.get(0);
    }

    @Override
    public String name() {
        return "layer";
    }

    @Override
    public Shape input() {
        return input;
    }

    @Override
    public List<Value> inputs() {
        return List.of(new Value(0, "input", input));
    }

    @Override
    public Value chain(Node... added) {
        return chain(inputs().get(0), added);
    }

    @Override
    public Value chain(Value x, Node... added) {
        nodes.addAll(List.of(added));
        return new Value(nodes.size(), "layer", nodes.get(nodes.size() - 1).output());
    }

    @Override
    public Value join(Join join, List<Value> xs) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Value same(String layer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Value build(List<NamedLayer> layers, Value x) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Value build(String group, List<NamedLayer> layers, Value x) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Kernels kernels() {
        return kernels;
    }

    @Override
    public Parameter parameter(String name, int rows, int columns, Initializer initializer, int fanIn, int fanOut) {
        Matrix value = kernels.matrix(rows, columns);
        initializer.fill(value, fanIn, fanOut, stream(name).at(0, 0));
        Parameter parameter = new Parameter("layer." + name, value, kernels.matrix(rows, columns));
        parameters.put(name, parameter);
        return parameter;
    }

    @Override
    public Matrix buffer(String name, int rows, int columns, double value) {
        Matrix buffer = kernels.matrix(rows, columns);
        buffer.fill(value);
        buffers.put(name, buffer);
        return buffer;
    }

    @Override
    public RandomStream stream(String purpose) {
        return RandomStream.of(1, "layer." + purpose);
    }
}
