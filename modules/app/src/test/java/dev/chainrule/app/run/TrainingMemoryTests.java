package dev.chainrule.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.Parameter;
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
import dev.chainrule.model.network.Layer;
import dev.chainrule.model.network.MemoryKind;
import dev.chainrule.model.network.Network;
import dev.chainrule.model.network.NetworkMemory;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Test that the memory of training is computed as training takes it. */
final class TrainingMemoryTests {
    private static final int BATCH = 7;
    private static final int EXAMPLES = 30;
    private static final int MEASURED = 20;
    /** The pixels and labels of the digits, and two numbers of each. */
    private static final int DATA = (EXAMPLES + MEASURED) * (28 * 28 + 1 + 2 * Integer.BYTES);
    /**
     * The share of the suggested memory without which a training fails: a twentieth of room, up to an eighth for a round number, and
     * as much again for objects that are garbage when the memory ends.
     */
    private static final double LESS = 0.3;
    /** The same of a table, whose rows and cells are estimated from above. */
    private static final double LESS_OF_TABLE = 0.4;

    private static final Pattern SAID = Pattern.compile("java -Xmx([0-9]+)m -jar");
    private static final String TABLE = "{ type: csv, file: table.csv, target: y }";
    private static final String DENSE = "{ type: dense, units: 20, activation: relu }";
    private static final List<Training> TRAININGS = List.of(
            Training.ofDigits(
                    50, "{ type: dense, units: 1500 }, { type: dense, units: 1500, activation: relu }", "adam"),
            new Training(TABLE, 2, TrainingMemoryTests::numbers, 1000, DENSE, "sgd", 60),
            Training.ofDigits(
                    50, "{ type: dense, units: 3000 }, { type: dense, units: 3000, activation: tanh }", "sgd"),
            Training.ofDigits(
                    540,
                    "{ type: dense, units: 9000 }, { type: batch_norm }, { type: activation, function: relu }, { type: dropout, rate: 0.5 }",
                    "rmsprop"),
            new Training(TABLE, 2, TrainingMemoryTests::names, 1000, DENSE, "sgd", 70),
            new Training(
                    "{ type: idx, images: images.idx, labels: labels.idx }",
                    2,
                    TrainingMemoryTests::images,
                    1000,
                    "{ type: flatten }, { type: dense, units: 3000, activation: relu }",
                    "adam",
                    90));

    private static final String FILTERS = "model: [ { type: conv, filters: 6, size: 3, activation: relu },";
    private static final String POOLED = " { type: max_pool, size: 2 }, { type: spatial_dropout, rate: 0.2 },"
            + " { type: separable_conv, filters: 4, size: 3 }, { type: group_norm, groups: 2 },"
            + " { type: permute, axes: [ channels, height, width ] }, { type: flatten },"
            + " { type: dense, units: 10, activation: softmax } ]; ";
    private static final String CONVOLUTIONS = FILTERS + " { type: batch_norm }," + POOLED;
    private static final String PLACES = FILTERS + POOLED;
    private static final String SHARED = "model: [ { type: flatten }, { type: dense, units: 40 },"
            + " { type: residual, layers: [ { type: dense, name: one, units: 40, activation: tanh },"
            + " { type: same_as, layer: one }, { type: dropout, rate: 0.5 }, { type: layer_norm } ] },"
            + " { type: dense, units: 10, activation: softmax } ]; ";
    private static final String CLASSES = "loss: cross_entropy";
    private static final String OUTPUTS = "outputs: { digit: { loss: cross_entropy }, image: { reconstruct: true,"
            + " layers: [ { type: dense, units: 784, from: dense_1 } ], loss: quadratic } }";

    @TempDir
    private Path folder;

    private int runs;

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
            Path file = Files.writeString(folder.resolve("memory.yaml"), """
                    precision: %s
                    data:
                      train: { type: digits, count: %d }
                      validation: { type: digits, count: %d }
                      batch_size: %d
                    model: [ { type: flatten }, %s ]
                    loss: cross_entropy
                    optimizer: { type: %s }
                    training: { epochs: 1 }
                    """.formatted(
                            precision, EXAMPLES, MEASURED, BATCH, model, optimizer));
            check(ConfigLoader.load(file, PluginSources.usual(InProcess.context()), List.of(), InProcess.context()));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "float32 | sgd  | false | " + CONVOLUTIONS + CLASSES,
                "float64 | adam | true  | " + CONVOLUTIONS + CLASSES,
                "float32 | adam | true  | " + SHARED + CLASSES,
                "float64 | sgd  | false | " + SHARED + CLASSES,
                "float32 | adam | false | " + SHARED + OUTPUTS,
                "float64 | sgd  | true  | " + SHARED + OUTPUTS,
            })
    void parts_training_areWithinATenthOfTheMatricesThatItTakes(
            String precision, String optimizer, boolean recompute, String network) throws IOException {
        Path file = Files.writeString(folder.resolve("parts.yaml"), """
                precision: %s
                data:
                  train: { type: digits, count: %d }
                  validation: { type: digits, count: %d }
                  batch_size: %d
                %s
                optimizer: { type: %s, learning_rate: 0.1 }
                training: { epochs: 1, recompute: %s }
                """.formatted(
                        precision, EXAMPLES, MEASURED, BATCH, network.replace("; ", "\n"), optimizer, recompute));
        LoadedConfig loaded =
                ConfigLoader.load(file, PluginSources.usual(InProcess.context()), List.of(), InProcess.context());
        try (ThreadTeam team = new ThreadTeam(1)) {
            Assembly assembly = AssemblyFactory.loaded(loaded, InProcess.context(), true, team);
            Optimizer trained = train(assembly);
            Map<MemoryKind, Double> counted = assembly.memory().parts(assembly.network());
            Map<MemoryKind, Double> measured = measured(assembly, trained);
            measured.forEach((kind, bytes) ->
                    assertEquals(bytes, counted.get(kind), 0.1 * bytes, () -> kind + " of " + measured));
            assertEquals(7, measured.size());
        }
    }

    /** The masks of the whole network, which does not train, and the shards' gradients of the outputs are estimated from above. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 | false | " + CONVOLUTIONS + CLASSES,
                "3 | true | " + SHARED + CLASSES,
                "7 | false | " + SHARED + OUTPUTS
            })
    void parts_shards_areWithinATenthOfTheMatricesThatTheyTake(int shards, boolean recompute, String network)
            throws IOException {
        checkSum("shards: " + shards + ", recompute: " + recompute, network);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rows_at_once: 2 | " + PLACES + CLASSES,
                "rows_at_once: 3, recompute: true | " + SHARED + CLASSES,
                "rows_at_once: 1 | " + SHARED + OUTPUTS,
                "rows_at_once: 2, shards: 2 | " + SHARED + CLASSES,
                "rows_at_once: 100 | " + PLACES + CLASSES
            })
    void parts_rowsAtOnce_areWithinATenthOfTheMatricesThatTheyTake(String training, String network) throws IOException {
        checkSum(training, network);
    }

    private void checkSum(String training, String network) throws IOException {
        Path file = Files.writeString(folder.resolve("shards.yaml"), """
                data:
                  train: { type: digits, count: %d }
                  validation: { type: digits, count: %d }
                  batch_size: %d
                %s
                optimizer: { type: adam, learning_rate: 0.1 }
                training: { epochs: 1, %s }
                """.formatted(
                        EXAMPLES, MEASURED, BATCH, network.replace("; ", "\n"), training));
        LoadedConfig loaded =
                ConfigLoader.load(file, PluginSources.usual(InProcess.context()), List.of(), InProcess.context());
        try (ThreadTeam team = new ThreadTeam(1)) {
            Assembly assembly = AssemblyFactory.loaded(loaded, InProcess.context(), true, team);
            Optimizer trained = train(assembly);
            double measured =
                    reachable(List.of(assembly.network(), trained, assembly.pipeline(), assembly.objective()));
            Map<MemoryKind, Double> counted = assembly.memory().parts(assembly.network());
            counted.keySet()
                    .removeAll(List.of(MemoryKind.PROGRAM, MemoryKind.DATA, MemoryKind.KERNELS, MemoryKind.COPY));
            double sum = counted.values().stream().mapToDouble(each -> each).sum();
            assertEquals(measured, sum, 0.1 * measured, counted::toString);
        }
    }

    /** Return the bytes of all matrices of a training, by kind. */
    private static Map<MemoryKind, Double> measured(Assembly assembly, Optimizer optimizer) {
        Network network = assembly.network();
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Map<MemoryKind, Double> measured = new EnumMap<>(MemoryKind.class);
        double batches = reachable(assembly.pipeline(), seen);
        measured.put(
                MemoryKind.PARAMETERS,
                reachable(network.parameters().stream().map(Parameter::value).toList(), seen));
        measured.put(
                MemoryKind.GRADIENTS,
                reachable(network.parameters(), seen)
                        + reachable(network.layers().stream().map(Layer::uses).toList(), seen));
        measured.put(MemoryKind.OPTIMIZER, reachable(optimizer, seen));
        measured.put(MemoryKind.VALUES, reachable(field("outs", network.graph()), seen));
        measured.put(MemoryKind.DELTAS, reachable(field("deltas", network.graph()), seen));
        reachable(field("addend", network.graph()), seen); // with the kernels' memory
        measured.put(MemoryKind.KEPT, reachable(network.layers(), seen));
        measured.put(MemoryKind.BATCHES, batches + reachable(assembly.objective(), seen));
        return measured;
    }

    private static Object field(String name, Object object) {
        try {
            return value(object.getClass().getDeclaredField(name), object);
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Make a step of training and a pass of an evaluation. */
    private static Optimizer train(Assembly assembly) {
        Optimizer optimizer = assembly.optimizer();
        pass(assembly, BATCH, BatchPass.forTraining());
        optimizer.update(0, 0.1);
        pass(assembly, MEASURED, BatchPass.forInference());
        return optimizer;
    }

    private static void check(LoadedConfig loaded) {
        try (ThreadTeam team = new ThreadTeam(1)) {
            Assembly assembly = AssemblyFactory.loaded(loaded, InProcess.context(), true, team);
            Network network = assembly.network();
            NetworkMemory memory = assembly.memory();
            int bytes = network.kernels().precision().bytes();
            long inputs = (long) (MEASURED * 28 * 28 + EXAMPLES) * bytes;
            assertEquals(new NetworkMemory.Passes(BATCH, MEASURED, 1, 0, inputs, DATA), memory.passes());
            Map<MemoryKind, Double> parts = memory.parts(network);
            double alone = MEASURED * 28 * 28 * bytes;
            for (MemoryKind kind : List.of(
                    MemoryKind.PARAMETERS,
                    MemoryKind.GRADIENTS,
                    MemoryKind.OPTIMIZER,
                    MemoryKind.VALUES,
                    MemoryKind.DELTAS,
                    MemoryKind.KEPT)) {
                alone += parts.get(kind);
            }

            Optimizer optimizer = train(assembly);
            assertEquals(alone, reachable(network, optimizer), loaded.text());
            double copied = network.tensors().values().stream()
                            .mapToDouble(Matrix::bytes)
                            .sum()
                    + State.of(optimizer).matrices().values().stream()
                            .mapToDouble(Matrix::bytes)
                            .sum();
            assertEquals(copied, parts.get(MemoryKind.COPY));
        }
    }

    private static void pass(Assembly assembly, int rows, BatchPass pass) {
        Dataset dataset = assembly.datasets().all().get(pass.training() ? 0 : 1);
        int[] order = dataset.inOrder();
        Matrix x = assembly.pipeline().inputs(dataset, order, 0, rows);
        Matrix y = assembly.pipeline().targets(dataset, order, 0, rows);
        assembly.objective().forward(x, y, pass);
        if (pass.training()) {
            assembly.objective().backward(pass);
        } else {
            for (int h = 0; h < assembly.pipeline().heads(); h++) {
                Matrix outputs = assembly.objective().heads().get(h).outputs();
                assembly.pipeline().measuredOutputs(h, outputs);
            }
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
            return seen.add(matrix.storage().data) ? (double) Float.BYTES * matrix.storage().data.length : 0;
        } else if (object instanceof DoubleMatrix matrix) {
            return seen.add(matrix.storage().data) ? (double) Double.BYTES * matrix.storage().data.length : 0;
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

    /** A network in memory of its own, and a table that is larger while it is read. */
    @Test
    void suggestion_networkAndTable_isEnough() throws IOException, InterruptedException {
        checkSuggestion(TRAININGS.get(0));
        checkSuggestion(TRAININGS.get(1));
    }

    @Tag("proof")
    @Test
    void suggestion_otherNetworksTablesAndImages_isEnough() throws IOException, InterruptedException {
        for (Training training : TRAININGS.subList(2, TRAININGS.size())) {
            checkSuggestion(training);
        }
    }

    /** A training is refused for lack of memory, ends with the suggested amount, and does not with much less than that. */
    private void checkSuggestion(Training training) throws IOException, InterruptedException {
        training.files().write(folder);
        Files.writeString(folder.resolve("training.yaml"), """
                data: { train: %s, validation: { fraction: 0.1 }, batch_size: %d, transforms: [ standardize ] }
                model: [ %s, { type: dense, units: %d, activation: softmax } ]
                loss: cross_entropy
                optimizer: { type: %s, learning_rate: 0.001 }
                training: { epochs: 1 }
                hooks: [ { type: checkpoint, every: 1 epoch } ]
                """.formatted(
                training.source(), training.batch(), training.layers(), training.classes(), training.optimizer()));
        Child refused = run(training.refusedMebi());
        assertNotEquals(ExitCode.DONE, refused.code(), training.source());
        Matcher said = SAID.matcher(refused.err());
        assertTrue(said.find(), refused::err);
        int suggested = Integer.parseInt(said.group(1));
        Child enough = run(suggested);
        assertEquals(ExitCode.DONE, enough.code(), () -> refused.err() + enough.err());
        int less = (int) (suggested * (1 - (training.source().equals(TABLE) ? LESS_OF_TABLE : LESS)));
        assertNotEquals(ExitCode.DONE, run(less).code(), () -> less + " MiB are enough, too: " + refused.err());
    }

    private Child run(int mebi) throws IOException {
        String directory = "run-" + runs++;
        return Child.start(
                folder, List.of("-Xmx" + mebi + "m"), "run", "training.yaml", "--quiet", "--run-dir", directory);
    }

    /** The files of a training. */
    @FunctionalInterface
    private interface DataFiles {
        void write(Path folder) throws IOException;
    }

    /**
     * A training and a heap that is too small for it.
     *
     * @param source of the data
     * @param classes of its targets
     */
    private record Training(
            String source, int classes, DataFiles files, int batch, String layers, String optimizer, int refusedMebi) {
        private static Training ofDigits(int batch, String layers, String optimizer) {
            return new Training(
                    "{ type: digits, count: 600 }",
                    10,
                    folder -> {},
                    batch,
                    "{ type: flatten }, " + layers,
                    optimizer,
                    64);
        }
    }

    private static void numbers(Path folder) throws IOException {
        table(
                folder,
                row -> IntStream.range(0, 20)
                        .mapToObj(column -> String.valueOf((row * 31 + column * 17) % 10_000 / 100.0))
                        .collect(Collectors.joining(",")));
    }

    private static void names(Path folder) throws IOException {
        table(folder, row -> "name" + row % 7 + ",word" + row % 11 + "," + row % 13);
    }

    /** Write rows of inputs and a class, 12 MB altogether. */
    private static void table(Path folder, IntFunction<String> inputs) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("table.csv"))) {
            int cells = inputs.apply(0).split(",").length;
            out.write(IntStream.range(0, cells).mapToObj(i -> "c" + i + ",").collect(Collectors.joining()) + "y\n");
            int written = 0;
            for (int row = 0; written < 12_000_000; row++) {
                String line = inputs.apply(row) + (row % 2 == 0 ? ",a\n" : ",b\n");
                out.write(line);
                written += line.length();
            }
        }
    }

    /** Write 60,000 images of 28 by 28 pixels. */
    private static void images(Path folder) throws IOException {
        int count = 60_000;
        int pixels = 28 * 28;
        ByteBuffer images = ByteBuffer.allocate(4 * Integer.BYTES + count * pixels);
        images.putInt(0x803).putInt(count).putInt(28).putInt(28);
        ByteBuffer labels = ByteBuffer.allocate(2 * Integer.BYTES + count);
        labels.putInt(0x801).putInt(count);
        for (int i = 0; i < count; i++) {
            images.put(images.position() + i % pixels, (byte) 200).position(images.position() + pixels);
            labels.put((byte) (i % 2));
        }
        Files.write(folder.resolve("images.idx"), images.array());
        Files.write(folder.resolve("labels.idx"), labels.array());
    }
}
