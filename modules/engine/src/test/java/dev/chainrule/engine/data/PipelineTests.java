package dev.chainrule.engine.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chainrule.api.Component;
import dev.chainrule.api.Loss;
import dev.chainrule.api.TransformSpec;
import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Provenance;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.data.Transform;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.training.State;
import dev.chainrule.api.value.Shape;
import dev.chainrule.engine.TestNetwork;
import dev.chainrule.engine.experiment.BatchSize;
import dev.chainrule.engine.experiment.Data;
import dev.chainrule.engine.experiment.Head;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Precision;
import dev.chainrule.math.ThreadTeam;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a pipeline rounds the numbers of a source. */
final class PipelineTests {
    /** 2³⁰ + 1 is 2³⁰ in float32. */
    private static final double LARGE = 0x1p30;

    /** Each letter is a transform: e subtracts 2³⁰ before rounding, l subtracts it after. */
    @ParameterizedTest
    @CsvSource({
        "e, FLOAT32, 1, FLOAT64",
        "l, FLOAT32, 0, FLOAT32",
        "le, FLOAT32, -1073741823, FLOAT64 FLOAT64",
        "el, FLOAT32, -1073741823, FLOAT64 FLOAT32",
        "ele, FLOAT32, -2147483647, FLOAT64 FLOAT64 FLOAT64",
        "e, FLOAT64, 1, FLOAT64",
        "l, FLOAT64, 1, FLOAT64"
    })
    void inputs_anyOrder_areRoundedAfterTheLastEarlyTransform(
            String order, Precision precision, double expected, String precisions) {
        List<TransformSpec> specs = order.chars()
                .mapToObj(c -> (TransformSpec) new Subtract(c == 'e'))
                .toList();
        try (ThreadTeam team = new ThreadTeam(1)) {
            Pipeline pipeline =
                    new Pipeline(data(specs), heads(data(specs)), One.ENCODING, 0, Kernels.of(precision, team));
            Dataset dataset = Dataset.of("train", new One());
            Matrix x = pipeline.inputs(dataset, dataset.inOrder(), 0, 1);
            Matrix y = pipeline.targets(dataset, dataset.inOrder(), 0, 1);
            assertEquals(precision, x.precision());
            assertEquals(precision, y.precision());
            assertEquals((float) expected, x.get(0, 0));
            assertEquals(2, y.get(0, 0));
            List<String> computed = pipeline.state().values().stream()
                    .map(matrix -> matrix.precision().name())
                    .toList();
            assertEquals(precisions, String.join(" ", computed));
        }
    }

    @Test
    void targetTransform_thatCannotBeUndone_isRefusedAtItsPlace() {
        Data data = new Data(
                context -> new One(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(new Subtract(true)),
                false,
                new BatchSize(1),
                true);
        Encoding numbers = One.ENCODING.with(new Target(Target.Form.VALUES, List.of("price")));
        try (ThreadTeam team = new ThreadTeam(1)) {
            Kernels kernels = Kernels.of(Precision.FLOAT32, team);
            InputException e =
                    assertThrows(InputException.class, () -> new Pipeline(data, heads(data), numbers, 0, kernels));
            assertEquals(
                    "subtract cannot be undone, so predictions would not be in the unit of the data", e.getMessage());
            assertEquals(Optional.of("data.target_transforms[0]"), e.configPath());
        }
    }

    private static Data data(List<TransformSpec> transforms) {
        return new Data(
                context -> new One(),
                Optional.empty(),
                Optional.empty(),
                transforms,
                List.of(),
                List.of(),
                false,
                new BatchSize(1),
                true);
    }

    private static List<Head> heads(Data data) {
        Loss loss = TestNetwork.experiment(
                        data, List.of(new TestNetwork.TestDense(1, new TestNetwork.Square())), 1, 1, List.of())
                .loss()
                .orElseThrow();
        return List.of(Head.of(data, loss, Optional.empty()));
    }

    @Component("subtract")
    private record Subtract(boolean early) implements TransformSpec {
        @Override
        public boolean beforeRounding() {
            return early;
        }

        @Override
        public Transform create(Encoding encoding, Kernels kernels) {
            Matrix state = kernels.matrix(1, 1);
            return new Transform() {
                @Override
                public Encoding encoding() {
                    return encoding;
                }

                @Override
                public void save(State to) {
                    to.put("precision", state);
                }

                @Override
                public Matrix inputs(Matrix x) {
                    x.set(0, 0, x.get(0, 0) - LARGE);
                    return x;
                }
            };
        }
    }

    private static final class One implements DataSource {
        private static final Encoding ENCODING =
                new Encoding(Shape.of(1), List.of(), new Target(Target.Form.CLASS_INDEX, List.of("a", "b", "c")));

        @Override
        public int size() {
            return 1;
        }

        @Override
        public Encoding encoding() {
            return ENCODING;
        }

        @Override
        public void readInput(int index, Matrix x, int row) {
            x.set(row, 0, LARGE + 1);
        }

        @Override
        public void readTarget(int index, Matrix y, int row) {
            y.set(row, 0, 2);
        }

        @Override
        public Provenance provenance() {
            throw new UnsupportedOperationException();
        }
    }
}
