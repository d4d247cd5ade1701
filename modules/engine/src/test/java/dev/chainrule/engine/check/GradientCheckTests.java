package dev.chainrule.engine.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.training.GradientReport;
import dev.chainrule.api.value.Shape;
import dev.chainrule.engine.TestNetwork;
import dev.chainrule.engine.experiment.Data;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Precision;
import dev.chainrule.math.ThreadTeam;
import dev.chainrule.model.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import org.junit.jupiter.api.Test;

class GradientCheckTests {
    private static final GradientReport.Options OPTIONS = new GradientReport.Options(20, 1e-6, Optional.empty());

    @Test
    void check_rightGradients_pass() {
        GradientReport report = check(1, 0.3);
        assertEquals(GradientReport.Verdict.PASSED, report.verdict(), report.toString());
        assertEquals(
                List.of("loss", "BP1", "BP4", "BP3", "BP2", "BP4", "BP3"),
                report.rows().stream().map(GradientReport.Row::equation).toList());
        assertEquals(
                List.of(2, 2, 3, 1, 6, 6, 3),
                report.rows().stream().map(GradientReport.Row::checked).toList());
    }

    @Test
    void check_wrongFactor_namesTheParameterAndTheError() {
        GradientReport report = check(1.001, 0.3);
        assertEquals(GradientReport.Verdict.FAILED, report.verdict());
        assertEquals(1, report.faults().size());
        GradientReport.Fault fault = report.faults().get(0);
        assertEquals("BP4", fault.equation());
        assertEquals("dense_1", fault.layer());
        assertEquals("dense_1.weights", fault.row().quantity());
        assertEquals(Optional.of("a factor is wrong or missing: it is 1.00100 times the correct value"), fault.cause());
        // |1.001 g − g| / (2.001 |g|)
        assertEquals(0.001 / 2.001, fault.row().worst().orElseThrow().relativeError(), 1e-6);
    }

    @Test
    void check_everythingAtAKink_isInconclusiveAndNeitherPassedNorFailed() {
        GradientReport report = check(1, 0);
        assertEquals(GradientReport.Verdict.INCONCLUSIVE, report.verdict());
        GradientReport.Row biases = report.rows().get(3);
        assertEquals("dense_2.biases", biases.quantity());
        assertEquals(0, biases.checked());
        assertEquals(1, biases.atKink());
        assertTrue(biases.inconclusive());
    }

    @Test
    void check_progress_ascendsToTheEnd() {
        List<Double> shares = new ArrayList<>();
        GradientReport report = check(1, 1, shares::add);
        assertEquals(report.rows().size(), shares.size());
        assertEquals(shares.stream().sorted().toList(), shares);
        assertEquals(1, shares.get(shares.size() - 1));
    }

    private static GradientReport check(double fault, double scale) {
        return check(fault, scale, share -> {});
    }

    /** Scale the start: with 0 every z of the last layer lies on the kink of its activation. */
    private static GradientReport check(double fault, double scale, DoubleConsumer progress) {
        List<LayerSpec> layers = List.of(
                new TestNetwork.TestDense(3, new TestNetwork.Square(), fault, Optional.empty()),
                new TestNetwork.TestDense(1, new TestNetwork.Hinge()));
        Data data = TestNetwork.data(12, Optional.empty(), Optional.empty());
        Experiment experiment = TestNetwork.experiment(data, layers, 0.1, 1, List.of());
        Network network = Network.build(
                experiment.model(), Shape.of(2), Kernels.of(Precision.FLOAT64, new ThreadTeam(1)), experiment.seed());
        network.parameters().forEach(parameter -> {
            for (int i = 0; i < parameter.value().rows(); i++) {
                for (int j = 0; j < parameter.value().columns(); j++) {
                    parameter.value().set(i, j, scale * (1 + i + j));
                }
            }
        });
        DoubleMatrix x = new DoubleMatrix(2, 2);
        x.setRow(0, new double[] {0.3, 1});
        x.setRow(1, new double[] {0.7, 1});
        DoubleMatrix y = new DoubleMatrix(2, 1);
        y.set(1, 0, 0.5);
        GradientCheck.Subject subject =
                new GradientCheck.Subject(experiment.model(), experiment.loss().orElseThrow(), experiment.seed(), 12);
        return new GradientCheck(subject, () -> 0).check(network, x, y, OPTIONS, progress);
    }
}
