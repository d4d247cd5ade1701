package dev.chainrule.app.bits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.OptimizerSpec;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.training.History;
import dev.chainrule.api.training.Optimizer;
import dev.chainrule.api.training.Progress;
import dev.chainrule.app.load.AssemblyFactory;
import dev.chainrule.app.load.ConfigLoader;
import dev.chainrule.app.load.LoadedConfig;
import dev.chainrule.app.load.PluginSources;
import dev.chainrule.app.testing.InProcess;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.files.JsonReader;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.ThreadTeam;
import dev.chainrule.model.network.Network;
import dev.chainrule.model.network.OutlineEntry;
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

/**
 * Small networks in a file that a script of src/test/oracle wrote, and the comparison of its numbers with those of the same networks,
 * declared in YAML: values, loss, all gradients, and the parameters after 20 updates.
 *
 * <p>The tolerance, 1e-12 of a tensor's largest magnitude: sums have at most 19 terms below 2, so that each rounds by 19·1.1e-16·2 =
 * 4e-15, and the updates repeat that 20 times; the weights of a convolution sum over 5 examples and up to 63 places, 315 terms, of which
 * most are far smaller. Measured: 1e-15.
 */
final class NetworkOracle {
    private static final double TOLERANCE = 1e-12;

    private final Map<?, ?> facts;
    private final Map<?, ?> networks;
    private final List<?> rows;

    /**
     * Read a file.
     *
     * @param file its name among the resources
     * @param count the number of networks in it
     */
    NetworkOracle(String file, int count) {
        try (InputStream in = Objects.requireNonNull(NetworkOracle.class.getResourceAsStream("/oracle/" + file))) {
            facts = (Map<?, ?>) JsonReader.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        networks = (Map<?, ?>) facts.get("networks");
        rows = (List<?>) facts.get("rows");
        assertEquals(count, networks.size());
    }

    /** Return a test of each network with each of its optimizers. */
    Stream<DynamicTest> tests(Path folder) {
        return tests(folder, 1);
    }

    /**
     * Return the same tests with batches that are divided into shards, which changes nothing but the order of sums, unless a layer uses the
     * statistics of a batch.
     */
    Stream<DynamicTest> tests(Path folder, int shards) {
        return networks.entrySet().stream()
                .flatMap(network -> of(network.getValue(), "after_updates").keySet().stream()
                        .map(optimizer -> DynamicTest.dynamicTest(
                                network.getKey() + " " + optimizer,
                                () -> compare(folder, (Map<?, ?>) network.getValue(), optimizer, shards))));
    }

    private void compare(Path folder, Map<?, ?> expected, Object optimizer, int shards) throws IOException {
        try (ThreadTeam team = new ThreadTeam(2)) {
            LoadedConfig loaded = ConfigLoader.load(
                    Files.writeString(
                            folder.resolve("network.yaml"),
                            yaml(expected, optimizer) + "training: { shards: " + shards + " }\n"),
                    PluginSources.usual(InProcess.context()),
                    List.of(),
                    InProcess.context());
            Assembly assembly = AssemblyFactory.loaded(
                    loaded,
                    InProcess.context(new ByteArrayOutputStream(), new ByteArrayOutputStream(), Map.of()),
                    true,
                    team);
            compare(
                    assembly,
                    expected,
                    of(expected, "after_updates", optimizer),
                    loaded.experiment().optimizer());
        }
    }

    private void compare(Assembly assembly, Map<?, ?> expected, Map<?, ?> updated, OptimizerSpec spec) {
        List<Parameter> parameters = assembly.network().parameters();
        assertEquals(of(expected, "initial").size(), parameters.size());
        parameters.forEach(
                parameter -> fill(parameter.value(), of(expected, "initial").get(parameter.name())));
        int[] order = IntStream.range(0, rows.size()).toArray();
        Matrix x = assembly.pipeline().inputs(assembly.datasets().train(), order, 0, order.length);
        Matrix y = assembly.pipeline().targets(assembly.datasets().train(), order, 0, order.length);
        backpropagate(assembly, x, y, 0);
        assembly.network().gatherShards();
        compareValues(assembly.network(), of(expected, "values"));
        double loss = assembly.objective().meanCost();
        assertEquals(((Number) expected.get("loss")).doubleValue(), loss, TOLERANCE * loss, "loss");
        assertAll(parameters, Parameter::gradient, of(expected, "gradients"));

        Optimizer optimizer = assembly.optimizer();
        double rate = spec.learningRate().rate(Progress.at(0, 1, 1, History.EMPTY));
        for (int update = 0; update < number("updates"); update++) {
            backpropagate(assembly, x, y, update);
            optimizer.update(update, rate);
        }
        assertAll(parameters, Parameter::value, updated);
    }

    /** Go through the only batch, at the place in the run of the batch with a number. */
    private void backpropagate(Assembly assembly, Matrix x, Matrix y, int update) {
        int batches = number("batches_of_an_epoch");
        Pass pass = new Place(update / batches, (long) update % batches * rows.size());
        assembly.objective().forward(x, y, pass);
        assembly.objective().backward(pass);
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

    /** Compare the values of all layers, or of the last alone if the file has no others. */
    private static void compareValues(Network network, Map<?, ?> values) {
        List<OutlineEntry> computed = network.outline().stream()
                .filter(part -> part.layer().isPresent())
                .toList();
        List<OutlineEntry> known = computed.stream()
                .filter(part -> values.containsKey(part.name()))
                .toList();
        assertEquals(values.size(), known.size());
        assertTrue(
                values.size() == computed.size() || values.size() == 1,
                values.keySet().toString());
        assertEquals(computed.get(computed.size() - 1), known.get(known.size() - 1));
        known.forEach(part -> assertClose(
                part.name(),
                values.get(part.name()),
                network.graph().out(part.output().id())));
    }

    private static void assertAll(List<Parameter> parameters, Function<Parameter, Matrix> tensor, Map<?, ?> expected) {
        parameters.forEach(
                parameter -> assertClose(parameter.name(), expected.get(parameter.name()), tensor.apply(parameter)));
    }

    private static void assertClose(String name, Object expected, Matrix got) {
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

    private static void fill(Matrix matrix, Object rows) {
        double[] values = flat(rows);
        for (int i = 0; i < values.length; i++) {
            matrix.set(i / matrix.columns(), i % matrix.columns(), values[i]);
        }
    }

    private static double[] flat(Object rows) {
        return ((List<?>) rows)
                .stream()
                        .flatMap(row -> ((List<?>) row).stream())
                        .mapToDouble(value -> ((Number) value).doubleValue())
                        .toArray();
    }

    private static Map<?, ?> of(Object json, Object... keys) {
        Map<?, ?> inner = (Map<?, ?>) json;
        for (Object key : keys) {
            inner = (Map<?, ?>) inner.get(key);
        }
        return inner;
    }

    private int number(String key) {
        return ((Number) facts.get(key)).intValue();
    }

    private String yaml(Map<?, ?> network, Object optimizer) {
        Object model = network.get("model");
        Object inputs = network.get("inputs");
        Object labels = network.get("labels") instanceof List<?> own ? own : facts.get("labels");
        String transforms = network.get("transforms") instanceof String given ? given : "";
        return "precision: float64\nseed: " + number("seed") + "\ndata:\n  train: { type: inline, rows: " + rows
                + ", labels: " + labels + ", inputs: " + inputs + " }\n  transforms: [ " + transforms
                + " ]\n  batch_size: " + rows.size() + "\nmodel:\n" + model
                + (model.toString().contains("outputs:") ? "" : "loss: cross_entropy\n") + "optimizer: " + optimizer
                + "\n";
    }
}
