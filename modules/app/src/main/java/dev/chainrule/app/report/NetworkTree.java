package dev.chainrule.app.report;

import dev.chainrule.model.network.Network;
import dev.chainrule.model.network.OutlineEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/** The layers of a network as a tree. */
public final class NetworkTree {
    private NetworkTree() {}

    /**
     * One layer.
     *
     * @param depth the number of layers around it
     * @param name without those of the layers around it
     */
    public record Branch(int depth, String name, OutlineEntry part) {
        /** Return the shape of the input, and the names of inputs that the config chooses. */
        public String inputs() {
            return part.inputs().stream()
                    .map(x -> part.chosen() ? x.toString() : x.shape().toString())
                    .collect(Collectors.joining(", "));
        }

        /** Return the shape of the output. */
        public String output() {
            return part.output().shape().toString();
        }
    }

    /** Return all layers, those within a layer after it. */
    public static List<Branch> of(Network network) {
        List<Branch> branches = new ArrayList<>();
        Deque<String> around = new ArrayDeque<>(List.of(""));
        for (OutlineEntry part : network.outline()) {
            while (!part.name().startsWith(around.peek())) {
                around.pop();
            }
            branches.add(new Branch(
                    around.size() - 1, part.name().substring(around.peek().length()), part));
            around.push(part.name() + ".");
        }
        return branches;
    }
}
