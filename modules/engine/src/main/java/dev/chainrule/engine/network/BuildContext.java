package dev.chainrule.engine.network;

import dev.chainrule.api.Initializer;
import dev.chainrule.api.LayerContext;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Declared;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.RandomStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** The context in which one layer is built, which collects its parameters and buffers. */
public final class BuildContext implements LayerContext {
    /** The length of an array that every JVM allows. */
    private static final int LARGEST = Integer.MAX_VALUE - 8;

    private final String name;
    private final Shape input;
    private final Kernels kernels;
    private final long seed;
    private final boolean fills;
    private final NetworkMemory memory;
    private final List<Parameter> parameters = new ArrayList<>();
    private final Map<Parameter, Likeness> likenesses = new LinkedHashMap<>();
    private final Map<String, Matrix> buffers = new LinkedHashMap<>();
    private final SortedSet<String> streams = new TreeSet<>();

    /** Create the context of a layer. */
    public BuildContext(String name, Shape input, Kernels kernels, long seed) {
        this(name, input, kernels, seed, true, NetworkMemory.unlimited(kernels));
    }

    BuildContext(String name, Shape input, Kernels kernels, long seed, boolean fills, NetworkMemory memory) {
        this.name = name;
        this.input = input;
        this.kernels = kernels;
        this.seed = seed;
        this.fills = fills;
        this.memory = memory;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Shape input() {
        return input;
    }

    @Override
    public Kernels kernels() {
        return kernels;
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
        Matrix[] both = memory.parameter(name, rows, columns, kernels);
        Parameter parameter = new Parameter(unique(name), both[0], both[1]);
        if (fills) {
            FirstValues values = new FirstValues(initializer, fanIn, fanOut, stream(name));
            try {
                if (Declared.fillLater(parameter.value(), values::fill)) {
                    likenesses.put(parameter, values.tryFor(parameter.value(), kernels));
                } else {
                    values.fill(parameter.value());
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
        Matrix buffer = memory.buffer(name, rows, columns, kernels);
        buffer.fill(value);
        buffers.put(unique(name), buffer);
        return buffer;
    }

    @Override
    public RandomStream stream(String purpose) {
        String full = this.name + "." + purpose;
        streams.add(full);
        return RandomStream.of(seed, full);
    }

    /** Return the parameters created so far. */
    public List<Parameter> parameters() {
        return parameters;
    }

    /** Return the buffers created so far, by full name. */
    public Map<String, Matrix> buffers() {
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
