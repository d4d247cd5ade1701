package dev.chainrule.model.activation;

import static dev.chainrule.model.testing.Matrices.FLOAT32;
import static dev.chainrule.model.testing.Matrices.FLOAT64;
import static dev.chainrule.model.testing.Matrices.of;
import static dev.chainrule.model.testing.Matrices.row;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.Activation;
import dev.chainrule.api.Elementwise;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.testing.Gradients;
import dev.chainrule.model.testing.PackageTypes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ActivationTests {
    // Two ulps: StrictMath rounds within one, and our own functions state a similar bound.
    private static final double ULPS = 5e-16;

    private static final Map<List<Double>, Set<Class<?>>> KINKS = Map.of(
            List.of(0.0),
            Set.of(Relu.class, LeakyRelu.class, Elu.class, Selu.class, Celu.class, Softsign.class),
            List.of(-1.0, 1.0),
            Set.of(HardTanh.class),
            List.of(-3.0, 3.0),
            Set.of(HardSigmoid.class, HardSilu.class),
            List.of(0.0, 6.0),
            Set.of(Relu6.class));

    static List<Activation> all() {
        return List.of(
                new Celu(1),
                new Celu(0.5),
                new Elu(1),
                new Elu(0.5),
                new Exponential(),
                new Gelu(),
                new GeluTanh(),
                new HardSigmoid(),
                new HardSilu(),
                new HardTanh(),
                new Identity(),
                new LeakyRelu(0.01),
                new LeakyRelu(0.3),
                new LogSoftmax(),
                new Mish(),
                new Relu(),
                new Relu6(),
                new Selu(),
                new Sigmoid(),
                new Silu(),
                new Softmax(),
                new Softplus(),
                new Softsign(),
                new Tanh());
    }

    @Test
    void all_inThePackage_areTestedHere() {
        Set<Class<?>> tested = all().stream().map(Object::getClass).collect(Collectors.toSet());
        assertEquals(PackageTypes.of(Activation.class, Relu.class), tested);
        assertEquals(21, tested.size());
    }

    @ParameterizedTest
    @MethodSource("all")
    void backward_atRandomPlaces_isTheDerivativeOfForward(Activation activation) {
        Gradients.assertActivation(activation);
    }

    /** Warnings rely on it. */
    @ParameterizedTest
    @MethodSource("all")
    void forward_fromFarLeftToFarRight_staysWithinItsBounds(Activation activation) {
        double[] z = IntStream.rangeClosed(-200, 200).mapToDouble(i -> i / 4.0).toArray();
        for (Kernels kernels : List.of(FLOAT32, FLOAT64)) {
            Matrix a = Gradients.activate(activation, of(kernels, row(z)), kernels);
            double sum = 0;
            for (int j = 0; j < z.length; j++) {
                assertTrue(activation.outputs().contains(a.get(0, j)), () -> activation + " leaves its bounds");
                sum += a.get(0, j);
            }
            assertEquals(activation.outputs().sumsToOne(), Math.abs(sum - 1) < 1e-5, "sum " + sum);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void forward_ofNan_isNan(Activation activation) {
        Matrix z = of(FLOAT64, row(Double.NaN));
        assertTrue(Double.isNaN(Gradients.activate(activation, z, FLOAT64).get(0, 0)));
        Matrix z32 = of(FLOAT32, row(Double.NaN));
        assertTrue(Double.isNaN(Gradients.activate(activation, z32, FLOAT32).get(0, 0)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void forward_ofHugeValues_isNotNan(Activation activation) {
        Matrix a = Gradients.activate(activation, of(FLOAT32, row(-1e30, 1e30, 0)), FLOAT32);
        for (int j = 0; j < 3; j++) {
            assertTrue(
                    Double.isFinite(a.get(0, j)) || activation instanceof Exponential && a.get(0, j) > 0,
                    "a[" + j + "] = " + a.get(0, j));
        }
    }

    @Test
    void values_byHand_areThese() {
        assertEquals(-3.5, new Identity().value(-3.5));
        assertEquals(0.75, new Sigmoid().value(Math.log(3)), ULPS);
        assertEquals(0.6, new Tanh().value(Math.log(2)), ULPS);
        assertEquals(0, new Relu().value(-2.0));
        assertEquals(2, new Relu().value(2.0));
        assertEquals(-0.5, new LeakyRelu(0.25).value(-2.0));
        assertEquals(2, new LeakyRelu(0.25).value(2.0));
        assertEquals(2, new Elu(0.5).value(2.0));
        assertEquals(-0.25, new Elu(0.5).value(Math.log(0.5)), ULPS);
        assertEquals(0.25, new Elu(0.5).derivative(Math.log(0.5), -0.25), ULPS);
        assertEquals(0.75 * Math.log(3), new Silu().value(Math.log(3)), ULPS);
        assertEquals(Math.log(4), new Softplus().value(Math.log(3)), ULPS);
        assertEquals(0.75, new Softplus().derivative(Math.log(3), Math.log(4)), ULPS);
        assertEquals(0, new Gelu().value(0.0));
        // Φ(1) = 0.841344746068542948…, φ(1) = 0.241970724519143349… (DLMF 7.17; Abramowitz and Stegun, table 26.1)
        assertEquals(0.8413447460685429, new Gelu().value(1.0), ULPS);
        assertEquals(0.8413447460685429 - 1, new Gelu().value(-1.0), ULPS);
        assertEquals(0.8413447460685429 + 0.2419707245191433, new Gelu().derivative(1.0, 0.8413447460685429), ULPS);
    }

    @Test
    void values_ofFurtherFunctionsByHand_areThese() {
        assertEquals(2 * 1.0507009873554805, new Selu().value(2.0), ULPS);
        assertEquals(-0.5 * 1.0507009873554805 * 1.6732632423543772, new Selu().value(Math.log(0.5)), ULPS);
        assertEquals(-0.25, new Celu(0.5).value(0.5 * Math.log(0.5)), ULPS);
        assertEquals(0.5, new Celu(0.5).derivative(0.5 * Math.log(0.5), -0.25), ULPS);
        assertEquals(0.6 * 0, new Mish().value(0.0));
        assertEquals(0.6, new Mish().derivative(0.0, 0), ULPS); // tanh(log 2) = 3/5
        assertEquals(-0.75, new Softsign().value(-3.0));
        assertEquals(1 / 16.0, new Softsign().derivative(-3.0, -0.75));
        assertEquals(0.75, new HardSigmoid().value(1.5), ULPS);
        assertEquals(1, new HardSigmoid().value(4.0));
        assertEquals(1.125, new HardSilu().value(1.5), ULPS);
        assertEquals(1, new HardSilu().derivative(1.5, 1.125), ULPS);
        assertEquals(-1, new HardTanh().value(-2.0));
        assertEquals(6, new Relu6().value(7.0));
        assertEquals(3, new Exponential().value(Math.log(3)), 4 * ULPS);
        double tanh = StrictMath.tanh(Math.sqrt(2 / Math.PI) * 1.044715);
        assertEquals(0.5 + 0.5 * tanh, new GeluTanh().value(1.0), ULPS);
    }

    @Test
    void derivative_atTheKink_isTheLeftOne() {
        assertEquals(0, new Relu().derivative(0.0, 0.0));
        assertEquals(0.25, new LeakyRelu(0.25).derivative(0.0, 0.0));
        assertEquals(0, new Relu().derivative(0f, 0f));
        assertEquals(0.25f, new LeakyRelu(0.25).derivative(0f, 0f));
    }

    @ParameterizedTest
    @MethodSource("all")
    void kinks_ofEach_areWhereDerivativesJump(Activation activation) {
        double[] expected = KINKS.entrySet().stream()
                .filter(kinks -> kinks.getValue().contains(activation.getClass()))
                .findFirst()
                .map(kinks -> kinks.getKey().stream().mapToDouble(kink -> kink).toArray())
                .orElse(new double[0]);
        assertArrayEquals(expected, activation.kinks());
    }

    @ParameterizedTest
    @MethodSource("all")
    void float32_ofElementwise_isTheFloat64FormRounded(Activation activation) {
        if (activation instanceof Elementwise function) {
            for (float z = -4; z <= 4; z += 0.37f) {
                double a = function.value((double) z);
                // Four roundings of 6e-8.
                assertEquals(a, function.value(z), 2.4e-7 * Math.max(1, Math.abs(a)), "value at " + z);
                double slope = function.derivative((double) z, a);
                assertEquals(
                        slope, function.derivative(z, (float) a), 2.4e-7 * Math.max(1, Math.abs(slope)), "at " + z);
            }
        }
    }

    @Test
    void softmax_ofOneExample_givesProbabilities() {
        Matrix z = of(FLOAT64, row(0, Math.log(2), Math.log(5)));
        Matrix a = Gradients.activate(new Softmax(), z, FLOAT64);
        assertEquals(1 / 8.0, a.get(0, 0), ULPS);
        assertEquals(2 / 8.0, a.get(0, 1), ULPS);
        assertEquals(5 / 8.0, a.get(0, 2), ULPS);
    }

    @Test
    void logSoftmax_ofOneExample_givesLogarithmsOfProbabilities() {
        Matrix z = of(FLOAT64, row(0, Math.log(2), Math.log(5)));
        Matrix a = Gradients.activate(new LogSoftmax(), z, FLOAT64);
        assertEquals(-Math.log(8), a.get(0, 0), 4 * ULPS);
        assertEquals(-Math.log(4), a.get(0, 1), 4 * ULPS);
        assertEquals(Math.log(5 / 8.0), a.get(0, 2), 4 * ULPS);
    }

    @Test
    void logSoftmax_ofLogitsOfAThousand_isExact() {
        Matrix a = Gradients.activate(new LogSoftmax(), of(FLOAT32, row(1000, -1000)), FLOAT32);
        assertEquals(0, a.get(0, 0));
        assertEquals(-2000, a.get(0, 1));
    }

    @Test
    void softmax_ofLogitsOfAThousand_isExact() {
        Matrix a = Gradients.activate(new Softmax(), of(FLOAT32, row(1000, -1000), row(1000, 1000)), FLOAT32);
        assertEquals(1, a.get(0, 0));
        assertEquals(0, a.get(0, 1));
        assertEquals(0.5, a.get(1, 0));
    }

    @Test
    void elu_ofANegativeAlpha_isRefused() {
        ParameterException problem = assertThrows(ParameterException.class, () -> new Elu(-1));
        assertEquals("alpha", problem.parameter());
        assertEquals("a finite number, 0 or more", problem.allowed());
        assertThrows(ParameterException.class, () -> new Elu(Double.NaN));
    }

    @Test
    void leakyRelu_ofANegativeSlope_isRefused() {
        ParameterException problem = assertThrows(ParameterException.class, () -> new LeakyRelu(-0.1));
        assertEquals("slope", problem.parameter());
        assertEquals("slope is -0.1", problem.getMessage());
        assertEquals("a finite number, 0 or more", problem.allowed());
        assertThrows(ParameterException.class, () -> new LeakyRelu(Double.POSITIVE_INFINITY));
        assertThrows(ParameterException.class, () -> new LeakyRelu(Double.NaN));
    }
}
