package dev.chainrule.engine.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chainrule.api.Component;
import dev.chainrule.api.HookSpec;
import dev.chainrule.api.Run;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.training.Hook;
import dev.chainrule.engine.TestNetwork;
import dev.chainrule.engine.TestNetwork.MeanCost;
import dev.chainrule.engine.TestNetwork.Square;
import dev.chainrule.engine.TestNetwork.TestDense;
import dev.chainrule.engine.data.Datasets;
import dev.chainrule.engine.experiment.ConfigErrors;
import dev.chainrule.engine.experiment.Data;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.engine.experiment.HeldOut;
import dev.chainrule.engine.experiment.NamedMetric;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Precision;
import dev.chainrule.math.ThreadTeam;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The messages about configs that use a metric that is not measured. */
final class MetricCatalogTests {
    private static final int SIZE = 20;

    /** Looks at a metric, as early stopping does. */
    @Component("watcher")
    record Watcher(Optional<String> metricName) implements HookSpec {
        @Override
        public Hook create(Run run) {
            return new Hook() {};
        }

        @Override
        public List<String> metricsUsed() {
            return metricName.stream().toList();
        }
    }

    @Test
    void of_hookWatchingAMeasuredMetric_fits() {
        assemble(Optional.of(TestNetwork.split(4, HeldOut.Order.LAST)), watcher("validation.loss"));
    }

    @Test
    void of_hookWatchingValidationWithoutSuchData_isRefusedAtTheHooksParameter() {
        InputException thrown = refused(Optional.empty(), watcher("validation.loss"));
        assertEquals("watcher watches validation.loss, but there is no validation data", thrown.getMessage());
        assertEquals(Optional.of("hooks[0].metric_name"), thrown.configPath());
        assertEquals(
                List.of("Measured: train.loss.", "Add data.validation, such as validation: { fraction: 0.1 }."),
                thrown.notes());
    }

    @Test
    void of_hookWatchingAnUnknownMetric_saysWhatIsMeasured() {
        InputException thrown = refused(Optional.empty(), watcher("train.f1"));
        assertEquals("watcher watches train.f1, which is not measured", thrown.getMessage());
        assertEquals(List.of("Measured: train.loss.", "Add f1 to metrics."), thrown.notes());
    }

    @Test
    void of_hookWatchingTestData_isRefusedSinceTheseAreJudgedOnce() {
        Data data = TestNetwork.data(SIZE, Optional.of(TestNetwork.split(4, HeldOut.Order.LAST)), Optional.empty());
        InputException thrown = assertThrows(InputException.class, () -> assemble(data, List.of(watcher("test.loss"))));
        assertEquals(
                "watcher watches test.loss, but test data is evaluated only once, at the end", thrown.getMessage());
    }

    @Test
    void of_twoHooksWatchingNothing_areBothReported() {
        InputException thrown = assertThrows(
                InputException.class,
                () -> assemble(
                        TestNetwork.data(SIZE, Optional.empty(), Optional.empty()),
                        List.of(watcher("validation.loss"), watcher("loss"))));
        assertEquals(
                List.of(Optional.of("hooks[0].metric_name"), Optional.of("hooks[1].metric_name")),
                ConfigErrors.of(thrown).stream().map(InputException::configPath).toList());
    }

    private static HookSpec watcher(String metric) {
        return new Watcher(Optional.of(metric));
    }

    private static InputException refused(Optional<HeldOut> validation, HookSpec hook) {
        return assertThrows(InputException.class, () -> assemble(validation, hook));
    }

    private static Assembly assemble(Optional<HeldOut> validation, HookSpec hook) {
        return assemble(TestNetwork.data(SIZE, Optional.empty(), validation), List.of(hook));
    }

    private static Assembly assemble(Data data, List<HookSpec> hooks) {
        Experiment experiment = TestNetwork.experiment(data, List.of(new TestDense(1, new Square())), 0.1, 1, hooks);
        try (ThreadTeam team = new ThreadTeam(1)) {
            Datasets datasets = Datasets.open(data, 7, TestNetwork.nowhere());
            return Assembly.of(
                    experiment,
                    datasets,
                    target -> List.of(NamedMetric.of(new MeanCost())),
                    Kernels.of(Precision.FLOAT64, team));
        }
    }
}
