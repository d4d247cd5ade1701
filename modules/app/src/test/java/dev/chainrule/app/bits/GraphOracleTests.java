package dev.chainrule.app.bits;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import dev.chainrule.model.network.BatchPass;
import dev.chainrule.model.network.Network;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Values, gradients and updates of networks with branches and joins, as {@code graphs.py} computes them. */
class GraphOracleTests {
    private static final Map<?, ?> ORACLE = oracle();
    private static final Map<?, ?> NETWORKS = (Map<?, ?>) ORACLE.get("networks");
    private static final List<?> ROWS = (List<?>) ORACLE.get("rows");
    private static final Pass PASS = BatchPass.forTraining();

    @TempDir
    private Path folder;

    @Test
    void networks_all_areCompared() {
        assertEquals(12, NETWORKS.size());
    }

    @TestFactory
    Stream<DynamicTest> network_ofEachShape_isTheOracles() {
        return NETWORKS.keySet().stream()
                .map(String.class::cast)
                .map(name -> DynamicTest.dynamicTest(name, () -> compare(name, (Map<?, ?>) NETWORKS.get(name))));
    }

    private void compare(String name, Map<?, ?> expected) throws IOException {
        Map<?, ?> updated = (Map<?, ?>) expected.get("after_updates");
        assertEquals(2, updated.size());
        for (Object optimizer : updated.keySet()) {
            try (ThreadTeam team = new ThreadTeam(2)) {
                LoadedConfig loaded = ConfigLoader.load(
                        Files.writeString(folder.resolve(name + ".yaml"), yaml(expected.get("model"), optimizer)),
                        PluginSources.usual(InProcess.context()),
                        List.of(),
                        InProcess.context());
                Assembly assembly = AssemblyFactory.loaded(
                        loaded,
                        InProcess.context(new ByteArrayOutputStream(), new ByteArrayOutputStream(), Map.of()),
                        true,
                        team);
                compare(loaded, assembly, expected, (Map<?, ?>) updated.get(optimizer));
            }
        }
    }

    private static void compare(LoadedConfig loaded, Assembly assembly, Map<?, ?> expected, Map<?, ?> updated) {
        Network network = assembly.network();
        List<Parameter> parameters = network.parameters();
        Map<?, ?> initial = (Map<?, ?>) expected.get("initial");
        assertEquals(initial.size(), parameters.size());
        parameters.forEach(
                parameter -> LayerOracleTests.fill(parameter.value(), (List<?>) initial.get(parameter.name())));

        int[] order = IntStream.range(0, ROWS.size()).toArray();
        Matrix x = assembly.pipeline().inputs(assembly.datasets().train(), order, 0, order.length);
        Matrix y = assembly.pipeline().targets(assembly.datasets().train(), order, 0, order.length);
        assembly.objective().forward(x, y, PASS);
        assembly.objective().backward(y, PASS);
        Map<?, ?> values = (Map<?, ?>) expected.get("values");
        List<Network.Part> computed = network.outline().stream()
                .filter(part -> part.layer().isPresent())
                .toList();
        assertEquals(values.size(), computed.size());
        computed.forEach(part -> LayerOracleTests.assertClose(
                part.name(),
                (List<?>) values.get(part.name()),
                network.graph().out(part.output().id())));
        double loss = assembly.objective().meanCost(y);
        assertEquals(((Number) expected.get("loss")).doubleValue(), loss, LayerOracleTests.TOLERANCE * loss, "loss");
        LayerOracleTests.assertAll(parameters, Parameter::gradient, (Map<?, ?>) expected.get("gradients"));

        OptimizerSpec spec = loaded.experiment().optimizer();
        Optimizer optimizer = assembly.optimizer();
        double rate = spec.learningRate().rate(Progress.at(0, 1, 1, History.EMPTY));
        for (int update = 0; update < ((Number) ORACLE.get("updates")).intValue(); update++) {
            assembly.objective().forward(x, y, PASS);
            assembly.objective().backward(y, PASS);
            optimizer.update(update, rate);
        }
        LayerOracleTests.assertAll(parameters, Parameter::value, updated);
    }

    private static String yaml(Object model, Object optimizer) {
        return "precision: float64\nseed: " + ORACLE.get("seed") + "\ndata:\n  train: { type: inline, rows: " + ROWS
                + ", labels: " + ORACLE.get("labels") + " }\n  batch_size: " + ROWS.size() + "\nmodel:\n" + model
                + "loss: cross_entropy\noptimizer: " + optimizer + "\n";
    }

    private static Map<?, ?> oracle() {
        try (InputStream in =
                Objects.requireNonNull(GraphOracleTests.class.getResourceAsStream("/oracle/graphs.json"))) {
            return (Map<?, ?>) JsonReader.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
