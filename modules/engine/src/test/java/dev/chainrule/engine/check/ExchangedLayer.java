package dev.chainrule.engine.check;

import dev.chainrule.api.ActivationNode;
import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.layer.Value;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A layer of the program in which another one, with parameters of the same shapes, makes one of the three computations.
 *
 * @param computation {@code forward}, {@code gradients} or {@code backward}
 */
record ExchangedLayer(LayerSpec right, LayerSpec other, String computation) implements LayerSpec {
    @Override
    public Value build(LayerContext context) {
        Map<String, Object> tensors = new TreeMap<>();
        List<Node> rights = nodes(right, context, tensors);
        List<Node> others = nodes(other, context, tensors);
        Node[] mixed = new Node[rights.size()];
        for (int i = 0; i < mixed.length; i++) {
            // The check knows z by the class of the node that computes the activation.
            mixed[i] = rights.get(i) instanceof ActivationNode ? rights.get(i) : mixed(rights.get(i), others.get(i));
        }
        return context.chain(mixed);
    }

    /** Return the nodes of a layer, which takes the parameters and buffers that the first one has created. */
    private static List<Node> nodes(LayerSpec spec, LayerContext context, Map<String, Object> tensors) {
        List<Node> nodes = new ArrayList<>();
        spec.build(FaultyLayer.proxy(LayerContext.class, (proxy, method, arguments) -> {
            return switch (method.getName()) {
                case "chain" -> {
                    nodes.addAll(List.of((Node[]) arguments[arguments.length - 1]));
                    yield null;
                }
                case "parameter", "buffer" -> {
                    String name = (String) arguments[0];
                    if (!tensors.containsKey(name)) {
                        tensors.put(name, FaultyLayer.call(context, method, arguments));
                    }
                    yield sameShape(tensors.get(name), (int) arguments[1], (int) arguments[2]);
                }
                default -> FaultyLayer.call(context, method, arguments);
            };
        }));
        return nodes;
    }

    private static Object sameShape(Object tensor, int rows, int columns) {
        Matrix values = tensor instanceof Parameter parameter ? parameter.value() : (Matrix) tensor;
        if (values.rows() != rows || values.columns() != columns) {
            throw new IllegalArgumentException("the layers have parameters of different shapes");
        }
        return tensor;
    }

    private Node mixed(Node right, Node other) {
        return FaultyLayer.proxy(Node.class, (proxy, method, arguments) -> {
            if (!method.getName().equals(computation)) {
                return FaultyLayer.call(right, method, arguments);
            }
            Object[] given = arguments.clone();
            if (computation.equals("forward")) {
                forward(right, given);
            } else {
                given[1] = forward(other, given);
            }
            return FaultyLayer.call(other, method, given);
        });
    }

    /** Compute an output, since a node may remember numbers of its forward pass. */
    private static Matrix forward(Node node, Object... arguments) {
        Matrix x = (Matrix) arguments[0];
        Matrix out = new DoubleMatrix(x.rows(), node.output().size());
        node.forward(x, out, (Pass) arguments[arguments.length - 1]);
        return out;
    }
}
