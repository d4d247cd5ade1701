package dev.chainrule.app.command;

import dev.chainrule.model.network.Layer;
import dev.chainrule.model.network.Network;
import dev.chainrule.model.network.OutlineEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A network in the DOT language of Graphviz: a node for each layer that computes something, an edge for each value that it reads, and a
 * cluster for each layer that contains others.
 */
final class DotGraph {
    private final Network network;
    private final List<String> lines = new ArrayList<>();
    private final Deque<String> around = new ArrayDeque<>();

    private DotGraph(Network network) {
        this.network = network;
    }

    /** Return the lines of the graph. */
    static List<String> of(Network network) {
        DotGraph dot = new DotGraph(network);
        dot.lines.add("digraph network {");
        dot.line("node [shape=box]");
        dot.line("\"input\" [label=\"input\\n" + network.input() + "\"]");
        dot.layers();
        network.layers().forEach(dot::edges);
        dot.lines.add("}");
        return dot.lines;
    }

    private void layers() {
        List<OutlineEntry> parts = network.outline();
        for (int i = 0; i < parts.size(); i++) {
            OutlineEntry part = parts.get(i);
            close(part.name());
            boolean contains = i + 1 < parts.size() && parts.get(i + 1).name().startsWith(part.name() + ".");
            if (contains) {
                line("subgraph \"cluster_" + part.name() + "\" {");
                around.push(part.name() + ".");
                line("label=\"" + part.name() + "\"");
            }
            if (part.layer().isPresent()) {
                String shape = part.output().shape().toString();
                line("\"" + part.name() + "\" [label=\"" + part.name() + "\\n" + part.kind() + " " + shape + "\"]");
            }
        }
        close("");
    }

    /** Close the clusters that a layer is not in. */
    private void close(String name) {
        while (!around.isEmpty() && !name.startsWith(around.peek())) {
            around.pop();
            line("}");
        }
    }

    private void edges(Layer layer) {
        network.readBy(layer).forEach(from -> line("\"" + from + "\" -> \"" + layer.name() + "\""));
    }

    private void line(String text) {
        lines.add("  ".repeat(1 + around.size()) + text);
    }
}
