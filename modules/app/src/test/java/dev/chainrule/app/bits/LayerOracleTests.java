package dev.chainrule.app.bits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.Parameter;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.training.Optimizer;
import dev.chainrule.app.load.AssemblyFactory;
import dev.chainrule.app.load.ConfigLoader;
import dev.chainrule.app.load.LoadedConfig;
import dev.chainrule.app.load.PluginSources;
import dev.chainrule.app.testing.InProcess;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.files.JsonReader;
import dev.chainrule.engine.objective.Objective;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.ThreadTeam;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compare small networks, declared in YAML, with the computation of src/test/oracle/layers.py: outputs, loss, all gradients, and the
 * parameters after 20 updates by gradient descent with momentum.
 *
 * <p>The tolerance, 1e-12 of a tensor's largest magnitude: sums have at most 19 terms below 2, so that each rounds by 19·1.1e-16·2 =
 * 4e-15, and the updates repeat that 20 times. Measured: 1e-15.
 */
class LayerOracleTests {
    static final double TOLERANCE = 1e-12;
    private static final Map<?, ?> ORACLE = oracle();
    private static final Map<?, ?> NETWORKS = (Map<?, ?>) ORACLE.get("networks");
    private static final List<?> ROWS = (List<?>) ORACLE.get("rows");
    private static final int BATCH = ROWS.size();

    @TempDir
    private Path folder;

    @Test
    void networks_all_areCompared() {
        assertEquals(4, NETWORKS.size());
    }

    @TestFactory
    Stream<DynamicTest> network_ofEachLayer_isTheOracles() {
        return NETWORKS.keySet().stream()
                .map(String.class::cast)
                .map(name -> DynamicTest.dynamicTest(name, () -> compare(name, (Map<?, ?>) NETWORKS.get(name))));
    }

    private void compare(String name, Map<?, ?> expected) throws IOException {
        try (ThreadTeam team = new ThreadTeam(2)) {
            LoadedConfig loaded = ConfigLoader.load(
                    Files.writeString(folder.resolve(name + ".yaml"), yaml((String) expected.get("model"))),
                    PluginSources.usual(InProcess.context()),
                    List.of(),
                    InProcess.context());
            Assembly assembly = AssemblyFactory.loaded(
                    loaded,
                    InProcess.context(new ByteArrayOutputStream(), new ByteArrayOutputStream(), Map.of()),
                    true,
                    team);
            List<Parameter> parameters = assembly.network().parameters();
            Map<?, ?> initial = (Map<?, ?>) expected.get("initial");
            assertEquals(initial.size(), parameters.size());
            parameters.forEach(parameter -> fill(parameter.value(), (List<?>) initial.get(parameter.name())));

            int[] order = IntStream.range(0, BATCH).toArray();
            Matrix x = assembly.pipeline().inputs(assembly.datasets().train(), order, 0, BATCH);
            Matrix y = assembly.pipeline().targets(assembly.datasets().train(), order, 0, BATCH);
            Matrix outputs = backpropagate(assembly.objective(), x, y, 0);
            assertClose("outputs", (List<?>) expected.get("outputs"), outputs);
            double loss = assembly.objective().meanCost(y);
            assertEquals(((Number) expected.get("loss")).doubleValue(), loss, TOLERANCE * loss, "loss");
            assertAll(parameters, Parameter::gradient, (Map<?, ?>) expected.get("gradients"));

            Optimizer optimizer = loaded.experiment()
                    .optimizer()
                    .create(parameters, assembly.network().kernels());
            for (int update = 0; update < number("updates"); update++) {
                backpropagate(assembly.objective(), x, y, update);
                optimizer.update(update, number("learning_rate"));
            }
            assertAll(parameters, Parameter::value, (Map<?, ?>) expected.get("after_updates"));
        }
    }

    /** Return the outputs of the only batch, at the place in the run of the batch with a number. */
    private static Matrix backpropagate(Objective objective, Matrix x, Matrix y, int update) {
        int batches = (int) number("batches_of_an_epoch");
        Pass pass = new Place(update / batches, (long) update % batches * BATCH);
        Matrix outputs = objective.forward(x, y, pass);
        objective.backward(y, pass);
        return outputs;
    }

    private record Place(int epoch, long position) implements Pass {
        @Override
        public boolean training() {
            return true;
        }

        @Override
        public boolean tracksStatistics() {
            return true;
        }
    }

    static void assertAll(List<Parameter> parameters, Function<Parameter, Matrix> tensor, Map<?, ?> expected) {
        parameters.forEach(parameter ->
                assertClose(parameter.name(), (List<?>) expected.get(parameter.name()), tensor.apply(parameter)));
    }

    static void assertClose(String name, List<?> expected, Matrix got) {
        double[] wanted = flat(expected);
        assertEquals(wanted.length, got.size(), name);
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < wanted.length; i++) {
            largest = Math.max(largest, Math.abs(wanted[i]));
            difference = Math.max(difference, Math.abs(wanted[i] - got.get(i / got.columns(), i % got.columns())));
        }
        // Written so that NaN fails.
        assertTrue(
                difference <= TOLERANCE * largest,
                name + " differs by " + difference / largest + " of its largest magnitude");
    }

    static void fill(Matrix matrix, List<?> rows) {
        double[] values = flat(rows);
        for (int i = 0; i < values.length; i++) {
            matrix.set(i / matrix.columns(), i % matrix.columns(), values[i]);
        }
    }

    private static double[] flat(List<?> rows) {
        return rows.stream()
                .flatMap(row -> ((List<?>) row).stream())
                .mapToDouble(value -> ((Number) value).doubleValue())
                .toArray();
    }

    private static double number(String key) {
        return ((Number) ORACLE.get(key)).doubleValue();
    }

    private static String yaml(String model) {
        return "precision: float64\nseed: " + (long) number("seed") + "\ndata:\n  train: { type: inline, rows: " + ROWS
                + ", labels: " + ORACLE.get("labels") + " }\n  batch_size: " + BATCH + "\nmodel:\n" + model
                + "loss: cross_entropy\noptimizer: { type: sgd, learning_rate: " + number("learning_rate")
                + ", momentum: " + number("momentum") + " }\n";
    }

    private static Map<?, ?> oracle() {
        try (InputStream in =
                Objects.requireNonNull(LayerOracleTests.class.getResourceAsStream("/oracle/layers.json"))) {
            return (Map<?, ?>) JsonReader.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
