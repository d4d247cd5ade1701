package dev.chainrule.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.GradientReport;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.Shape;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Precision;
import dev.chainrule.math.ThreadTeam;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GradientCheckerTests {
    /** Central differences at h = ε^⅓ are right to about ε^⅔ = 4e-11 of a smooth cost; small gradients lose a few digits. */
    private static final GradientReport.Options OPTIONS = new GradientReport.Options(20, 1e-6);

    @Test
    void check_rightGradients_pass() {
        GradientReport report = check(1, 0.3);
        assertTrue(report.passed(), report.toString());
        assertEquals(
                List.of("BP4", "BP3", "BP4", "BP3"),
                report.rows().stream().map(GradientReport.Row::equation).toList());
        assertEquals(
                List.of(6, 3, 3, 1),
                report.rows().stream().map(row -> row.checked() + row.atKink()).toList());
    }

    @Test
    void check_wrongFactor_namesTheParameterAndTheError() {
        GradientReport report = check(1.001, 0.3);
        assertFalse(report.passed());
        GradientReport.Row row = report.rows().get(0);
        assertEquals("dense_1.weights", row.parameter());
        assertTrue(row.failed() > 0);
        // |1.001 g − g| / (2.001 |g|)
        assertEquals(0.001 / 2.001, row.worst().relativeError(), 1e-6);
        assertEquals(0, report.rows().get(1).failed());
    }

    @Test
    void check_everythingAtAKink_isCountedAndNeitherPassedNorFailed() {
        GradientReport report = check(1, 0);
        GradientReport.Row biases = report.rows().get(3);
        assertEquals("dense_2.biases", biases.parameter());
        assertEquals(0, biases.checked());
        assertEquals(1, biases.atKink());
    }

    /** Scale the start: with 0 every z of the last layer lies on the kink of its activation. */
    private static GradientReport check(double fault, double scale) {
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
        return new GradientChecker(experiment, Shape.of(2), 12).check(network, x, y, OPTIONS);
    }
}
