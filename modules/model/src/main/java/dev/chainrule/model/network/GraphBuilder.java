package dev.chainrule.model.network;

import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.NamedLayer;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.layer.Stage;
import dev.chainrule.api.layer.Value;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.ConfigPaths;
import dev.chainrule.model.Made;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The values, layers and tensors of a network under construction. */
final class GraphBuilder {
    /** Far beyond any network of practice; a slip in {@code times} is told within seconds, not by exhausted memory. */
    private static final int MOST_LAYERS = 10_000;

    final NamedInputs named;
    final Kernels kernels;
    final long seed;
    final boolean fills;
    final NetworkMemory memory;
    final List<Layer> layers = new ArrayList<>();
    final Map<String, Matrix> buffers = new LinkedHashMap<>();
    final SortedSet<String> streams = new TreeSet<>();
    final Map<Parameter, Likeness> likenesses = new LinkedHashMap<>();
    final Map<String, Parameter> parameters = new LinkedHashMap<>();
    /** The uses of parameters by layers other than their own, in the order of computation. */
    final Map<Parameter, List<Parameter>> uses = new LinkedHashMap<>();

    private final Map<String, LayerSpec> specs = new LinkedHashMap<>();
    private final Map<String, String> originals = new LinkedHashMap<>();
    /** All layers, each before those within it. */
    final List<OutlineEntry> outline = new ArrayList<>();

    /** The number of the output that the last one of the outermost list of layers computes; negative if none. */
    private int head;

    private final Map<String, Value> outputs = new LinkedHashMap<>();
    private final List<Value> values = new ArrayList<>();
    private final List<Stage> stages = new ArrayList<>();
    private final List<int[]> inputs = new ArrayList<>();
    /** The values known to depend on parameters, for the memory of their gradients. */
    private final BitSet learned = new BitSet();
    /** By value: how often it is read so far. */
    private final List<Integer> reads = new ArrayList<>();
    /** The values that are their input in another shape, with the matrices of that, unless a layer below reads the input. */
    private final BitSet shared = new BitSet();

    /**
     * Begin a network.
     *
     * @param encoding of the input
     * @param fills whether parameters get initial values
     * @param memory modified: counts the allocations
     */
    GraphBuilder(Encoding encoding, Kernels kernels, long seed, boolean fills, NetworkMemory memory) {
        this.named = new NamedInputs(this, encoding);
        this.kernels = kernels;
        this.seed = seed;
        this.fills = fills;
        this.memory = memory;
        add(new Value(0, NamedInputs.WHOLE, encoding.shape()), null, List.of());
    }

    /** Return the network's input. */
    Value input() {
        return values.get(0);
    }

    /** Add the value that a stage of a layer computes. */
    Value add(String layer, Stage stage, List<Value> xs) {
        return add(new Value(values.size(), layer, stage.output()), stage, xs);
    }

    private Value add(Value value, Stage stage, List<Value> xs) {
        for (Value x : xs) {
            if (x.id() >= values.size() || !values.get(x.id()).equals(x)) {
                throw new IllegalArgumentException(x + " is not a value of this network");
            }
        }
        values.add(value);
        stages.add(stage);
        inputs.add(ids(xs));
        for (Value x : xs) {
            reads.set(x.id(), reads.get(x.id()) + 1);
        }
        reads.add(0);
        return value;
    }

    private static int[] ids(List<Value> values) {
        int[] ids = new int[values.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = values.get(i).id();
        }
        return ids;
    }

    /**
     * Build the layers of a network and those of its outputs.
     *
     * @return the outputs
     * @throws InputException at the layer that does not fit
     */
    List<Value> outputs(List<NamedLayer> model, List<HeadLayers> heads) {
        LayerScope scope = new LayerScope(this, Optional.empty(), "", Optional.empty(), model, "model");
        head = heads.size() > 1 || heads.size() == 1 && !heads.get(0).layers().isEmpty() ? LayerMemory.NONE : 0;
        Value trunk = layers(model, scope, new At("", "model"), input());
        if (heads.isEmpty()) {
            return List.of(trunk);
        }
        List<Value> ends = new ArrayList<>();
        for (head = 0; head < heads.size(); head++) {
            ends.add(output(heads.get(head), scope, trunk));
        }
        return ends;
    }

    private Value output(HeadLayers head, LayerScope scope, Value trunk) {
        if (head.layers().isEmpty()) {
            return trunk;
        }
        named.requireOther(head.name(), "outputs." + head.name());
        if (output(head.name()).isPresent()) {
            throw new InputException(
                            "an output and a layer are both named " + head.name(), "Give one of them another name.")
                    .atConfig("outputs." + head.name());
        }
        LayerScope own = new LayerScope(
                this, Optional.of(scope), head.name() + ".", Optional.empty(), head.layers(), head.path());
        return layers(head.layers(), own, new At("", head.path()), trunk);
    }

    /**
     * Build a list of layers.
     *
     * @param at the place of the list in the config
     * @param x the value that the first layer reads unless it says otherwise
     * @return the output of the last; x if there are no layers
     * @throws InputException at the layer that does not fit, by its path from the layer around the list
     */
    Value layers(List<NamedLayer> layers, LayerScope scope, At at, Value x) {
        Value above = x;
        for (int i = 0; i < layers.size(); i++) {
            LayerSpec spec = layers.get(i).spec();
            At own = at.item(i);
            try {
                List<Value> xs = scope.inputs(layers.get(i), above);
                int end = at.isOutermost() && i == layers.size() - 1 ? head : LayerMemory.NONE;
                above = layer(layers.get(i), scope, i, own, xs, end);
            } catch (NetworkMemory.Exceeded e) {
                Optional<String> parameter = spec instanceof Record record
                        ? ConfigPaths.find(own.path(), record, e.size())
                        : Optional.empty();
                throw e.problem().atConfig(parameter.orElse(own.path()));
            } catch (InputException e) {
                throw e.below(own.path());
            }
            if (outputs.putIfAbsent(scope.name(i), above) != null) {
                throw new InputException("two layers are named " + scope.name(i), "Give one of them another name.")
                        .atConfig(own.path());
            }
        }
        return above;
    }

    /**
     * A place in the config.
     *
     * @param around the whole path of the layer around it; empty at the top
     * @param path from that layer on
     */
    record At(String around, String path) {
        At item(int index) {
            return new At(around, path + "[" + index + "]");
        }

        /** Return the whole path. */
        String whole() {
            return around.isEmpty() ? path : around + "." + path;
        }

        boolean isOutermost() {
            return around.isEmpty();
        }
    }

    private Value layer(NamedLayer declared, LayerScope scope, int index, At at, List<Value> xs, int end) {
        if (specs.size() >= MOST_LAYERS) {
            throw new InputException(
                    "the network has more than " + MOST_LAYERS + " layers", "Use fewer, or repeat them fewer times.");
        }
        LayerSpec spec = declared.spec();
        String name = scope.name(index);
        String kind = Network.kind(spec);
        BuildContext context = new BuildContext(this, scope, spec, index, at.whole(), xs);
        int place = outline.size();
        int before = parameters.size();
        Value output = Made.by(spec, "build", spec.build(context));
        buffers.putAll(context.buffers());
        streams.addAll(context.streams());
        likenesses.putAll(context.likenesses());
        for (Parameter parameter : context.parameters()) {
            parameters.put(parameter.name(), parameter);
        }
        if (declared.learningRateFactor().isPresent()) {
            multiplyLearningRates(name, declared.learningRateFactor().get(), before);
        }
        specs.put(name, context.spec());
        if (context.original().isPresent()) {
            originals.put(name, context.original().get());
        }
        Optional<Layer> layer = context.layer(kind, spec, output);
        if (layer.isPresent()) {
            add(layer.get(), end);
        }
        outline.add(place, new OutlineEntry(name, kind, xs, declared.from().isPresent(), output, layer));
        return output;
    }

    /** Multiply the learning rates of a layer's parameters, and of those within it: all that were added since it was begun. */
    private void multiplyLearningRates(String layer, double factor, int before) {
        if (parameters.size() == before) {
            throw new InputException(
                            layer + " has no parameters of its own",
                            "Remove the factor, or give it to a layer that has some.")
                    .atConfig("learning_rate_factor");
        }
        parameters.values().stream().skip(before).forEach(parameter -> parameter.multiplyLearningRate(factor));
    }

    /** Return the declaration of a built layer by its full name. */
    LayerSpec spec(String name) {
        return specs.get(name);
    }

    /** Return the full name of the layer whose parameters a built layer computes with, which may be itself. */
    String original(String name) {
        return originals.getOrDefault(name, name);
    }

    /** Return the output of a built layer by its full name. */
    Optional<Value> output(String name) {
        return Optional.ofNullable(outputs.get(name));
    }

    /** Return the full names of all layers built, those within others before these. */
    List<String> names() {
        return List.copyOf(outputs.keySet());
    }

    /** Add a built layer, whose values are added; the end is the number of the output that it computes, negative if none. */
    void add(Layer layer, int end) {
        boolean learns = false;
        for (Value value : layer.values()) {
            boolean depends = layer.learns();
            for (int x : inputs.get(value.id())) {
                depends |= learned.get(x);
            }
            learned.set(value.id(), depends);
            learns |= depends;
        }
        for (int v = shared.nextSetBit(0); v >= 0; v = shared.nextSetBit(v + 1)) {
            if (!isShared(v)) {
                shared.clear(v);
                memory.addCopy(values.get(v), learned.get(v));
            }
        }
        for (Value value : layer.values()) {
            shared.set(value.id(), isShared(value.id()));
        }
        memory.addRest(layer, learns, end, shared::get);
        layers.add(layer);
    }

    private boolean isShared(int v) {
        int[] xs = inputs.get(v);
        return xs.length == 1
                && Topology.isShared(stages.get(v), reads.get(xs[0]), learned.get(xs[0]) == learned.get(v));
    }

    /** Return the stage that computes a value. */
    Stage stage(Value value) {
        return stages.get(value.id());
    }

    /**
     * Return the graph of all values.
     *
     * @throws InputException at the layer whose value nothing reads, unless that is an output
     */
    Graph graph(List<Value> outputs) {
        BitSet read = new BitSet();
        for (int[] xs : inputs) {
            for (int x : xs) {
                read.set(x);
            }
        }
        int[] ends = ids(outputs);
        for (int end : ends) {
            read.set(end);
        }
        int unread = read.nextClearBit(1);
        if (unread < values.size()) {
            throw unread(values.get(unread));
        }
        boolean[] learns = new boolean[values.size()];
        for (Layer layer : layers) {
            for (Value value : layer.values()) {
                learns[value.id()] |= layer.learns();
            }
        }
        Topology topology =
                new Topology(stages, inputs, learns, ends, input().shape().size());
        try {
            memory.addShared(topology, layers, outputs);
        } catch (NetworkMemory.Exceeded e) {
            throw e.problem().atConfig("model");
        }
        return new Graph(kernels, topology);
    }

    private InputException unread(Value value) {
        String place = layers.stream()
                .filter(layer -> layer.name().equals(value.name()))
                .findFirst()
                .map(Layer::place)
                .orElse("model");
        return new InputException("no layer reads " + value, "Add it to the from: of a layer below, or remove it.")
                .atConfig(place);
    }
}
