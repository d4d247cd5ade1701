package dev.chainrule.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.training.Optimizer;
import dev.chainrule.api.training.State;
import dev.chainrule.app.load.AssemblyFactory;
import dev.chainrule.app.load.ConfigLoader;
import dev.chainrule.app.load.LoadedConfig;
import dev.chainrule.app.load.PluginSources;
import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.Child;
import dev.chainrule.app.testing.InProcess;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.data.Dataset;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.FloatMatrix;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.ThreadTeam;
import dev.chainrule.model.network.BatchPass;
import dev.chainrule.model.network.Network;
import dev.chainrule.model.network.NetworkMemory;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Test that the memory of training is computed as training takes it. */
final class TrainingMemoryTests {
    private static final int BATCH = 7;
    private static final int MEASURED = 20;
    private static final double TOLERANCE = 0.1;
    /** The program's own objects, and the young generation of the collector. */
    private static final int PROGRAM_MEBI = 30;

    private static final Pattern SAID = Pattern.compile("memory +([0-9.]+) MiB for training");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dense, softmax | sgd, learning_rate: 0.1",
                "dense, softmax | adam, learning_rate: 0.1",
                "dense, sigmoid | sgd, learning_rate: 0.1",
                "dense, batch_norm, dropout, dense, softmax | sgd, learning_rate: 0.1, momentum: 0.9",
                "dropout, dense, dropout, softmax | rmsprop, learning_rate: 0.1",
                "batch_norm, dense, fixed, softmax | adam, learning_rate: 0.1",
                "gaussian_noise, dense, layer_norm, softmax | sgd, learning_rate: 0.1, momentum: 0.9",
                "branches, dense, reshape, flatten, dense, flatten, softmax | sgd, learning_rate: 0.1",
            })
    void of_network_isTheSizeOfAllMatricesThatTrainingTakes(String layers, String optimizer) throws IOException {
        for (String precision : List.of("float32", "float64")) {
            String model = Pattern.compile("\\w+").matcher(layers).replaceAll(layer -> switch (layer.group()) {
                case "dense" -> "{ type: dense, units: 11, activation: relu }";
                case "reshape" -> "{ type: reshape, to: [ 11, 1 ] }";
                case "branches" -> "{ type: residual, layers: [ { type: flatten }, { type: flatten } ] }";
                case "fixed" -> "{ type: dense, units: 13, trainable: false, use_bias: false }";
                case "dropout" -> "{ type: dropout, rate: 0.5 }";
                case "gaussian_noise" -> "{ type: gaussian_noise, std: 0.5 }";
                case "flatten", "batch_norm", "layer_norm" -> "{ type: " + layer.group() + " }";
                default -> "{ type: dense, units: 10, activation: " + layer.group() + " }";
            });
            Path file = Files.writeString(
                    folder.resolve("memory.yaml"), """
                    precision: %s
                    data:
                      train: { type: digits, count: 30 }
                      validation: { type: digits, count: %d }
                      batch_size: %d
                    model: [ { type: flatten }, %s ]
                    loss: cross_entropy
                    optimizer: { type: %s }
                    training: { epochs: 1 }
                    """.formatted(precision, MEASURED, BATCH, model, optimizer));
            check(ConfigLoader.load(file, PluginSources.usual(InProcess.context()), List.of(), InProcess.context()));
        }
    }

    private static void check(LoadedConfig loaded) {
        try (ThreadTeam team = new ThreadTeam(1)) {
            Assembly assembly = AssemblyFactory.loaded(loaded, InProcess.context(), true, team);
            Optimizer optimizer = assembly.optimizer();
            Network network = assembly.network();
            NetworkMemory.Passes passes =
                    assembly.datasets().passes(loaded.experiment().data().batchSize());
            assertEquals(new NetworkMemory.Passes(BATCH, MEASURED, 28 * 28), passes);
            NetworkMemory memory = NetworkMemory.ofTraining(
                    loaded.experiment().optimizer(),
                    loaded.experiment().loss(),
                    passes,
                    network.kernels(),
                    Double.POSITIVE_INFINITY);
            double alone = memory.of(network) - memory.ofCopy(network) - memory.ofWork(network);

            pass(assembly, BATCH, BatchPass.forTraining());
            optimizer.update(0, 0.1);
            pass(assembly, MEASURED, BatchPass.forInference());
            assertEquals(alone, reachable(network, optimizer), loaded.text());
            double copied = network.tensors().values().stream()
                            .mapToDouble(Matrix::bytes)
                            .sum()
                    + State.of(optimizer).matrices().values().stream()
                            .mapToDouble(Matrix::bytes)
                            .sum();
            assertEquals(copied, memory.ofCopy(network));
        }
    }

    private static void pass(Assembly assembly, int rows, BatchPass pass) {
        Dataset dataset = assembly.datasets().all().get(pass.training() ? 0 : 1);
        int[] order = dataset.inOrder();
        Matrix x = assembly.pipeline().inputs(dataset, order, 0, rows);
        Matrix y = assembly.pipeline().targets(dataset, order, 0, rows);
        assembly.objective().forward(x, y, pass);
        if (pass.training()) {
            assembly.objective().backward(y, pass);
        }
    }

    /** Return the bytes of all matrices that objects refer to, kernels' own memory left out. */
    private static double reachable(Object... roots) {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        double bytes = 0;
        for (Object root : roots) {
            bytes += reachable(root, seen);
        }
        return bytes;
    }

    private static double reachable(Object object, Set<Object> seen) {
        if (object == null || object instanceof Kernels || object instanceof Enum || !seen.add(object)) {
            return 0;
        }
        double bytes = 0;
        if (object instanceof FloatMatrix matrix) {
            return (double) Float.BYTES * matrix.storage().data.length;
        } else if (object instanceof DoubleMatrix matrix) {
            return (double) Double.BYTES * matrix.storage().data.length;
        } else if (object instanceof Optional<?> optional) {
            return optional.isPresent() ? reachable(optional.get(), seen) : 0;
        } else if (object instanceof Map<?, ?> map) {
            return reachable(map.keySet(), seen) + reachable(map.values(), seen);
        } else if (object instanceof Collection<?> collection) {
            for (Object element : collection) {
                bytes += reachable(element, seen);
            }
        } else if (object instanceof Object[] array) {
            for (Object element : array) {
                bytes += reachable(element, seen);
            }
        } else if (object.getClass().getName().startsWith("dev.chainrule.")) {
            for (Class<?> type = object.getClass(); type != Object.class; type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    if (!Modifier.isStatic(field.getModifiers())
                            && !field.getType().isPrimitive()) {
                        bytes += reachable(value(field, object), seen);
                    }
                }
            }
        }
        return bytes;
    }

    private static Object value(Field field, Object object) {
        try {
            field.setAccessible(true);
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A run fits into a tenth more than is said, and does not into a tenth less. */
    @Tag("proof")
    @Test
    void describe_training_saysWhatARunNeeds() throws IOException, InterruptedException {
        for (String optimizer : List.of("sgd", "adam")) {
            Files.writeString(folder.resolve("large.yaml"), """
                    data:
                      train: { type: digits, count: 40 }
                      validation: { type: digits, count: 20 }
                      batch_size: 20
                    model: [ { type: dense, units: 4000, activation: relu }, { type: dense, units: 4000, activation: relu }, { type: dense, units: 10, activation: softmax } ]
                    loss: cross_entropy
                    optimizer: { type: %s, learning_rate: 0.001 }
                    training: { epochs: 1 }
                    hooks: [ { type: checkpoint, every: 1 epoch } ]
                    """.formatted(optimizer));
            Child described = Child.start(folder, List.of(), "describe", "large.yaml");
            assertEquals(ExitCode.DONE, described.code(), described::err);
            Matcher said = SAID.matcher(described.out());
            assertTrue(said.find(), described::out);
            double needed = Double.parseDouble(said.group(1)) + PROGRAM_MEBI;
            int less = (int) (needed * (1 - TOLERANCE));
            int more = (int) Math.ceil(needed * (1 + TOLERANCE));
            assertFalse(fits(less), () -> optimizer + " fits into " + less + " MiB, computed were " + needed);
            assertTrue(fits(more), () -> optimizer + " needs more than " + more + " MiB, as computed");
        }
    }

    private boolean fits(int mebi) throws IOException, InterruptedException {
        Child run = Child.start(
                folder,
                List.of("-Xmx" + mebi + "m"),
                "run",
                "large.yaml",
                "--quiet",
                "--run-dir",
                "run-" + mebi + "-" + System.nanoTime());
        return run.code() == ExitCode.DONE;
    }
}
