package dev.chainrule.app.bits;

import dev.chainrule.math.Draws;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A network with branches, joins, shortcuts, nested layers, layers that add costs and one to three outputs, drawn at random and written
 * as YAML. The draws determine it alone, so a seed and a number name a graph until this class changes.
 */
final class RandomGraph {
    private static final int DEEPEST = 3;
    private static final List<String> ACTIVATIONS =
            List.of("elu", "gelu", "identity", "leaky_relu", "relu", "sigmoid", "silu", "softplus", "tanh");
    private static final List<String> JOINS = List.of("concat", "add", "multiply", "mean");
    /** The outputs and losses that go together. */
    private static final List<End> ENDS = List.of(
            new End("softmax", "cross_entropy"),
            new End("sigmoid", "binary_cross_entropy"),
            new End("identity", "quadratic"),
            new End("tanh", "quadratic"));

    private static final List<String> WEIGHTS = List.of("1", "0.3", "2.5", "0");

    private final Draws draws;
    private final Map<String, Integer> kinds;
    private final int inputs;
    private final List<Learned> learned = new ArrayList<>();
    private final String yaml;

    /** An activation of the last layer and a loss. */
    private record End(String activation, String loss) {}

    /**
     * The target of an output.
     *
     * @param width columns of the target
     * @param reconstructs whether they are the inputs
     */
    record Learned(int width, boolean classes, boolean reconstructs) {}

    /**
     * Draw a graph.
     *
     * @param kinds modified: counts the layers of each kind, and the kinds of outputs
     */
    RandomGraph(Draws draws, Map<String, Integer> kinds) {
        this.draws = draws;
        this.kinds = kinds;
        this.inputs = 1 + draws.below(5);
        Layers trunk = new Layers(inputs, DEEPEST);
        trunk.draw(1 + draws.below(4));
        End end = RandomNetworksTests.pick(ENDS, draws);
        int width = end(trunk, end);
        int heads = Math.max(1, draws.below(5) - 1);
        this.yaml = "model: " + trunk + "\n"
                + (heads == 1 ? "loss: " + end.loss() : "outputs:" + heads(heads, width, end)) + "\n";
        if (heads == 1) {
            learned.add(new Learned(width, end.loss().equals("cross_entropy"), false));
        }
    }

    /** Return the width of the input. */
    int inputs() {
        return inputs;
    }

    /** Return the targets, by output. */
    List<Learned> learned() {
        return learned;
    }

    /** Return the model with its loss or outputs. */
    String yaml() {
        return yaml;
    }

    /** Add a last layer, and return its width. */
    private int end(Layers layers, End end) {
        int width = 2 + draws.below(3);
        layers.add("dense", "units: " + width + ", activation: " + end.activation(), width);
        return width;
    }

    /** Return several outputs, at least one with layers of its own. */
    private String heads(int count, int trunk, End trunkEnd) {
        StringBuilder heads = new StringBuilder();
        for (int h = 0; h < count; h++) {
            String weight = RandomNetworksTests.pick(WEIGHTS, draws);
            String head = "loss: " + trunkEnd.loss();
            if (h > 0 && draws.below(3) == 0) {
                kinds.merge("output of the model", 1, Integer::sum);
                learned.add(new Learned(trunk, trunkEnd.loss().equals("cross_entropy"), false));
            } else if (draws.below(3) == 0) {
                kinds.merge("reconstruction", 1, Integer::sum);
                Layers layers = head(trunk);
                layers.add("dense", "units: " + inputs, inputs);
                head = "loss: quadratic, reconstruct: true, layers: " + layers;
                learned.add(new Learned(inputs, false, true));
            } else {
                kinds.merge("output with layers", 1, Integer::sum);
                Layers layers = head(trunk);
                End end = RandomNetworksTests.pick(ENDS, draws);
                int width = end(layers, end);
                head = "loss: " + end.loss() + ", layers: " + layers;
                learned.add(new Learned(width, end.loss().equals("cross_entropy"), false));
            }
            heads.append("\n  o")
                    .append(h)
                    .append(": { weight: ")
                    .append(weight)
                    .append(", ")
                    .append(head)
                    .append(" }");
        }
        return heads.toString();
    }

    /** Return the first layers of an output, which may read the input of the network, too: as a whole or by its names. */
    private Layers head(int trunk) {
        Layers layers = new Layers(trunk, 1);
        layers.draw(draws.below(3));
        if (layers.names.size() > 1 && draws.below(2) == 0) {
            boolean named = inputs > 1;
            kinds.merge(named ? "named inputs" : "input", 1, Integer::sum);
            layers.add(
                    "concat",
                    "from: [ " + layers.names.get(layers.names.size() - 1)
                            + (named ? ", input.first, input.rest ]" : ", input ]"),
                    layers.width() + inputs);
        }
        return layers;
    }

    /** A list of layers as YAML, with the width of each one's output. */
    private final class Layers {
        private final int deep;
        private final List<String> written = new ArrayList<>();
        private final List<String> names = new ArrayList<>(List.of(""));
        private final List<Integer> widths = new ArrayList<>();
        private final Map<String, Integer> ordinals = new TreeMap<>();

        Layers(int in, int deep) {
            this.deep = deep;
            widths.add(in);
        }

        int width() {
            return widths.get(widths.size() - 1);
        }

        void add(String kind, String parameters, int width) {
            kinds.merge(kind, 1, Integer::sum);
            names.add(kind + "_" + ordinals.merge(kind, 1, Integer::sum));
            widths.add(width);
            written.add("{ type: " + kind + (parameters.isEmpty() ? "" : ", " + parameters) + " }");
        }

        void draw(int count) {
            for (int i = 0; i < count; i++) {
                switch (draws.below(deep > 0 ? 18 : 11)) {
                    case 0 -> add("activation", "function: " + RandomNetworksTests.pick(ACTIVATIONS, draws), width());
                    case 1 -> keepWidth();
                    case 2 -> dense(1 + draws.below(5));
                    case 3, 4, 5 -> join();
                    case 6 -> dot();
                    case 7 -> select();
                    case 8 -> sample();
                    case 9 -> add("activity_regularizer", "l1: 0.1, l2: 0.3", width());
                    case 10 -> windows();
                    case 11, 12 -> residual();
                    case 13 -> repeat();
                    case 14 -> same();
                    case 15 -> add("prelu", "", width());
                    default -> parallel();
                }
            }
        }

        private void dense(int units) {
            add("dense", "units: " + units + ", activation: " + RandomNetworksTests.pick(ACTIVATIONS, draws), units);
        }

        private void keepWidth() {
            switch (draws.below(width() == 1 ? 3 : 4)) { // layer_norm refuses a single feature
                case 3 -> add("layer_norm", "", width());
                case 2 -> add("flatten", "", width());
                case 1 -> add("dropout", "rate: 0.3", width());
                default -> add("gaussian_noise", "std: 0.5", width());
            }
        }

        /** Join the layer above, so that it is read, with others of this list; the same one may be read twice. */
        private void join() {
            String kind = RandomNetworksTests.pick(JOINS, draws);
            List<Integer> others = new ArrayList<>();
            for (int k = 1; k < names.size(); k++) {
                if (kind.equals("concat") || widths.get(k) == width()) {
                    others.add(k);
                }
            }
            if (others.isEmpty()) {
                dense(width());
                return;
            }
            List<Integer> read = new ArrayList<>(List.of(names.size() - 1));
            for (int more = 1 + draws.below(3); more > 0; more--) {
                read.add(draws.below(read.size() + 1), RandomNetworksTests.pick(others, draws));
            }
            int width =
                    kind.equals("concat") ? read.stream().mapToInt(widths::get).sum() : width();
            add(kind, "from: " + read.stream().map(names::get).toList(), width);
        }

        /** Multiply the layer above with another one of its width, which may be itself. */
        private void dot() {
            List<Integer> others = new ArrayList<>();
            for (int k = 1; k < names.size(); k++) {
                if (widths.get(k).equals(width())) {
                    others.add(k);
                }
            }
            if (others.isEmpty()) {
                dense(width());
                return;
            }
            int other = RandomNetworksTests.pick(others, draws);
            add("dot", "from: [ " + names.get(names.size() - 1) + ", " + names.get(other) + " ]", 1);
        }

        private void select() {
            int first = draws.below(width());
            int last = first + draws.below(width() - first);
            String before = first > 0 ? ", 0" : "";
            add("select", "features: [ " + first + "-" + last + before + " ]", last - first + (first > 0 ? 2 : 1));
        }

        /** Add layers that slide windows over an image, as one layer, whose input and output are features. */
        private void windows() {
            RandomWindows drawn = new RandomWindows(draws, kinds);
            add("repeat", "times: 1, layers: " + drawn.layers(), drawn.size());
        }

        private void sample() {
            int width = 1 + draws.below(3);
            dense(2 * width);
            add("sample", "weight: 0.5", width);
        }

        /** Compute a layer of this list once more, if one has an input of the present width. */
        private void same() {
            List<Integer> fitting = new ArrayList<>();
            for (int k = 1; k < names.size(); k++) {
                if (widths.get(k - 1) == width() && !written.get(k - 1).contains("from:")) {
                    fitting.add(k);
                }
            }
            if (fitting.isEmpty()) {
                dense(width());
            } else {
                int k = RandomNetworksTests.pick(fitting, draws);
                add("same_as", "layer: " + names.get(k), widths.get(k));
            }
        }

        private Layers within(int count) {
            Layers inner = new Layers(width(), deep - 1);
            inner.draw(count);
            return inner;
        }

        private void residual() {
            Layers inner = within(1 + draws.below(3));
            add("residual", "layers: " + inner, inner.width());
        }

        private void repeat() {
            Layers inner = within(1 + draws.below(2));
            inner.dense(width());
            add("repeat", "times: " + (1 + draws.below(3)) + ", layers: " + inner, width());
        }

        private void parallel() {
            String join = RandomNetworksTests.pick(JOINS, draws);
            int common = 1 + draws.below(4);
            int sum = 0;
            List<String> branches = new ArrayList<>();
            for (int b = 2 + draws.below(3); b > 0; b--) {
                Layers inner = within(draws.below(3));
                if (!join.equals("concat")) {
                    inner.dense(common);
                }
                sum += inner.width();
                branches.add("b" + b + ": " + inner);
            }
            String written = "join: " + join + ", branches: { " + String.join(", ", branches) + " }";
            add("parallel", written, join.equals("concat") ? sum : common);
        }

        @Override
        public String toString() {
            return "[ " + String.join(", ", written) + " ]";
        }
    }
}
