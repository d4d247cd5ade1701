package dev.chainrule.engine.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.OptimizerSpec;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.Schedule;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.training.Optimizer;
import dev.chainrule.engine.TestNetwork;
import dev.chainrule.engine.data.Datasets;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.engine.experiment.NamedMetric;
import dev.chainrule.engine.experiment.Report;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.ThreadTeam;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AssemblyTests {
    @Test
    void optimizer_heapEndsInItsState_isAnErrorAtTheOptimizer() {
        Experiment plain = TestNetwork.experiment(
                TestNetwork.data(12, Optional.empty(), Optional.empty()),
                List.of(new TestNetwork.TestDense(1, new TestNetwork.Square())),
                0.1,
                1,
                List.of());
        Experiment experiment = new Experiment(
                plain.version(),
                plain.name(),
                plain.seed(),
                plain.precision(),
                List.of(),
                plain.data(),
                plain.model(),
                plain.loss(),
                Map.of(),
                new Greedy(),
                Optional.empty(),
                plain.training(),
                Optional.empty(),
                List.of(),
                Map.of(),
                new Report(true, Report.Examples.SHOWN),
                List.of());
        Kernels kernels = Kernels.of(plain.precision(), new ThreadTeam(1));
        Datasets datasets = Datasets.open(plain.data(), 1, TestNetwork.nowhere());
        Assembly assembly = Assembly.of(
                experiment, datasets, target -> List.of(NamedMetric.of(new TestNetwork.MeanCost())), kernels);
        InputException e = assertThrows(InputException.class, assembly::optimizer);
        assertEquals(Optional.of("optimizer"), e.configPath());
        assertTrue(e.getMessage().startsWith("there is not enough memory for the optimizer's state"), e.getMessage());
    }

    /** An optimizer that never has enough memory for two parameters. */
    private record Greedy() implements OptimizerSpec {
        @Override
        public Schedule learningRate() {
            return new TestNetwork.Rate(0.1);
        }

        @Override
        public Optimizer create(List<Parameter> parameters, Kernels kernels) {
            if (parameters.size() > 1) {
                throw new OutOfMemoryError("Java heap space");
            }
            return new TestNetwork.Descent(0.1).create(parameters, kernels);
        }
    }
}
