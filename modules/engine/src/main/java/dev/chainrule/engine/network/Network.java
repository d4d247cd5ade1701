package dev.chainrule.engine.network;

import dev.chainrule.api.ActivationNode;
import dev.chainrule.api.Component;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.RunException;
import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.value.Shape;
import dev.chainrule.engine.experiment.ConfigPaths;
import dev.chainrule.engine.experiment.Made;
import dev.chainrule.engine.experiment.MemoryShortage;
import dev.chainrule.engine.experiment.NamedLayer;
import dev.chainrule.math.Declared;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A network with its forward and backward pass. It owns the matrices between its nodes; they are reused from pass to pass and
 * take the rows of the batch.
 */
public final class Network {
    private final Kernels kernels;
    private final Shape input;
    private final List<Layer> layers;
    private final List<Node> nodes;
    private final Matrix[] outputs;
    private final Matrix[] deltas;
    private final int firstLearned;
    private final List<Parameter> parameters;
    private final SortedMap<String, Matrix> tensors = new TreeMap<>();
    private final SortedSet<String> streams;
    private final Map<Parameter, Likeness> likenesses;
    private Matrix x;

    /**
     * One built layer.
     *
     * @param index its place in the config's model
     * @param kind its name in YAML
     */
    public record Layer(
            int index,
            String name,
            String kind,
            Shape input,
            Shape output,
            List<Node> nodes,
            List<Parameter> parameters,
            List<Matrix> buffers) {
        /** Return the number of learnable values. */
        public long size() {
            return parameters.stream().mapToLong(p -> p.value().size()).sum();
        }
    }

    private Network(
            Kernels kernels,
            Shape input,
            List<Layer> layers,
            Map<String, Matrix> buffers,
            SortedSet<String> streams,
            Map<Parameter, Likeness> likenesses) {
        this.likenesses = likenesses;
        this.kernels = kernels;
        this.input = input;
        this.streams = streams;
        this.layers = List.copyOf(layers);
        this.nodes = layers.stream().flatMap(layer -> layer.nodes().stream()).toList();
        this.parameters =
                layers.stream().flatMap(layer -> layer.parameters().stream()).toList();
        this.outputs = new Matrix[nodes.size()];
        this.deltas = new Matrix[nodes.size()];
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = kernels.matrix(0, nodes.get(i).output().size());
            deltas[i] = kernels.matrix(0, nodes.get(i).output().size());
        }
        this.firstLearned = firstLearned(layers, nodes);
        parameters.forEach(parameter -> tensors.put(parameter.name(), parameter.value()));
        tensors.putAll(buffers);
    }

    /**
     * Build a network. On declared kernels, parameters' values and other storage are created lazily, and the same mistakes are
     * found: see {@link Declared}.
     *
     * @param input the shape of one example
     * @throws InputException at {@code model[i]} if a layer does not fit
     */
    public static Network build(List<NamedLayer> model, Shape input, Kernels kernels, long seed) {
        return build(model, input, kernels, seed, NetworkMemory.unlimited(kernels));
    }

    /**
     * Build a network that fits into memory.
     *
     * @param memory modified: counts the allocations
     * @throws InputException at {@code model[i]} if a layer does not fit, at its parameter if it does not fit into memory
     */
    public static Network build(List<NamedLayer> model, Shape input, Kernels kernels, long seed, NetworkMemory memory) {
        return build(model, input, kernels, seed, true, memory);
    }

    /**
     * Build a network as {@link #build} does, with all parameters 0: for the tensors of another network, see
     * {@link #copyTensors}.
     */
    public static Network unfilled(List<NamedLayer> model, Shape input, Kernels kernels, long seed) {
        return build(model, input, kernels, seed, false, NetworkMemory.unlimited(kernels));
    }

    private static Network build(
            List<NamedLayer> model, Shape input, Kernels kernels, long seed, boolean fills, NetworkMemory memory) {
        List<Layer> layers = new ArrayList<>();
        Map<String, Matrix> buffers = new LinkedHashMap<>();
        SortedSet<String> streams = new TreeSet<>();
        Map<Parameter, Likeness> likenesses = new LinkedHashMap<>();
        Map<String, Integer> ordinals = new LinkedHashMap<>();
        Map<String, Integer> places = new LinkedHashMap<>();
        Shape shape = input;
        for (int i = 0; i < model.size(); i++) {
            NamedLayer declared = model.get(i);
            String place = "model[" + i + "]";
            String kind = kind(declared.spec());
            int ordinal = ordinals.merge(kind, 1, Integer::sum);
            String name = declared.name().orElse(kind + "_" + ordinal);
            Integer other = places.putIfAbsent(name, i);
            if (other != null) {
                throw new InputException(
                                place + " is called '" + name + "', as is model[" + other + "]",
                                "Names of layers must be unique: give one of them another name.")
                        .atConfig(declared.name().isPresent() ? place + ".name" : place);
            }
            BuildContext context = new BuildContext(name, shape, kernels, seed, fills, memory);
            try {
                List<Node> nodes =
                        Made.by(declared.spec(), "build", declared.spec().build(context));
                if (!nodes.isEmpty()) {
                    Shape output = nodes.get(nodes.size() - 1).output();
                    Layer layer = new Layer(
                            i,
                            name,
                            kind,
                            shape,
                            output,
                            nodes,
                            context.parameters(),
                            List.copyOf(context.buffers().values()));
                    memory.addRest(layer, i == model.size() - 1);
                    layers.add(layer);
                    shape = output;
                }
            } catch (NetworkMemory.Exceeded e) {
                Optional<String> at = declared.spec() instanceof Record spec
                        ? ConfigPaths.find(place, spec, e.size())
                        : Optional.empty();
                throw e.problem().atConfig(at.orElse(place));
            } catch (InputException e) {
                throw e.below(place);
            }
            buffers.putAll(context.buffers());
            streams.addAll(context.streams());
            likenesses.putAll(context.likenesses());
        }
        return new Network(kernels, input, layers, buffers, streams, likenesses);
    }

    /** Return a component's name in YAML. */
    public static String kind(Object component) {
        Component annotation = component.getClass().getAnnotation(Component.class);
        return annotation == null ? "layer" : annotation.value();
    }

    /**
     * Compute the outputs of a batch.
     *
     * @param x [batch, in]. Not modified; must not change until {@link #backward} is done.
     * @return [batch, outputs], owned by the network, valid until the next pass
     */
    public Matrix forward(Matrix x, Pass pass) {
        this.x = x;
        return forward(0, pass);
    }

    /**
     * Recompute from a node on, for the batch of the last forward pass.
     *
     * @param from the node; its {@link #input} is used unchanged
     * @return [batch, outputs], owned by the network, valid until the next pass
     */
    public Matrix forward(int from, Pass pass) {
        Matrix flowing = input(from);
        int i = from;
        try {
            for (; i < outputs.length; i++) {
                outputs[i].reshape(x.rows(), nodes.get(i).output().size());
                nodes.get(i).forward(flowing, outputs[i], pass);
                flowing = outputs[i];
            }
        } catch (OutOfMemoryError e) {
            throw shortage(i, pass, e);
        }
        return flowing;
    }

    /** Return the failure of a node that lacks memory for its output or its work. */
    private RunException shortage(int node, Pass pass, OutOfMemoryError cause) {
        try {
            Layer layer = layerOf(node);
            int bytes = kernels.precision().bytes() * (pass.training() ? 2 : 1); // an output, and its gradient
            double all = layers.stream()
                    .mapToDouble(each -> NetworkMemory.flowing(each, x.rows(), bytes))
                    .sum();
            double own = NetworkMemory.flowing(layer, x.rows(), bytes);
            double copy = tensors.values().stream().mapToDouble(Matrix::bytes).sum();
            return new MemoryShortage("a batch of " + x.rows() + " in " + layer.name(), own, all - own + copy)
                    .failure(cause);
        } catch (OutOfMemoryError e) { // no memory is left: the cause explains more than this failure
            throw cause;
        }
    }

    private Layer layerOf(int node) {
        int end = 0;
        for (Layer layer : layers) {
            end += layer.nodes().size();
            if (node < end) {
                return layer;
            }
        }
        throw new IllegalArgumentException("there is no node " + node);
    }

    /**
     * Compute all gradients, from the last forward pass.
     *
     * @param start the node whose output gradient is in {@link #delta}{@code (start)}; nodes behind it are left out
     */
    void backward(int start, Pass pass) {
        int i = start;
        try {
            for (; i >= firstLearned; i--) {
                Node node = nodes.get(i);
                node.gradients(input(i), outputs[i], deltas[i], pass);
                if (i > firstLearned) {
                    deltas[i - 1].reshape(x.rows(), outputs[i - 1].columns());
                    node.backward(input(i), outputs[i], deltas[i], deltas[i - 1], pass);
                }
            }
        } catch (OutOfMemoryError e) {
            throw shortage(i, pass, e);
        }
    }

    /** Return the matrix [batch, out] for ∂C/∂ of a node's output. */
    public Matrix delta(int node) {
        deltas[node].reshape(x.rows(), outputs[node].columns());
        return deltas[node];
    }

    /** Return the input of a node in the last forward pass. */
    public Matrix input(int node) {
        return node == 0 ? x : outputs[node - 1];
    }

    /** Return the output of a node in the last forward pass. */
    public Matrix output(int node) {
        return outputs[node];
    }

    /** Return the stages, first to last. */
    public List<Node> nodes() {
        return nodes;
    }

    /** Return the last stage if it is an activation, which a loss may fuse with. */
    public Optional<ActivationNode> outputActivation() {
        return !nodes.isEmpty() && nodes.get(nodes.size() - 1) instanceof ActivationNode last
                ? Optional.of(last)
                : Optional.empty();
    }

    /** Return the layers, first to last. */
    public List<Layer> layers() {
        return layers;
    }

    /** Return the learned parameters, first layer first. */
    public List<Parameter> parameters() {
        return parameters;
    }

    /** Return whether a parameter's rows and columns are alike, whether its values exist or are only declared. */
    public Likeness likeness(Parameter parameter) {
        return Declared.isUntouched(parameter.value())
                ? likenesses.getOrDefault(parameter, Likeness.unknown())
                : Likeness.of(parameter.value());
    }

    /** Return the state of this network, parameters and buffers, by name. */
    public SortedMap<String, Matrix> tensors() {
        return tensors;
    }

    /** Return the names of the random streams that its layers draw from. */
    public SortedSet<String> streams() {
        return streams;
    }

    /** Return the shape of one example of the input. */
    public Shape input() {
        return input;
    }

    /** Return the shape of one example of the output. */
    public Shape output() {
        return nodes.isEmpty() ? input : nodes.get(nodes.size() - 1).output();
    }

    /** Return the kernels that it was built on. */
    public Kernels kernels() {
        return kernels;
    }

    /** Take over all parameters and buffers of a network of the same build, converted to this one's precision. */
    public void copyTensors(Network other) {
        tensors.forEach((name, tensor) -> tensor.copyFrom(other.tensors.get(name)));
    }

    /** Return the first node whose layer has parameters, where the backward pass ends; the number of nodes if there is none. */
    public int firstLearned() {
        return firstLearned;
    }

    private static int firstLearned(List<Layer> layers, List<Node> nodes) {
        int node = 0;
        for (Layer layer : layers) {
            if (!layer.parameters().isEmpty()) {
                return node;
            }
            node += layer.nodes().size();
        }
        return nodes.size();
    }
}
