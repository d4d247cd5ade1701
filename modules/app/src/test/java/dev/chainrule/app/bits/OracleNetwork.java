package dev.chainrule.app.bits;

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
import dev.chainrule.app.shell.Context;
import dev.chainrule.app.testing.InProcess;
import dev.chainrule.config.Problems;
import dev.chainrule.config.bind.Binder;
import dev.chainrule.config.node.ConfigNode;
import dev.chainrule.config.node.ConfigReader;
import dev.chainrule.config.registry.Registry;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.objective.Objective;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Numbers;
import dev.chainrule.math.ThreadTeam;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Assemble the network of src/test/oracle/network_784_30_10.py from YAML, with the script's batch of ten and its weights, all of
 * them closed formulas of integers.
 */
final class OracleNetwork implements AutoCloseable {
    static final int PARAMETERS = 784 * 30 + 30 + 30 * 10 + 10;
    static final Map<String, String> VARIANTS = Map.of(
            "sigmoid_quadratic", model("sigmoid", "sigmoid", "") + "loss: quadratic\n",
            "tanh_softmax", model("tanh", "softmax", "") + "loss: cross_entropy\n",
            "relu_binary_l2",
                    model("relu", "sigmoid", ", regularizer: { type: l2, lambda: 0.5 }")
                            + "loss: binary_cross_entropy\n");
    static final Map<String, String> OPTIMIZERS = Map.of(
            "sgd", "{ type: sgd, learning_rate: 0.1 }",
            "momentum", "{ type: sgd, learning_rate: 0.1, momentum: 0.9 }",
            "nesterov", "{ type: sgd, learning_rate: 0.1, momentum: 0.9, nesterov: true }",
            "rmsprop", "{ type: rmsprop, learning_rate: 0.1, epsilon: 1e-4 }",
            "adam", "{ type: adam, learning_rate: 0.1, epsilon: 1e-4 }");

    private static final int INPUTS = 784;
    private static final int BATCH = 10;
    private static final int MODULUS = 1009;
    private static final int MIDDLE = 504;
    private static final int[] SALTS = {31, 37, 41, 43};
    private static final int[] DIVISORS = {10080, 1008, 1008, 1008};
    private static final String ROWS = rows();

    private final ThreadTeam team;
    private final Assembly assembly;
    private final List<Parameter> parameters;
    private final Registry registry;

    /**
     * Assemble one variant.
     *
     * @param folder takes the YAML file
     */
    OracleNetwork(Path folder, String variant, int threads) {
        Context context = InProcess.context(new ByteArrayOutputStream(), new ByteArrayOutputStream(), Map.of());
        team = new ThreadTeam(threads);
        LoadedConfig loaded = ConfigLoader.load(
                write(folder, yaml(variant)), PluginSources.usual(InProcess.context()), List.of(), InProcess.context());
        registry = loaded.registry();
        assembly = AssemblyFactory.loaded(loaded, context, true, team);
        parameters = assembly.network().parameters();
        reset();
    }

    private void reset() {
        for (int p = 0; p < parameters.size(); p++) {
            Matrix value = parameters.get(p).value();
            for (int i = 0; i < value.rows(); i++) {
                for (int j = 0; j < value.columns(); j++) {
                    value.set(i, j, entry(i, j, SALTS[p], MIDDLE, DIVISORS[p]));
                }
            }
        }
    }

    /** Return the mean cost. */
    double backpropagate() {
        int[] order = IntStream.range(0, BATCH).toArray();
        Matrix x = assembly.pipeline().inputs(assembly.datasets().train(), order, 0, BATCH);
        Matrix y = assembly.pipeline().targets(assembly.datasets().train(), order, 0, BATCH);
        Pass pass = new FirstPass();
        objective().forward(x, y, pass);
        objective().backward(pass);
        return objective().meanCost();
    }

    /** The optimizer of a config. */
    record OneOptimizer(OptimizerSpec optimizer) {}

    /** Begin anew and return the parameters after two updates, in the order of {@link #gradients}. */
    double[] afterTwoUpdates(String optimizer) {
        ConfigNode node = ConfigReader.read("optimizer", "optimizer: " + OPTIMIZERS.get(optimizer), new Problems())
                .orElseThrow();
        OptimizerSpec spec =
                new Binder(registry).bind(node, OneOptimizer.class).value().optimizer();
        Optimizer created = spec.create(parameters, assembly.network().kernels());
        reset();
        for (long step = 0; step < 2; step++) {
            backpropagate();
            created.update(step, spec.learningRate().rate(Progress.at(step, 1, 2, History.EMPTY)));
        }
        return flat(parameters.stream().map(Parameter::value));
    }

    Objective objective() {
        return assembly.objective();
    }

    /** Return all gradients, by rows: weights and biases of the first layer, then of the second. */
    double[] gradients() {
        return flat(parameters.stream().map(Parameter::gradient));
    }

    @Override
    public void close() {
        team.close();
    }

    /** Return the script's {@code table}: (mix − shift) / divisor, rounded once. */
    private static double entry(int i, int j, int salt, int shift, int divisor) {
        long mixed = ((i + 1) * 7919L + (j + 1) * 104729L + (i + 1L) * (j + 1L) * salt) % MODULUS;
        return (mixed - shift) / (double) divisor;
    }

    /** Return the weight of entry i in a projection, in [−1, 1]. */
    static double projectionWeight(int projection, int i) {
        return entry(0, i, 47 + projection, MIDDLE, MIDDLE);
    }

    private record FirstPass() implements Pass {
        @Override
        public boolean training() {
            return true;
        }

        @Override
        public boolean tracksStatistics() {
            return true;
        }

        @Override
        public int epoch() {
            return 0;
        }

        @Override
        public long position() {
            return 0;
        }
    }

    private static double[] flat(Stream<Matrix> matrices) {
        return matrices.flatMapToDouble(matrix -> IntStream.range(0, matrix.size())
                        .mapToDouble(k -> matrix.get(k / matrix.columns(), k % matrix.columns())))
                .toArray();
    }

    private static String yaml(String variant) {
        String labels =
                IntStream.range(0, BATCH).mapToObj(i -> "c" + (7 * i + 3) % 10).collect(Collectors.joining(", "));
        String transforms = variant.equals("sigmoid_quadratic") ? "  transforms: [ one_hot ]\n" : "";
        return "precision: float64\ndata:\n  train:\n    type: inline\n    labels: [ " + labels + " ]\n    rows:\n"
                + ROWS + transforms + "  batch_size: 10\n" + VARIANTS.get(variant)
                + "optimizer: { type: sgd, learning_rate: 0.1 }\n";
    }

    private static String rows() {
        return IntStream.range(0, BATCH)
                .mapToObj(i -> IntStream.range(0, INPUTS)
                        .mapToObj(j -> Numbers.format(entry(i, j, 29, 0, MODULUS)))
                        .collect(Collectors.joining(", ", "      - [", "]\n")))
                .collect(Collectors.joining());
    }

    private static String model(String hidden, String output, String more) {
        return "model:\n  - { type: dense, units: 30, activation: " + hidden + more
                + " }\n  - { type: dense, units: 10, activation: " + output + more + " }\n";
    }

    private static Path write(Path folder, String yaml) {
        try {
            return Files.writeString(folder.resolve("oracle.yaml"), yaml);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
