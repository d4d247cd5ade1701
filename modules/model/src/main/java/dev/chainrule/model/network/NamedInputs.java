package dev.chainrule.model.network;

import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.Suggestion;
import dev.chainrule.api.layer.Value;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The named inputs of a network under construction. Each becomes a value when the first layer reads it. */
final class NamedInputs {
    /** The name of the whole input. */
    static final String WHOLE = "input";
    /** The beginning of the names of its parts. */
    private static final String PREFIX = WHOLE + ".";

    private final GraphBuilder graph;
    private final Encoding encoding;
    private final Map<Encoding.Input, OutlineEntry> read = new LinkedHashMap<>();

    NamedInputs(GraphBuilder graph, Encoding encoding) {
        this.graph = graph;
        this.encoding = encoding;
    }

    /** Return their names as layers give them: {@code input.left}. */
    List<String> names() {
        return encoding.inputs().stream().map(input -> PREFIX + input.name()).toList();
    }

    /** Return whether a name can only be that of a named input. */
    static boolean isPart(String name) {
        return name.startsWith(PREFIX);
    }

    /**
     * Return the value of a named input: the whole input if that has no other part.
     *
     * @param name {@code input.left}
     * @throws InputException if there is none of that name
     */
    Value find(String name) {
        Encoding.Input input = encoding.input(name.substring(PREFIX.length())).orElseThrow(() -> unknown(name));
        return input.shape().equals(encoding.shape())
                ? graph.input()
                : read.computeIfAbsent(input, this::read).output();
    }

    private OutlineEntry read(Encoding.Input input) {
        NamedInput node = new NamedInput(input, encoding.first(input));
        List<Value> xs = List.of(graph.input());
        Value output = graph.add(PREFIX + input.name(), node, xs);
        Layer layer = new Layer(
                "data.train",
                output.name(),
                WHOLE,
                node,
                xs,
                output,
                List.of(output),
                List.of(node),
                List.of(),
                List.of(),
                List.of());
        graph.add(layer, LayerMemory.NONE);
        return new OutlineEntry(output.name(), WHOLE, xs, false, output, Optional.of(layer));
    }

    private InputException unknown(String name) {
        List<String> known = names();
        return new InputException(
                "the data has no input named '" + name.substring(PREFIX.length()) + "'",
                known.isEmpty()
                        ? "Its inputs have no names. A csv source names groups of columns, as in inputs: { wide: [ age, region ] }; "
                                + "from: input reads the whole row."
                        : Suggestion.didYouMean(name, known) + "Inputs: " + String.join(", ", known)
                                + "; input is all of them.");
    }

    /** Return the columns of the table that a value is read from; none if it is neither the input, nor a named one. */
    List<Encoding.Column> columns(Value value) {
        if (value.equals(graph.input())) {
            return encoding.columns();
        }
        return graph.stage(value) instanceof NamedInput named ? encoding.columns(named.input()) : List.of();
    }

    /**
     * Require that a layer or an output does not have the name that those of inputs begin with, if there are any.
     *
     * @throws InputException at the place
     */
    void requireOther(String name, String place) {
        if (name.equals(WHOLE) && !encoding.inputs().isEmpty()) {
            throw new InputException(
                            "the name input is taken by the inputs of the network: " + String.join(", ", names()),
                            "Give another name.")
                    .atConfig(place);
        }
    }

    /** Return the names of those that no layer of a finished network reads, neither by name nor with the whole input. */
    List<String> unread(Topology network) {
        boolean whole =
                IntStream.of(network.readers(0)).anyMatch(reader -> !(network.stage(reader) instanceof NamedInput));
        return encoding.inputs().stream()
                .filter(input -> !whole && !read.containsKey(input))
                .map(Encoding.Input::name)
                .toList();
    }

    /** Return those that layers read, as layers. */
    Collection<OutlineEntry> outline() {
        return read.values();
    }
}
