package dev.chainrule.engine.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainrule.api.Metric;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.training.State;
import dev.chainrule.api.value.Shape;
import dev.chainrule.engine.data.OutputCalibration;
import dev.chainrule.engine.files.JsonReader;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.FloatMatrix;
import dev.chainrule.math.Matrix;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Compare fitted temperatures and thresholds with src/test/oracle/calibration.py.
 *
 * <p>The tolerance: 40 derivatives of at most 4 terms are summed with errors below 40·5·1.1e-16 of their size, about 1, and the slope of
 * the sum at its root is above 1; logarithms and exponentials are exact to an ulp. Hence 1e-12.
 */
final class CalibrationTests {
    private static final double TOLERANCE = 1e-12;
    private static final Target TWO = new Target(Target.Form.CLASS_INDEX, List.of("no", "yes"));

    @TestFactory
    Stream<DynamicTest> fit_eachCase_isTheOracles() throws IOException {
        Map<?, ?> cases = cases();
        assertEquals(4, cases.size());
        return cases.entrySet().stream()
                .map(one ->
                        DynamicTest.dynamicTest(one.getKey().toString(), () -> compare((Map<?, ?>) one.getValue())));
    }

    private static void compare(Map<?, ?> one) {
        Matrix a = matrix((List<?>) one.get("outputs"));
        int[] classes = ((List<?>) one.get("classes"))
                .stream().mapToInt(value -> ((Number) value).intValue()).toArray();
        List<double[]> logarithms = IntStream.range(0, a.rows())
                .mapToObj(row -> OutputCalibration.logarithms(a, row))
                .toList();
        double expected = number(one.get("temperature"));
        double temperature = TemperatureFit.of(logarithms, classes);
        assertEquals(expected, temperature, TOLERANCE * expected);
        Matrix calibrated = matrix((List<?>) one.get("calibrated"));
        for (int i = 0; i < a.rows(); i++) {
            double[] p = OutputCalibration.probabilities(logarithms.get(i), 1 / temperature);
            for (int j = 0; j < a.columns(); j++) {
                assertEquals(calibrated.get(i, j), p[p.length - a.columns() + j], TOLERANCE);
            }
        }
        if (one.containsKey("threshold")) {
            assertEquals(number(one.get("threshold")), new ThresholdFit(new Right(), TWO).of(a, targets(classes)));
        }
    }

    /** At 0.5 all four are taken for the first class; the middle of 0.2 and 0.4 is right three times. */
    @Test
    void of_scoresBelowOneHalf_isTheBestMiddle() {
        Matrix a = matrix(List.of(List.of(0.1), List.of(0.2), List.of(0.4), List.of(0.45)));
        assertEquals(0.2 + (0.4 - 0.2) / 2, new ThresholdFit(new Right(), TWO).of(a, targets(0, 0, 1, 1)));
    }

    @Test
    void of_nothingBetterThanOneHalf_staysThere() {
        Matrix a = matrix(List.of(List.of(0.1), List.of(0.9)));
        assertEquals(0.5, new ThresholdFit(new Right(), TWO).of(a, targets(0, 1)));
    }

    /** If every example is correct, any temperature fits at which probabilities round to 1; if every one is wrong, the greatest. */
    @Test
    void of_noRoot_isAnEnd() {
        List<double[]> logarithms = List.of(new double[] {Math.log(0.9), Math.log(0.1)});
        double certain = TemperatureFit.of(logarithms, new int[] {0});
        assertEquals(1, OutputCalibration.probabilities(logarithms.get(0), 1 / certain)[0]);
        assertEquals(100, TemperatureFit.of(logarithms, new int[] {1}), 100 * TOLERANCE);
    }

    /** Probabilities that float32 rounds to 0 and 1 keep finite logarithms. */
    @Test
    void logarithms_roundedProbabilities_areFinite() {
        FloatMatrix a = new FloatMatrix(1, 1);
        a.set(0, 0, 1);
        assertEquals(Math.log(0x1p-25), OutputCalibration.logarithms(a, 0)[0], TOLERANCE);
        a.set(0, 0, 0);
        assertEquals(Math.log(Float.MIN_VALUE), OutputCalibration.logarithms(a, 0)[1], 100 * TOLERANCE);
    }

    private static Matrix matrix(List<?> rows) {
        Matrix matrix = new DoubleMatrix(rows.size(), ((List<?>) rows.get(0)).size());
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                matrix.set(i, j, number(((List<?>) rows.get(i)).get(j)));
            }
        }
        return matrix;
    }

    private static Matrix targets(int... classes) {
        Matrix y = new DoubleMatrix(classes.length, 1);
        for (int i = 0; i < classes.length; i++) {
            y.set(i, 0, classes[i]);
        }
        return y;
    }

    private static double number(Object json) {
        return ((Number) json).doubleValue();
    }

    private static Map<?, ?> cases() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(CalibrationTests.class.getResourceAsStream("/oracle/calibration.json"))) {
            return (Map<?, ?>) JsonReader.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** The number of correct classes. */
    private record Right() implements Metric {
        @Override
        public boolean higherIsBetter() {
            return true;
        }

        @Override
        public void check(Shape output, Target target) {}

        @Override
        public Accumulator start() {
            return new Accumulator() {
                private int right;

                @Override
                public void add(Matrix a, Matrix y, Matrix costs) {
                    for (int i = 0; i < a.rows(); i++) {
                        right += Target.predictedClass(a, i) == Target.trueClass(y, i) ? 1 : 0;
                    }
                }

                @Override
                public double value() {
                    return right;
                }

                @Override
                public void save(State to) {}

                @Override
                public void restore(State from) {}
            };
        }
    }
}
