package dev.chainrule.engine.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.Shape;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Precision;
import dev.chainrule.math.ThreadTeam;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NetworkTests {
    @Test
    void unfilled_holdsZerosAndTakesOverAnothersTensors() {
        List<LayerSpec> layers = List.of(new TestNetwork.TestDense(3, new TestNetwork.Square()));
        Experiment experiment = TestNetwork.experiment(
                TestNetwork.data(12, Optional.empty(), Optional.empty()), layers, 0.1, 1, List.of());
        Kernels kernels = Kernels.of(Precision.FLOAT32, new ThreadTeam(1));
        Network filled = Network.build(experiment.model(), Shape.of(2), kernels, experiment.seed());
        Network unfilled = Network.unfilled(experiment.model(), Shape.of(2), kernels, experiment.seed());
        assertTrue(values(filled).stream().anyMatch(value -> value != 0), "an initializer gave nothing but 0");
        assertTrue(values(unfilled).stream().allMatch(value -> value == 0), () -> "not 0: " + values(unfilled));
        unfilled.copyTensors(filled);
        assertEquals(values(filled), values(unfilled));
    }

    private static List<Double> values(Network network) {
        List<Double> values = new ArrayList<>();
        network.parameters().forEach(parameter -> {
            for (int i = 0; i < parameter.value().rows(); i++) {
                for (int j = 0; j < parameter.value().columns(); j++) {
                    values.add(parameter.value().get(i, j));
                }
            }
        });
        return values;
    }
}
