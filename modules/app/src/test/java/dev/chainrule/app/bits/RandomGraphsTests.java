package dev.chainrule.app.bits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.Loss;
import dev.chainrule.api.NamedLayer;
import dev.chainrule.api.training.GradientReport;
import dev.chainrule.api.training.GradientReport.Verdict;
import dev.chainrule.api.value.Shape;
import dev.chainrule.app.shell.Components;
import dev.chainrule.config.Problems;
import dev.chainrule.config.bind.Binder;
import dev.chainrule.config.node.ConfigReader;
import dev.chainrule.config.registry.Registry;
import dev.chainrule.engine.check.GradientCheck;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Precision;
import dev.chainrule.math.RandomStream;
import dev.chainrule.math.ThreadTeam;
import dev.chainrule.model.network.BatchPass;
import dev.chainrule.model.network.Network;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Networks with branches, joins, shortcuts and nested layers, drawn at random, whose gradients the check must not call wrong. */
final class RandomGraphsTests {
    private static final long SEED = 2027;
    private static final int SAMPLED = 200;
    private static final int ALL = 2_000;
    private static final int DEEPEST = 3;
    private static final GradientReport.Options OPTIONS = new GradientReport.Options(6, 1e-6, Optional.empty());
    private static final List<String> ACTIVATIONS =
            List.of("elu", "gelu", "identity", "leaky_relu", "relu", "sigmoid", "silu", "softplus", "tanh");
    private static final List<String> JOINS = List.of("concat", "add", "multiply", "mean");
    /** The outputs and losses that go together. */
    private static final List<String[]> ENDS = List.of(
            new String[] {"softmax", "cross_entropy"},
            new String[] {"sigmoid", "binary_cross_entropy"},
            new String[] {"identity", "quadratic"},
            new String[] {"tanh", "quadratic"});

    private final Registry registry = new Components().builtIn();
    private final Map<String, Integer> kinds = new TreeMap<>();
    private int longest;
    private int values;
    private int matrices;

    /** A model and a loss, as a config has them. */
    record Drawn(List<NamedLayer> model, Loss loss) {}

    @Test
    void check_randomGraphs_raiseNoAlarm() {
        run(SAMPLED);
    }

    @Test
    @Tag("proof")
    void check_manyRandomGraphs_raiseNoAlarm() {
        run(ALL);
    }

    private void run(int wanted) {
        RandomNetworksTests.Counts counts = new RandomNetworksTests.Counts();
        for (int number = 0; number < wanted; number++) {
            counts.add(check(RandomStream.of(SEED, "graphs").at(0, number), number));
        }
        System.out.println("random graphs: seed " + SEED + ", " + counts + ", at most " + longest + " values, " + values
                + " in " + matrices + " matrices without backward passes; " + kinds);
        assertTrue(matrices < values / 2, values + " in " + matrices);
        assertEquals(0, counts.of(Verdict.FAILED));
        // One kink in a hundred makes a report of many short rows inconclusive, so entries are counted and not reports.
        assertTrue(counts.checked > 0.95 * (counts.checked + counts.atKink + counts.unclear), counts.toString());
        for (String kind : List.of(
                "concat",
                "add",
                "multiply",
                "mean",
                "dot",
                "select",
                "sample",
                "activity_regularizer",
                "residual",
                "repeat",
                "parallel",
                "same_as")) {
            assertTrue(kinds.getOrDefault(kind, 0) > wanted / 10, kind + ": " + kinds);
        }
    }

    private GradientReport check(Draws draws, int number) {
        int in = 1 + draws.below(5);
        int outputs = 2 + draws.below(3);
        String[] end = RandomNetworksTests.pick(ENDS, draws);
        Layers layers = new Layers(draws, in, DEEPEST);
        layers.draw(1 + draws.below(4));
        layers.add("dense", "units: " + outputs + ", activation: " + end[0], outputs);
        String yaml = "model: " + layers + "\nloss: " + end[1] + "\n";
        Drawn drawn = new Binder(registry)
                .bind(ConfigReader.read("drawn", yaml, new Problems()).orElseThrow(), Drawn.class)
                .value();
        Network network =
                Network.build(drawn.model(), Shape.of(in), Kernels.of(Precision.FLOAT64, new ThreadTeam(1)), number);
        longest = Math.max(longest, network.topology().size());
        int batch = 1 + draws.below(9);
        Matrix x = new DoubleMatrix(batch, in);
        fill(x, draws, true);
        requireSameForwardOnly(drawn, network, x, number);
        Matrix y = new DoubleMatrix(batch, outputs);
        if (end[1].equals("cross_entropy")) {
            for (int i = 0; i < batch; i++) {
                y.set(i, draws.below(outputs), 1);
            }
        } else {
            fill(y, draws, false);
        }
        GradientReport report = new GradientCheck(
                        new GradientCheck.Subject(drawn.model(), drawn.loss(), number, batch), () -> 0)
                .check(network, x, y, OPTIONS);
        if (report.verdict() == Verdict.FAILED) {
            System.out.println("graph " + number + ", batch " + batch + ":\n" + yaml);
            report.rows().stream().filter(row -> row.failed() > 0).forEach(System.out::println);
        }
        return report;
    }

    /** Values that take over each other's matrices have the bits of values with matrices of their own, at the end and at its input. */
    private void requireSameForwardOnly(Drawn drawn, Network network, Matrix x, int number) {
        Network forwardOnly = Network.build(drawn.model(), network.input(), network.kernels(), number)
                .forwardOnly();
        Matrix few = new DoubleMatrix(1, x.columns());
        for (Matrix batch : List.of(x, few, x)) {
            network.forward(batch, BatchPass.forInference());
            forwardOnly.forward(batch, BatchPass.forInference());
            int last = network.topology().last();
            for (int v : new int[] {last, network.topology().input(last, 0)}) {
                assertArrayEquals(
                        bits(network.graph().out(v)), bits(forwardOnly.graph().out(v)), drawn.toString());
            }
        }
        Set<Matrix> taken = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int v = 1; v < network.topology().size(); v++) {
            taken.add(forwardOnly.graph().out(v));
        }
        values += network.topology().size() - 1;
        matrices += taken.size();
    }

    private static byte[] bits(Matrix matrix) {
        byte[] bits = new byte[(int) matrix.bytes()];
        matrix.write(ByteBuffer.wrap(bits).order(ByteOrder.LITTLE_ENDIAN));
        return bits;
    }

    private static void fill(Matrix matrix, Draws draws, boolean normal) {
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                matrix.set(i, j, normal ? draws.normal() : draws.uniform());
            }
        }
    }

    /** A list of layers as YAML, with the width of each one's output. */
    private final class Layers {
        private final Draws draws;
        private final int deep;
        private final List<String> written = new ArrayList<>();
        private final List<String> names = new ArrayList<>(List.of(""));
        private final List<Integer> widths = new ArrayList<>();
        private final Map<String, Integer> ordinals = new TreeMap<>();

        Layers(Draws draws, int in, int deep) {
            this.draws = draws;
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
                switch (draws.below(deep > 0 ? 16 : 10)) {
                    case 0 -> add("activation", "function: " + RandomNetworksTests.pick(ACTIVATIONS, draws), width());
                    case 1 -> keepWidth();
                    case 2 -> dense(1 + draws.below(5));
                    case 3, 4, 5 -> join();
                    case 6 -> dot();
                    case 7 -> select();
                    case 8 -> sample();
                    case 9 -> add("activity_regularizer", "l1: 0.1, l2: 0.3", width());
                    case 10, 11 -> residual();
                    case 12 -> repeat();
                    case 13 -> same();
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
            Layers inner = new Layers(draws, width(), deep - 1);
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
