package dev.chainrule.model.network;

import dev.chainrule.api.ActivationNode;
import dev.chainrule.api.Component;
import dev.chainrule.api.NamedLayer;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.RunException;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.layer.Stage;
import dev.chainrule.api.layer.Value;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Declared;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.ThreadTeam;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A network: its layers, their tensors, and the graph of the values that they compute. */
public final class Network {
    private final Kernels kernels;
    private final Value input;
    private final Encoding encoding;
    private final List<String> unreadInputs;
    private final List<Value> outputs;
    private final Graph graph;
    private final List<Layer> layers;
    private final List<OutlineEntry> outline;

    private final List<Parameter> parameters;
    private final SharedParameters shared;
    private final AddedCosts addedCosts;
    private final Function<Kernels, Network> copy;
    private int shardCount = 1;
    /** The shards of batches; null before the first training pass, and if batches are not divided. */
    private Shards shards;

    /** The most rows that a pass computes at once; 0 for all of a batch. */
    private int rowsAtOnce;
    /** The parts of batches; null before the first pass, and if batches are computed at once. */
    private Parts parts;

    private final SortedMap<String, Matrix> tensors = new TreeMap<>();
    private final SortedSet<String> streams;
    private final Map<Parameter, Likeness> likenesses;

    private Network(GraphBuilder built, Encoding encoding, List<Value> outputs, Function<Kernels, Network> copy) {
        this.copy = copy;
        this.graph = built.graph(outputs);
        this.likenesses = built.likenesses;
        this.kernels = built.kernels;
        this.input = built.input();
        this.encoding = encoding;
        this.unreadInputs = built.named.unread(graph.topology());
        this.outputs = List.copyOf(outputs);
        this.streams = built.streams;
        this.layers = List.copyOf(built.layers);
        this.outline = Stream.concat(built.named.outline().stream(), built.outline.stream())
                .toList();
        this.shared = new SharedParameters(kernels, built.uses);
        List<Parameter> own = new ArrayList<>();
        for (Layer layer : layers) {
            own.addAll(layer.parameters());
        }
        this.parameters = List.copyOf(own);
        this.addedCosts = new AddedCosts(layers);
        for (Parameter parameter : parameters) {
            tensors.put(parameter.name(), parameter.value());
        }
        tensors.putAll(built.buffers);
    }

    /**
     * Build a network. On declared kernels, parameters' values and other storage are created lazily, and the same mistakes are
     * found: see {@link Declared}.
     *
     * @param input the shape of one example
     * @throws InputException at {@code model[i]} if a layer does not fit
     */
    public static Network build(List<NamedLayer> model, Shape input, Kernels kernels, long seed) {
        Encoding unnamed = new Encoding(input, List.of(), Target.NONE);
        return build(model, List.of(), unnamed, kernels, seed, true, NetworkMemory.unlimited(kernels));
    }

    /**
     * Build a network that fits into memory.
     *
     * @param heads its outputs; if there are none, its only output is that of the last layer
     * @param input an example
     * @param memory modified: counts the allocations
     * @throws InputException at {@code model[i]} if a layer does not fit, at its parameter if it does not fit into memory
     */
    public static Network build(
            List<NamedLayer> model,
            List<HeadLayers> heads,
            Encoding input,
            Kernels kernels,
            long seed,
            NetworkMemory memory) {
        memory.whole(() -> {
            try (ThreadTeam team = new ThreadTeam(1)) {
                return build(
                        model,
                        heads,
                        input,
                        Declared.kernels(kernels.precision(), team),
                        seed,
                        false,
                        NetworkMemory.unlimited(kernels));
            }
        });
        return build(model, heads, input, kernels, seed, true, memory);
    }

    /**
     * Build a network with the inputs of another one and all parameters 0: for the tensors of that network, see
     * {@link #copyTensors}.
     */
    public static Network unfilled(
            List<NamedLayer> model, List<HeadLayers> heads, Network other, Kernels kernels, long seed) {
        NetworkMemory memory = NetworkMemory.unlimited(kernels);
        return build(model, heads, other.encoding, kernels, seed, false, memory);
    }

    private static Network build(
            List<NamedLayer> model,
            List<HeadLayers> heads,
            Encoding input,
            Kernels kernels,
            long seed,
            boolean fills,
            NetworkMemory memory) {
        GraphBuilder graph = new GraphBuilder(input, kernels, seed, fills, memory);
        return new Network(
                graph,
                input,
                graph.outputs(model, heads),
                own -> build(model, heads, input, own, seed, false, NetworkMemory.unlimited(own)));
    }

    /** Return a component's name in YAML. */
    public static String kind(Object component) {
        Component annotation = component.getClass().getAnnotation(Component.class);
        return annotation == null ? "layer" : annotation.value();
    }

    /**
     * Let this network make forward passes only, from now on, in less memory: the matrix of a value is reused when all stages that read
     * the value have run.
     *
     * @return this network
     */
    public Network forwardOnly() {
        graph.forwardOnly();
        return this;
    }

    /**
     * Let this network compute values twice in training, from now on, in less memory: see {@link Recomputation}. After a step, only its
     * outputs and the gradients of parameters can be read.
     */
    public void recompute() {
        graph.recompute();
    }

    /**
     * Let training passes divide each batch into shards, see {@link Shards}.
     *
     * @param count 1 to leave batches whole
     * @return this network
     */
    public Network inShards(int count) {
        shardCount = count;
        return this;
    }

    /**
     * Let passes compute at most some rows at once, in parts of a batch, in less memory and with the same bits: see {@link Parts}. After a
     * step, only outputs and the gradients of parameters can be read.
     *
     * @param rows 1 or more
     * @throws IllegalStateException if {@link #needsWholeBatch} finds a layer
     */
    public void inParts(int rows) {
        if (needsWholeBatch().isPresent()) {
            throw new IllegalStateException(needsWholeBatch().get().name() + " needs the whole batch");
        }
        rowsAtOnce = rows;
    }

    /** Return the most rows that a pass computes at once; 0 for all of a batch. */
    int rowsAtOnce() {
        return rowsAtOnce;
    }

    /** Return whether all values of the last training pass can be read after it, and their gradients. */
    public boolean keepsValues() {
        return rowsAtOnce == 0 && !graph.recomputes();
    }

    /** Return a network of the same build with declared tensors, on kernels of its own. */
    Network copy(Kernels own) {
        return copy.apply(own);
    }

    /**
     * Compute the outputs of a batch.
     *
     * @param x [batch, in]. Not modified; must not change until {@link #backward} is done.
     * @return [batch, outputs] of the first output, owned by the network, valid until the next pass
     */
    public Matrix forward(Matrix x, Pass pass) {
        if (shardCount > 1 && pass.training()) {
            shards = shards == null ? Shards.of(this, shardCount) : shards;
            shards.forward(x, pass);
            return graph.out(outputs.get(0).id());
        }
        if (rowsAtOnce > 0) {
            parts = parts == null ? new Parts(this, rowsAtOnce) : parts;
            parts.forward(x, pass);
            return graph.out(outputs.get(0).id());
        }
        try {
            graph.forward(x, pass);
        } catch (OutOfMemoryError e) {
            throw shortage(x.rows(), pass, e);
        }
        return graph.out(outputs.get(0).id());
    }

    /**
     * Compute the gradients of all parameters, from the last forward pass.
     *
     * @param order from the values whose gradients, through the costs alone, are in the graph
     */
    public void backward(BackwardOrder order, Pass pass) {
        if (shards != null && pass.training()) {
            shards.backward(order);
            return;
        }
        if (rowsAtOnce > 0) {
            parts.backward(order);
        } else {
            gradients(order, pass);
        }
        shared.addGradients();
    }

    /** Compute the gradients of all parameters by each use, from the last forward pass. */
    void gradients(BackwardOrder order, Pass pass) {
        try {
            graph.backward(order, pass);
        } catch (OutOfMemoryError e) {
            throw shortage(graph.out(0).rows(), pass, e);
        }
    }

    /** Let the graph contain all values of the last training pass and their gradients, if they are in shards: views of them follow. */
    public void gatherShards() {
        if (shards != null) {
            shards.gather();
        }
    }

    /** Overwrite all gradients, so that an omission of the next backward pass shows. */
    public void fillGradients(double value) {
        graph.fillGradients(value);
        parameters.forEach(parameter -> parameter.gradient().fill(value));
        shared.fillGradients(value);
    }

    /** Return the failure of a stage that lacks memory for its output or its work. */
    private RunException shortage(int rows, Pass pass, OutOfMemoryError cause) {
        try {
            return LayerMemory.shortage(this, rows, pass.training()).failure(cause);
        } catch (OutOfMemoryError e) { // no memory is left: the cause explains more than this failure
            throw cause;
        }
    }

    /** Return the costs that stages add to those of the outputs. */
    public AddedCosts addedCosts() {
        return addedCosts;
    }

    /** Return the layer whose stage computes a value. */
    public Layer layerOf(int value) {
        return layers.stream()
                .filter(layer -> layer.values().stream().anyMatch(own -> own.id() == value))
                .findFirst()
                .orElseThrow();
    }

    /** Return the names of the layers whose outputs the stages of a layer read, in their order; {@code input} for the network's input. */
    public List<String> readBy(Layer layer) {
        List<Integer> own = layer.values().stream().map(Value::id).toList();
        return own.stream()
                .flatMap(v -> IntStream.range(0, topology().inputs(v))
                        .mapToObj(k -> topology().input(v, k)))
                .filter(u -> !own.contains(u))
                .map(u -> u == 0 ? input.name() : layerOf(u).name())
                .toList();
    }

    /** Return the stages and the values that each reads. */
    public Topology topology() {
        return graph.topology();
    }

    /** Return the values of this network and their gradients. */
    public Graph graph() {
        return graph;
    }

    /** Return the stage that computes an output if it is an activation, which a loss that sees the same rows may fuse with. */
    public Optional<ActivationNode> outputActivation(int head) {
        int value = outputs.get(head).id();
        return value > 0 && topology().stage(value) instanceof ActivationNode last
                ? Optional.of(last)
                : Optional.empty();
    }

    /** Return the layers that compute something, in the order of computation. */
    public List<Layer> layers() {
        return layers;
    }

    /** Return all layers as the config lists them, each before those within it. */
    public List<OutlineEntry> outline() {
        return outline;
    }

    /** Return the first layer whose training passes depend on the statistics of a batch. */
    public Optional<Layer> usingBatchStatistics() {
        return layers.stream()
                .filter(layer -> layer.stages().stream().anyMatch(Stage::usesBatchStatistics))
                .findFirst();
    }

    /** Return the first layer that cannot compute a batch in parts: its passes mix examples, or its gradients cannot be continued. */
    public Optional<Layer> needsWholeBatch() {
        return layers.stream()
                .filter(layer -> !layer.buffers().isEmpty()
                        || layer.stages().stream()
                                .anyMatch(stage ->
                                        stage.usesBatchStatistics() || layer.learns() && !stage.canAccumulate()))
                .findFirst();
    }

    /** Return the values that costs and metrics read: the outputs, and what their activations read, as a loss may fuse with one. */
    int[] readByCosts() {
        return IntStream.range(0, outputs.size())
                .flatMap(head -> {
                    int output = outputs.get(head).id();
                    return outputActivation(head).isPresent()
                            ? IntStream.of(topology().input(output, 0), output)
                            : IntStream.of(output);
                })
                .toArray();
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
        return input.shape();
    }

    /** Return the shape of one example of the first output. */
    public Shape output() {
        return outputs.get(0).shape();
    }

    /** Return the named inputs that no layer reads, neither by name nor with the whole input. */
    public List<String> unreadInputs() {
        return unreadInputs;
    }

    /** Return the values that are the outputs. */
    public List<Value> outputs() {
        return outputs;
    }

    /** Return the kernels that it was built on. */
    public Kernels kernels() {
        return kernels;
    }

    /** Take over all parameters and buffers of a network of the same build, converted to this one's precision. */
    public void copyTensors(Network other) {
        tensors.forEach((name, tensor) -> tensor.copyFrom(other.tensors.get(name)));
    }
}
