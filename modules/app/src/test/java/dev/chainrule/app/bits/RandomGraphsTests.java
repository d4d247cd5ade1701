package dev.chainrule.app.bits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.Default;
import dev.chainrule.api.Loss;
import dev.chainrule.api.NamedLayer;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.layer.Value;
import dev.chainrule.api.training.GradientReport;
import dev.chainrule.api.training.GradientReport.Verdict;
import dev.chainrule.api.value.Shape;
import dev.chainrule.app.shell.Components;
import dev.chainrule.config.Problems;
import dev.chainrule.config.bind.Binder;
import dev.chainrule.config.node.ConfigReader;
import dev.chainrule.config.registry.Registry;
import dev.chainrule.engine.check.GradientCheck;
import dev.chainrule.engine.experiment.Output;
import dev.chainrule.engine.objective.ClassWeights;
import dev.chainrule.engine.objective.Term;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Precision;
import dev.chainrule.math.RandomStream;
import dev.chainrule.math.ThreadTeam;
import dev.chainrule.model.network.BatchPass;
import dev.chainrule.model.network.HeadLayers;
import dev.chainrule.model.network.Network;
import dev.chainrule.model.network.NetworkMemory;
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
    /** Graph n is drawn at place (0, n) of the stream "graphs" of this seed. */
    private static final long SEED = 2027;

    private static final int SAMPLED = 200;
    private static final int ALL = 2_000;
    private static final GradientReport.Options OPTIONS = new GradientReport.Options(6, 1e-6, Optional.empty());

    private static final Kernels KERNELS = Kernels.of(Precision.FLOAT64, new ThreadTeam(1));

    private final Registry registry = new Components().builtIn();
    private final Map<String, Integer> kinds = new TreeMap<>();
    private int longest;
    private int values;
    private int matrices;

    /** A model with its loss or its outputs, as a config has them. */
    record Drawn(
            List<NamedLayer> model,
            Optional<Loss> loss,
            @Default("{}") Map<String, Output> outputs) {}

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
                "same_as",
                "conv",
                "global_max_pool",
                "global_mean_pool",
                "prelu",
                "output with layers",
                "output of the model",
                "reconstruction",
                "named inputs")) {
            assertTrue(kinds.getOrDefault(kind, 0) > wanted / 10, kind + ": " + kinds);
        }
        for (String window : List.of(
                "depthwise_conv",
                "separable_conv",
                "transposed_conv",
                "max_pool",
                "mean_pool",
                "upsample",
                "pad",
                "crop",
                "spatial_dropout",
                "group_norm")) {
            assertTrue(kinds.getOrDefault(window, 0) > wanted / 50, window + ": " + kinds);
        }
    }

    private GradientReport check(Draws draws, int number) {
        RandomGraph graph = new RandomGraph(draws, kinds);
        Drawn drawn = new Binder(registry)
                .bind(ConfigReader.read("drawn", graph.yaml(), new Problems()).orElseThrow(), Drawn.class)
                .value();
        int batch = 1 + draws.below(9);
        GradientCheck.Subject subject =
                new GradientCheck.Subject(drawn.model(), number, batch, heads(drawn), terms(drawn, graph));
        Network network = build(subject, graph.inputs());
        longest = Math.max(longest, network.topology().size());
        Matrix x = new DoubleMatrix(batch, graph.inputs());
        fill(x, draws, true);
        requireSameForwardOnly(subject, network, x);
        GradientReport report =
                new GradientCheck(subject, () -> 0).check(network, x, targets(graph, x, draws), OPTIONS);
        if (report.verdict() == Verdict.FAILED) {
            System.out.println("graph " + number + ", batch " + batch + ":\n" + graph.yaml());
            report.rows().stream().filter(row -> row.failed() > 0).forEach(System.out::println);
        }
        return report;
    }

    private static List<HeadLayers> heads(Drawn drawn) {
        return drawn.outputs().entrySet().stream()
                .map(entry -> new HeadLayers(
                        entry.getKey(),
                        "outputs." + entry.getKey() + ".layers",
                        entry.getValue().layers()))
                .toList();
    }

    private static List<Term> terms(Drawn drawn, RandomGraph graph) {
        if (drawn.loss().isPresent()) {
            return List.of(Term.of(drawn.loss().get(), ClassWeights.NONE));
        }
        List<Term> terms = new ArrayList<>();
        drawn.outputs()
                .forEach((name, output) -> terms.add(new Term(
                        name,
                        output.loss(),
                        output.weight(),
                        ClassWeights.NONE,
                        graph.learned().get(terms.size()).width(),
                        1)));
        return terms;
    }

    private static Network build(GradientCheck.Subject subject, int in) {
        List<Encoding.Input> named = in == 1
                ? List.of()
                : List.of(new Encoding.Input("first", Shape.of(1)), new Encoding.Input("rest", Shape.of(in - 1)));
        Encoding input = new Encoding(Shape.of(in), named, List.of(), Map.of("", Target.NONE));
        NetworkMemory memory = NetworkMemory.ofUse(KERNELS, Double.POSITIVE_INFINITY);
        return Network.build(subject.model(), subject.heads(), input, KERNELS, subject.seed(), memory);
    }

    /** Return the targets of all outputs, side by side. */
    private static Matrix targets(RandomGraph graph, Matrix x, Draws draws) {
        Matrix all = new DoubleMatrix(
                x.rows(),
                graph.learned().stream().mapToInt(RandomGraph.Learned::width).sum());
        fill(all, draws, false);
        int first = 0;
        for (RandomGraph.Learned learned : graph.learned()) {
            for (int i = 0; i < x.rows(); i++) {
                int only = learned.classes() ? draws.below(learned.width()) : 0;
                for (int j = 0; j < learned.width(); j++) {
                    if (learned.reconstructs()) {
                        all.set(i, first + j, x.get(i, j));
                    } else if (learned.classes()) {
                        all.set(i, first + j, j == only ? 1 : 0);
                    }
                }
            }
            first += learned.width();
        }
        return all;
    }

    /** Outputs whose values take over each other's matrices, and the inputs of their stages, have the bits of values with their own. */
    private void requireSameForwardOnly(GradientCheck.Subject subject, Network network, Matrix x) {
        Network forwardOnly = build(subject, x.columns()).forwardOnly();
        Matrix few = new DoubleMatrix(1, x.columns());
        for (Matrix batch : List.of(x, few, x)) {
            network.forward(batch, BatchPass.forInference());
            forwardOnly.forward(batch, BatchPass.forInference());
            for (Value output : network.outputs()) {
                for (int v : new int[] {output.id(), network.topology().input(output.id(), 0)}) {
                    assertArrayEquals(
                            bits(network.graph().out(v)),
                            bits(forwardOnly.graph().out(v)),
                            subject.toString());
                }
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
}
