package dev.chainrule.engine.network;

import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.layer.Stage;
import dev.chainrule.api.layer.Value;
import dev.chainrule.api.value.Shape;
import dev.chainrule.engine.experiment.ConfigPaths;
import dev.chainrule.engine.experiment.Made;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
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
    final Kernels kernels;
    final long seed;
    final boolean fills;
    final NetworkMemory memory;
    final List<Network.Layer> layers = new ArrayList<>();
    final Map<String, Matrix> buffers = new LinkedHashMap<>();
    final SortedSet<String> streams = new TreeSet<>();
    final Map<Parameter, Likeness> likenesses = new LinkedHashMap<>();
    private final List<Value> values = new ArrayList<>();
    private final List<Stage> stages = new ArrayList<>();
    private final List<int[]> inputs = new ArrayList<>();
    /** The values known to depend on parameters, for the memory of their gradients. */
    private final BitSet learned = new BitSet();

    /**
     * Begin a network.
     *
     * @param fills whether parameters get initial values
     * @param memory modified: counts the allocations
     */
    GraphBuilder(Shape input, Kernels kernels, long seed, boolean fills, NetworkMemory memory) {
        this.kernels = kernels;
        this.seed = seed;
        this.fills = fills;
        this.memory = memory;
        add(new Value(0, "input", input), null, List.of());
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
        inputs.add(xs.stream().mapToInt(Value::id).toArray());
        return value;
    }

    /**
     * Build a layer.
     *
     * @param place in the config
     * @param last whether it is the network's last
     * @return its output
     * @throws InputException at the place if it does not fit
     */
    Value layer(LayerSpec spec, String name, String place, List<Value> xs, boolean last) {
        BuildContext context = new BuildContext(this, name, xs);
        try {
            Value output = Made.by(spec, "build", spec.build(context));
            buffers.putAll(context.buffers());
            streams.addAll(context.streams());
            likenesses.putAll(context.likenesses());
            if (!context.values().isEmpty()) {
                add(context.layer(place, Network.kind(spec), output), last);
            }
            return output;
        } catch (NetworkMemory.Exceeded e) {
            Optional<String> at =
                    spec instanceof Record record ? ConfigPaths.find(place, record, e.size()) : Optional.empty();
            throw e.problem().atConfig(at.orElse(place));
        } catch (InputException e) {
            throw e.below(place);
        }
    }

    private void add(Network.Layer layer, boolean last) {
        boolean learns = false;
        for (Value value : layer.values()) {
            boolean depends = !layer.parameters().isEmpty();
            for (int x : inputs.get(value.id())) {
                depends |= learned.get(x);
            }
            learned.set(value.id(), depends);
            learns |= depends;
        }
        memory.addRest(layer, learns, last);
        layers.add(layer);
    }

    /** Return the stage that computes a value. */
    Stage stage(Value value) {
        return stages.get(value.id());
    }

    /**
     * Return the graph of all values.
     *
     * @throws InputException at the layer whose value nothing reads, unless that is the output
     */
    Graph graph(Value output) {
        BitSet read = new BitSet();
        inputs.forEach(xs -> {
            for (int x : xs) {
                read.set(x);
            }
        });
        read.set(output.id());
        int unread = read.nextClearBit(1);
        if (unread < values.size()) {
            throw unread(values.get(unread));
        }
        boolean[] learns = new boolean[values.size()];
        layers.stream()
                .filter(layer -> !layer.parameters().isEmpty())
                .forEach(layer -> layer.values().forEach(value -> learns[value.id()] = true));
        return new Graph(kernels, stages, inputs, learns, input().shape().size());
    }

    private InputException unread(Value value) {
        String place = layers.stream()
                .filter(layer -> layer.name().equals(value.name()))
                .findFirst()
                .map(Network.Layer::place)
                .orElse("model");
        return new InputException(
                        "no layer reads " + value + ", and it is not the last",
                        "Name it below in a from:, or remove it.")
                .atConfig(place);
    }
}
