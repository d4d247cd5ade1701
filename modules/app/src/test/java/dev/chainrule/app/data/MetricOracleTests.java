package dev.chainrule.app.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainrule.api.Kind;
import dev.chainrule.api.Metric;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.value.Shape;
import dev.chainrule.app.load.ConfigLoader;
import dev.chainrule.app.shell.Components;
import dev.chainrule.config.bind.Binder;
import dev.chainrule.engine.files.JsonReader;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Matrix;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Compare metrics, as configs write them, with the computation of src/test/oracle/metrics.py.
 *
 * <p>The tolerance: shares are quotients of whole numbers, each rounded once, and means of at most 4 of them, so that below 10
 * roundings of 1.1e-16 separate the two. Sums of 66 squares in another order differ by at most 66·1.1e-16 of the sum (N. Higham,
 * "Accuracy and Stability of Numerical Algorithms", 2nd ed., section 4.2). Around a million the mean of the oracle is rounded to
 * d = 1.2e-10, which adds n·d² = 7e-19 to its sum about the mean; differences of such numbers are exact. Hence 1e-12 of the larger of
 * 1 and the value.
 */
class MetricOracleTests {
    private static final double TOLERANCE = 1e-12;
    private static final int BATCH = 7;
    private static final Map<?, ?> CASES = cases();

    @Test
    void cases_all_holdEveryMetricButTheLoss() {
        TreeSet<String> kinds = new TreeSet<>();
        CASES.values().forEach(one -> of(one, "values").keySet().forEach(metric -> kinds.add(kind((String) metric))));
        kinds.add("loss");
        assertEquals(new Components().builtIn().names(Kind.METRIC), List.copyOf(kinds));
        assertEquals(16, CASES.size());
    }

    private static String kind(String metric) {
        return metric.replaceFirst("\\{type: ([a-z0-9_]+),.*", "$1");
    }

    @TestFactory
    Stream<DynamicTest> value_ofEachCase_isTheOracles() {
        return CASES.entrySet().stream()
                .map(one -> DynamicTest.dynamicTest(one.getKey().toString(), () -> compare(one.getValue())));
    }

    private static void compare(Object one) {
        List<?> outputs = (List<?>) ((Map<?, ?>) one).get("outputs");
        List<?> targets = (List<?>) ((Map<?, ?>) one).get("targets");
        int steps = ((Number) ((Map<?, ?>) one).get("steps")).intValue();
        Target target = new Target(
                ((Map<?, ?>) one).get("form").equals("classes") ? Target.Form.CLASS_INDEX : Target.Form.VALUES,
                ((List<?>) ((Map<?, ?>) one).get("names"))
                        .stream().map(String.class::cast).toList(),
                steps == 1 ? List.of() : List.of(steps));
        of(one, "values").forEach((yaml, expected) -> {
            Metric metric = (Metric) new Binder(new Components().builtIn())
                    .component(ConfigLoader.node("metric", yaml.toString()), Kind.METRIC);
            metric.check(Shape.of(((List<?>) outputs.get(0)).size()), target);
            Metric.Accumulator sum = metric.start(target);
            for (int from = 0; from < outputs.size(); from += BATCH * steps) {
                int to = Math.min(from + BATCH * steps, outputs.size());
                sum.add(
                        matrix(outputs.subList(from, to)),
                        matrix(targets.subList(from, to)),
                        new DoubleMatrix(to - from, 1));
            }
            double value = ((Number) expected).doubleValue();
            assertEquals(value, sum.value(), TOLERANCE * Math.max(1, Math.abs(value)), yaml.toString());
        });
    }

    private static Matrix matrix(List<?> rows) {
        Matrix matrix = new DoubleMatrix(rows.size(), ((List<?>) rows.get(0)).size());
        for (int i = 0; i < rows.size(); i++) {
            matrix.setRow(
                    i,
                    ((List<?>) rows.get(i))
                            .stream()
                                    .mapToDouble(x -> ((Number) x).doubleValue())
                                    .toArray());
        }
        return matrix;
    }

    private static Map<?, ?> of(Object one, String key) {
        return (Map<?, ?>) ((Map<?, ?>) one).get(key);
    }

    private static Map<?, ?> cases() {
        try (InputStream in =
                Objects.requireNonNull(MetricOracleTests.class.getResourceAsStream("/oracle/metrics.json"))) {
            return (Map<?, ?>) JsonReader.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
