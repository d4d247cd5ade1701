package dev.chainrule.engine.objective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.Loss;
import dev.chainrule.api.NamedLayer;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.training.GradientReport;
import dev.chainrule.api.value.OneOrMore;
import dev.chainrule.api.value.Shape;
import dev.chainrule.engine.TestNetwork;
import dev.chainrule.engine.TestNetwork.Square;
import dev.chainrule.engine.TestNetwork.Straight;
import dev.chainrule.engine.TestNetwork.TestDense;
import dev.chainrule.engine.check.GradientCheck;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Precision;
import dev.chainrule.math.ThreadTeam;
import dev.chainrule.model.network.BatchPass;
import dev.chainrule.model.network.HeadLayers;
import dev.chainrule.model.network.Network;
import dev.chainrule.model.network.NetworkMemory;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

/** Examples that count by their classes: cost and gradient, by hand and against differences. */
final class ObjectiveTests {
    private static final double HEAVY = 30;
    private static final int WARM = 20_000;

    private static final Experiment EXPERIMENT = experiment(List.of(new TestDense(2, new Straight())));

    private final DoubleMatrix x = matrix(new double[] {1, 2}, new double[] {-1, 0.5}, new double[] {0.25, 3});
    /** The classes 0, 1, 0. */
    private final DoubleMatrix y = matrix(new double[] {1, 0}, new double[] {0, 1}, new double[] {1, 0});

    private static Experiment experiment(List<LayerSpec> layers) {
        return TestNetwork.experiment(
                TestNetwork.data(12, Optional.empty(), Optional.empty()), layers, 0.1, 1, List.of());
    }

    private static DoubleMatrix matrix(double[]... rows) {
        DoubleMatrix matrix = new DoubleMatrix(rows.length, rows[0].length);
        for (int i = 0; i < rows.length; i++) {
            matrix.setRow(i, rows[i]);
        }
        return matrix;
    }

    private static Network network(Experiment experiment) {
        return Network.build(
                experiment.model(), Shape.of(2), Kernels.of(Precision.FLOAT64, new ThreadTeam(1)), experiment.seed());
    }

    private static List<Term> terms(ClassWeights classes) {
        return List.of(Term.of(EXPERIMENT.loss().orElseThrow(), classes));
    }

    /** C = Σ w·cost / batch, and the biases' gradient is Σ w·(a − y) / batch. */
    @Test
    void backward_weightedClasses_multipliesEachRowAndDividesByTheBatch() {
        Network network = network(EXPERIMENT);
        Objective objective = new Objective(network, terms(new ClassWeights(0.5, HEAVY)), 12);
        objective.forward(x, y, BatchPass.forTraining());
        Matrix a = objective.heads().get(0).outputs();
        objective.backward(BatchPass.forTraining());
        double cost = 0;
        double[] biases = new double[2];
        for (int i = 0; i < 3; i++) {
            double weight = i == 1 ? HEAVY : 0.5;
            cost += weight * objective.heads().get(0).costs().get(i, 0);
            for (int j = 0; j < 2; j++) {
                biases[j] += weight * (a.get(i, j) - y.get(i, j)) / 3;
            }
        }
        assertEquals(cost / 3, objective.meanCost());
        for (int j = 0; j < 2; j++) {
            assertEquals(biases[j], network.parameters().get(1).gradient().get(0, j), 1e-13 * HEAVY);
        }
    }

    @Test
    void backward_weightsOfOne_giveTheBitsOfNone() {
        Network plain = network(EXPERIMENT);
        Network weighted = network(EXPERIMENT);
        Objective without = new Objective(plain, EXPERIMENT.loss().orElseThrow(), 12);
        Objective with = new Objective(weighted, terms(new ClassWeights(1, 1)), 12);
        for (Objective objective : List.of(without, with)) {
            objective.forward(x, y, BatchPass.forTraining());
            objective.backward(BatchPass.forTraining());
        }
        assertEquals(without.meanCost(), with.meanCost());
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                assertEquals(
                        plain.parameters().get(0).gradient().get(i, j),
                        weighted.parameters().get(0).gradient().get(i, j));
            }
        }
    }

    @Test
    void gradientCheck_weightedClasses_agrees() {
        Experiment deep = experiment(List.of(new TestDense(3, new Square()), new TestDense(2, new Straight())));
        GradientCheck.Subject subject = new GradientCheck.Subject(
                deep.model(), deep.seed(), 12, List.of(), terms(new ClassWeights(0.5, HEAVY)));
        GradientReport report = new GradientCheck(subject, () -> 0)
                .check(network(deep), x, y, new GradientReport.Options(20, 1e-6, Optional.empty()));
        assertEquals(GradientReport.Verdict.PASSED, report.verdict(), report.toString());
    }

    @Test
    void step_weightedClasses_allocatesNothing() {
        Objective objective = new Objective(network(EXPERIMENT), terms(new ClassWeights(0.5, HEAVY)), 12);
        BatchPass pass = BatchPass.forTraining();
        objective.forward(x, y, pass);
        assertAllocatesNothing(() -> {
            objective.backward(pass);
            return objective.meanCost();
        });
    }

    private static void assertAllocatesNothing(DoubleSupplier step) {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = Long.MAX_VALUE;
        for (int round = 0; round < 20 && allocated > 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            double sum = 0;
            for (int i = 0; i < WARM; i++) {
                sum += step.getAsDouble();
            }
            assertTrue(Double.isFinite(sum) || round == 0);
            allocated = (threads.getCurrentThreadAllocatedBytes() - before) / WARM;
        }
        assertEquals(0, allocated);
    }

    /** Each output reads an input of its own and learns two columns of y. */
    @Test
    void step_twoInputsAndOutputs_takesTheColumnsOfEachAndAllocatesNothing() {
        Kernels kernels = Kernels.of(Precision.FLOAT64, new ThreadTeam(1));
        Encoding input = new Encoding(
                List.of(new Encoding.Input("left", Shape.of(1)), new Encoding.Input("right", Shape.of(1))),
                List.of(),
                Target.NONE);
        HeadLayers first = new HeadLayers("first", "outputs.first.layers", List.of());
        HeadLayers second = new HeadLayers("second", "outputs.second.layers", List.of(reading("input.right")));
        Network network = Network.build(
                List.of(reading("input.left")),
                List.of(first, second),
                input,
                kernels,
                EXPERIMENT.seed(),
                NetworkMemory.ofUse(kernels, Double.POSITIVE_INFINITY));
        Loss loss = EXPERIMENT.loss().orElseThrow();
        Objective objective = new Objective(
                network,
                List.of(
                        new Term("first", loss, 1, ClassWeights.NONE, 2, 1),
                        new Term("second", loss, 0.5, ClassWeights.NONE, 2, 1)),
                12);
        DoubleMatrix targets = matrix(new double[] {1, 0, 3, 4}, new double[] {0, 1, 5, 6}, new double[] {1, 0, 7, 8});
        BatchPass pass = BatchPass.forTraining();
        objective.forward(x, targets, pass);
        objective.backward(pass);
        for (int h = 0; h < 2; h++) {
            Matrix a = objective.heads().get(h).outputs();
            for (int j = 0; j < 2; j++) {
                double sum = 0;
                for (int i = 0; i < 3; i++) {
                    sum += (a.get(i, j) - targets.get(i, 2 * h + j)) / 3;
                }
                double biases = network.parameters().get(2 * h + 1).gradient().get(0, j);
                assertEquals((h == 0 ? 1 : 0.5) * sum, biases, 1e-14);
            }
        }
        int[] inputs = network.outline().stream()
                .filter(entry -> entry.kind().equals("input"))
                .mapToInt(entry -> entry.output().id())
                .toArray();
        assertEquals(2, inputs.length);
        assertAllocatesNothing(() -> {
            network.graph().forward(inputs, pass);
            objective.backward(pass);
            return objective.heads().get(1).targets(targets).get(0, 0) + objective.meanCost();
        });
    }

    private static NamedLayer reading(String input) {
        return new NamedLayer(
                Optional.empty(), Optional.of(new OneOrMore<>(List.of(input))), new TestDense(2, new Straight()));
    }
}
