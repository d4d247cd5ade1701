package dev.chainrule.app.bits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.engine.files.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compare the network 784-30-10, declared in YAML, with the computation of src/test/oracle/network_784_30_10.py, which shares
 * nothing with it but the formulas of weights, inputs and labels.
 *
 * <p>The tolerance: a chain of n products rounds at each, which gives at most n·ε/2·Σ|terms| (N. Higham, "Accuracy and Stability
 * of Numerical Algorithms", 2nd ed., section 3.1). Here n = 784 and Σ|x·w| is below 13, so 784·1.1e-16·13 = 1.1e-12, times
 * derivatives below 1: hence 1e-12 of the list's largest magnitude. Roundings of random sign leave far less (measured: 3e-16
 * for gradients, 1.1e-14 after two updates, 2.7e-14 for projections, each of which adds 23,860 entries).
 */
class OracleTests {
    private static final double TOLERANCE = 1e-12;
    private static final int SAMPLE = 97;
    private static final int PROJECTIONS = 4;
    private static final Map<?, ?> EXPECTED =
            (Map<?, ?>) JsonReader.read(new String(resource("network_784_30_10.json"), StandardCharsets.UTF_8));

    @TempDir
    private Path folder;

    @Test
    void expected_all_areCompared() {
        assertEquals(OracleNetwork.VARIANTS.keySet(), EXPECTED.keySet());
        for (Object variant : EXPECTED.keySet()) {
            assertEquals(
                    OracleNetwork.OPTIMIZERS.keySet(),
                    of(variant, "after_two_updates").keySet());
        }
        assertEquals(3, OracleNetwork.VARIANTS.size());
        assertEquals(5, OracleNetwork.OPTIMIZERS.size());
    }

    @Test
    void gradient_ofEveryParameter_isTheOracles() {
        double[] expected = new double[OracleNetwork.PARAMETERS];
        ByteBuffer.wrap(resource("sigmoid_quadratic_gradient.bin"))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asDoubleBuffer()
                .get(expected);
        try (OracleNetwork network = new OracleNetwork(folder, "sigmoid_quadratic", 1)) {
            network.backpropagate();
            assertClose("gradient", expected, network.gradients());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sigmoid_quadratic", "tanh_softmax", "relu_binary_l2"})
    void lossAndGradient_ofEachVariant_areTheOracles(String variant) {
        Map<?, ?> expected = (Map<?, ?>) EXPECTED.get(variant);
        try (OracleNetwork network = new OracleNetwork(folder, variant, 2)) {
            double loss = network.backpropagate();
            double objective = loss + network.objective().penalty();
            assertClose("loss", new double[] {(Double) expected.get("loss")}, new double[] {loss});
            assertClose("objective", new double[] {(Double) expected.get("objective")}, new double[] {objective});
            assertDigest("gradient", of(variant, "gradient"), network.gradients());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sigmoid_quadratic", "tanh_softmax", "relu_binary_l2"})
    void parameters_afterTwoUpdates_areTheOracles(String variant) {
        try (OracleNetwork network = new OracleNetwork(folder, variant, 1)) {
            for (String optimizer : OracleNetwork.OPTIMIZERS.keySet()) {
                Map<?, ?> expected =
                        (Map<?, ?>) of(variant, "after_two_updates").get(optimizer);
                assertDigest("parameters of " + optimizer, expected, network.afterTwoUpdates(optimizer));
            }
        }
    }

    /** Compare every 97th entry, and the projections of all. */
    private static void assertDigest(String what, Map<?, ?> expected, double[] values) {
        assertEquals(OracleNetwork.PARAMETERS, values.length);
        double[] sampled = IntStream.iterate(0, i -> i < values.length, i -> i + SAMPLE)
                .mapToDouble(i -> values[i])
                .toArray();
        assertClose(what, numbers(expected.get("every_97th")), sampled);
        double[] projections = new double[PROJECTIONS];
        for (int k = 0; k < PROJECTIONS; k++) {
            for (int i = 0; i < values.length; i++) {
                projections[k] += OracleNetwork.projectionWeight(k, i) * values[i];
            }
        }
        assertClose("projections of " + what, numbers(expected.get("projections")), projections);
    }

    private static void assertClose(String what, double[] expected, double[] got) {
        assertEquals(expected.length, got.length, what);
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            difference = Math.max(difference, Math.abs(expected[i] - got[i]));
        }
        // Written so that NaN fails.
        assertTrue(
                difference <= TOLERANCE * largest,
                what + " differs by " + difference / largest + " of its largest magnitude");
    }

    private static Map<?, ?> of(Object variant, String key) {
        return (Map<?, ?>) ((Map<?, ?>) EXPECTED.get(variant)).get(key);
    }

    private static double[] numbers(Object list) {
        return ((List<?>) list)
                .stream().mapToDouble(number -> ((Number) number).doubleValue()).toArray();
    }

    private static byte[] resource(String name) {
        try (InputStream in = Objects.requireNonNull(OracleTests.class.getResourceAsStream("/oracle/" + name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
