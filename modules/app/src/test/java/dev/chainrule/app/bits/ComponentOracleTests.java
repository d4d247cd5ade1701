package dev.chainrule.app.bits;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainrule.api.Activation;
import dev.chainrule.api.Kind;
import dev.chainrule.api.Loss;
import dev.chainrule.api.OptimizerSpec;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.Schedule;
import dev.chainrule.api.TransformSpec;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.data.Transform;
import dev.chainrule.api.training.History;
import dev.chainrule.api.training.Optimizer;
import dev.chainrule.api.training.Progress;
import dev.chainrule.api.training.State;
import dev.chainrule.api.value.Shape;
import dev.chainrule.app.load.ConfigLoader;
import dev.chainrule.app.shell.Components;
import dev.chainrule.config.bind.Binder;
import dev.chainrule.engine.files.JsonReader;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Precision;
import dev.chainrule.math.ThreadTeam;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Compare schedules, losses, optimizers and transforms, as configs write them, with the computation of src/test/oracle/components.py.
 *
 * <p>The tolerances: a rate is a function of a dozen roundings of 1.1e-16 of numbers up to its largest rate, and the power of
 * {@code exponential} multiplies the rounding of its exponent by log 0.3·12 = 15. Hence 1e-12 of the largest rate. A cost is a
 * sum of four terms of some roundings each, divided by outputs above 0.001: 1e-12 of the larger of 1 and the number. So
 * is a weight after 200 updates, each of some ten roundings of numbers up to 1, and a transformed number, of a few roundings and one
 * subtraction of numbers up to 100.
 */
class ComponentOracleTests {
    private static final double TOLERANCE = 1e-12;
    private static final int UPDATES = 200;
    private static final Map<?, ?> ORACLE = oracle();

    @Test
    void cases_all_holdEveryComponent() {
        assertComponents(Kind.SCHEDULE, of(ORACLE, "schedules", "rates").keySet(), "0.1");
    }

    @Test
    void cases_ofLosses_holdEveryLoss() {
        assertComponents(Kind.LOSS, of(ORACLE, "losses").keySet());
    }

    @TestFactory
    Stream<DynamicTest> loss_ofDrawnOutputs_isTheOracles() {
        return of(ORACLE, "losses").entrySet().stream()
                .map(one -> DynamicTest.dynamicTest(
                        one.getKey().toString(),
                        () -> compareLoss(bind(Loss.class, Kind.LOSS, one.getKey()), (Map<?, ?>) one.getValue())));
    }

    private static void compareLoss(Loss loss, Map<?, ?> one) {
        Kernels kernels = Kernels.of(Precision.FLOAT64, new ThreadTeam(1));
        Matrix z = matrix(one.get("z"));
        Matrix a = matrix(one.get("a"));
        Matrix y = matrix(one.get("y"));
        Target.Form form = one.get("form").equals("classes") ? Target.Form.CLASS_INDEX : Target.Form.VALUES;
        loss.check(Shape.of(a.columns()), new Target(form, List.of("t", "u", "v", "w")));
        Matrix costs = kernels.matrix(a.rows(), 1);
        Matrix gradient = kernels.matrix(a.rows(), a.columns());
        loss.costs(a, y, costs, kernels);
        loss.gradient(a, y, gradient, kernels);
        assertClose(column(one.get("costs")), costs, "costs");
        assertClose(matrix(one.get("gradient")), gradient, "gradient");
        Activation output = bind(Activation.class, Kind.ACTIVATION, one.get("activation"));
        loss.fuse(output).ifPresent(fused -> {
            fused.costs(z, a, y, costs, kernels);
            fused.delta(z, a, y, gradient, kernels);
            assertClose(column(one.get("costs")), costs, "fused costs");
            assertClose(matrix(one.get("delta")), gradient, "delta");
        });
    }

    @Test
    void cases_ofOptimizers_holdEveryOptimizer() {
        Set<Object> cases =
                new LinkedHashSet<>(of(ORACLE, "optimizers", "after").keySet());
        cases.add("lbfgs"); // see LbfgsOracleTests
        assertComponents(Kind.OPTIMIZER, cases);
    }

    @TestFactory
    Stream<DynamicTest> optimizer_ofTwoHundredUpdates_isTheOracles() {
        return of(ORACLE, "optimizers", "after").entrySet().stream()
                .map(one -> DynamicTest.dynamicTest(
                        one.getKey().toString(),
                        () -> compareUpdates(
                                bind(OptimizerSpec.class, Kind.OPTIMIZER, one.getKey()), (Map<?, ?>) one.getValue())));
    }

    private static void compareUpdates(OptimizerSpec spec, Map<?, ?> after) {
        Kernels kernels = Kernels.of(Precision.FLOAT64, new ThreadTeam(1));
        Map<?, ?> gradients = of(ORACLE, "optimizers", "gradients");
        int perEpoch = (int) number(of(ORACLE, "optimizers").get("steps_per_epoch"));
        List<Parameter> parameters = of(ORACLE, "optimizers", "initial").entrySet().stream()
                .map(one -> new Parameter(one.getKey().toString(), matrix(one.getValue()), matrix(one.getValue())))
                .toList();
        Optimizer optimizer = spec.create(parameters, kernels);
        int compared = 0;
        for (int step = 0; step < UPDATES; step++) {
            for (Parameter parameter : parameters) {
                parameter.gradient().copyFrom(matrix(((List<?>) gradients.get(parameter.name())).get(step)));
            }
            Progress progress = Progress.at(step, perEpoch, UPDATES / perEpoch, History.EMPTY);
            optimizer.update(step, spec.learningRate().rate(progress));
            Map<?, ?> expected = (Map<?, ?>) after.get(String.valueOf(step + 1));
            for (int i = 0; i < parameters.size() && expected != null; i++) {
                Parameter parameter = parameters.get(i);
                String place = parameter.name() + " after update " + (step + 1);
                assertClose(matrix(expected.get(parameter.name())), parameter.value(), place);
                compared++;
            }
        }
        assertEquals(10, compared);
    }

    @Test
    void cases_ofTransforms_holdEveryTransformOfNumbers() {
        Set<String> others = new TreeSet<>(new Components().builtIn().names(Kind.TRANSFORM));
        others.removeAll(names(of(ORACLE, "transforms", "made").keySet()));
        assertEquals(
                Set.of("cross", "fill", "frequency", "log", "one_hot", "pca", "power", "target_mean", "tf_idf"),
                others);
    }

    @TestFactory
    Stream<DynamicTest> transform_ofNewNumbers_isTheOracles() {
        return of(ORACLE, "transforms", "made").entrySet().stream()
                .map(one -> DynamicTest.dynamicTest(
                        one.getKey().toString(),
                        () -> assertClose(
                                matrix(one.getValue()), fitted(one.getKey()).inputs(newNumbers()), "transformed")));
    }

    /** The likelihood of a power is flat near its maximum, to rounding within some 1e-8: hence 1e-6. */
    @Test
    void power_fitted_isTheLikeliest() {
        Transform power = fitted("power");
        List<Double> expected = numbers(of(ORACLE, "transforms").get("powers"));
        Matrix lambda = State.of(power).matrix("lambda");
        for (int j = 0; j < expected.size(); j++) {
            assertEquals(expected.get(j), lambda.get(0, j), 1e-6, "column " + j);
            lambda.set(0, j, expected.get(j));
        }
        assertClose(matrix(of(ORACLE, "transforms").get("raised")), power.inputs(newNumbers()), "raised");
    }

    private static Transform fitted(Object yaml) {
        List<?> rows = (List<?>) of(ORACLE, "transforms").get("examples");
        double[][] examples = rows.stream()
                .map(row -> numbers(row).stream().mapToDouble(x -> x).toArray())
                .toArray(double[][]::new);
        Encoding encoding =
                new Encoding(Shape.of(examples[0].length), List.of(), new Target(Target.Form.VALUES, List.of("y")));
        Transform transform = bind(TransformSpec.class, Kind.TRANSFORM, yaml)
                .create(encoding, Kernels.of(Precision.FLOAT64, new ThreadTeam(1)));
        transform.fit(new Drawn(examples));
        return transform;
    }

    private record Drawn(double[][] rows) implements Transform.Examples {
        @Override
        public int size() {
            return rows.length;
        }

        @Override
        public void forEachInput(Consumer<double[]> consumer) {
            List.of(rows).forEach(consumer);
        }

        @Override
        public void forEach(Transform.ExampleConsumer consumer) {
            throw new AssertionError("these transforms do not learn from targets");
        }
    }

    private static Matrix newNumbers() {
        return matrix(of(ORACLE, "transforms").get("new"));
    }

    private static void assertClose(Matrix expected, Matrix actual, String what) {
        assertEquals(expected.shape(), actual.shape(), what);
        for (int i = 0; i < expected.rows(); i++) {
            for (int j = 0; j < expected.columns(); j++) {
                double value = expected.get(i, j);
                assertEquals(
                        value, actual.get(i, j), TOLERANCE * Math.max(1, Math.abs(value)), what + " " + i + " " + j);
            }
        }
    }

    private static Matrix column(Object json) {
        return matrix(((List<?>) json).stream().map(List::of).toList());
    }

    private static Matrix matrix(Object json) {
        List<?> rows = (List<?>) json;
        Matrix matrix = new DoubleMatrix(rows.size(), ((List<?>) rows.get(0)).size());
        for (int i = 0; i < rows.size(); i++) {
            matrix.setRow(i, numbers(rows.get(i)).stream().mapToDouble(x -> x).toArray());
        }
        return matrix;
    }

    /** Require that the cases, besides some, are every component of a kind. */
    private static void assertComponents(Kind kind, Set<?> cases, String... others) {
        Set<String> names = names(cases);
        List.of(others).forEach(names::remove);
        assertEquals(new Components().builtIn().names(kind), List.copyOf(names));
    }

    private static Set<String> names(Set<?> cases) {
        Set<String> names = new TreeSet<>();
        cases.forEach(yaml -> names.add(yaml.toString().replaceFirst("\\{type: ([a-z0-9_]+).*", "$1")));
        return names;
    }

    @TestFactory
    Stream<DynamicTest> schedule_atEveryStep_isTheOracles() {
        Map<?, ?> run = of(ORACLE, "schedules");
        return of(run, "rates").entrySet().stream()
                .map(one -> DynamicTest.dynamicTest(
                        one.getKey().toString(),
                        () -> compareRates(
                                bind(Schedule.class, Kind.SCHEDULE, one.getKey()), numbers(one.getValue()))));
    }

    private static void compareRates(Schedule schedule, List<Double> expected) {
        Map<?, ?> run = of(ORACLE, "schedules");
        int perEpoch = (int) number(run.get("steps_per_epoch"));
        int epochs = (int) number(run.get("epochs"));
        List<Double> recorded = numbers(run.get("recorded"));
        assertEquals(perEpoch * epochs, expected.size());
        double largest = Collections.max(expected);
        for (int step = 0; step < expected.size(); step++) {
            History history = new Recorded(recorded.subList(0, step / perEpoch));
            double rate = schedule.rate(Progress.at(step, perEpoch, epochs, history));
            assertEquals(expected.get(step), rate, TOLERANCE * largest, "step " + step);
        }
    }

    /** The history of one metric, whatever its name. */
    private record Recorded(List<Double> recorded) implements History {
        @Override
        public Set<String> metrics() {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Double> values(String metric) {
            return recorded;
        }
    }

    private static <T> T bind(Class<T> type, Kind kind, Object yaml) {
        return type.cast(new Binder(new Components().builtIn())
                .component(ConfigLoader.node(kind.label(), yaml.toString()), kind));
    }

    private static double number(Object json) {
        return ((Number) json).doubleValue();
    }

    private static List<Double> numbers(Object json) {
        return ((List<?>) json).stream().map(ComponentOracleTests::number).toList();
    }

    private static Map<?, ?> of(Map<?, ?> json, String... keys) {
        Map<?, ?> inner = json;
        for (String key : keys) {
            inner = (Map<?, ?>) inner.get(key);
        }
        return inner;
    }

    private static Map<?, ?> oracle() {
        try (InputStream in =
                Objects.requireNonNull(ComponentOracleTests.class.getResourceAsStream("/oracle/components.json"))) {
            return (Map<?, ?>) JsonReader.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
