package dev.chainrule.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainrule.api.Kind;
import dev.chainrule.config.Problems;
import dev.chainrule.config.bind.Binder;
import dev.chainrule.config.node.ConfigReader;
import dev.chainrule.config.plugin.PluginLoader;
import dev.chainrule.config.registry.Origin;
import dev.chainrule.config.registry.RegisteredComponent;
import dev.chainrule.config.registry.Registry;
import dev.chainrule.config.registry.RegistryBuilder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Hold every built-in component to its contract: with its defaults, and where it needs parameters or has branches with these. */
class BuiltinContractTests {
    private static final int COMPONENTS = 184;

    /** Components as configs write them, besides the plain name of those that need no parameter. */
    private static final Map<Kind, List<String>> WRITTEN = new TreeMap<>(Map.ofEntries(
            Map.entry(
                    Kind.LAYER,
                    List.of(
                            "{type: dense, units: 4, activation: relu}",
                            "{type: dense, units: 4, activation: softmax, use_bias: false}",
                            "{type: dense, units: 3, trainable: biases, regularizer: {type: l2, lambda: 0.5}}",
                            "{type: conv, filters: 2, size: 3, activation: tanh}",
                            "{type: conv, filters: 3, size: [2, 3], stride: 2, padding: same, groups: 3}",
                            "{type: conv, filters: 2, size: 2, padding: 1, dilation: 2, groups: 2, activation: softmax}",
                            "{type: dropout, rate: 0.25}",
                            "{type: embed, width: 3, names: 2}",
                            "{type: depthwise_conv, size: 3, multiplier: 2, activation: tanh}",
                            "{type: separable_conv, filters: 4, size: [2, 3], stride: 2, padding: same}",
                            "{type: transposed_conv, filters: 2, size: 3, stride: 2, activation: tanh}",
                            "{type: transposed_conv, filters: 3, size: 2, stride: 3, padding: same, use_bias: false}",
                            "{type: upsample, size: [2, 3]}",
                            "{type: upsample, size: 2}",
                            "{type: pad, before: 1, after: [0, 2]}",
                            "{type: pad, after: 2}",
                            "{type: crop, before: [1, 2], after: 1}",
                            "{type: crop, before: 2}",
                            "{type: spatial_dropout, rate: 0.25}",
                            "{type: prelu, slope: -0.5}",
                            "{type: group_norm, groups: 2}",
                            "{type: group_norm, groups: 3, epsilon: 0.5}",
                            "{type: max_pool, size: 2}",
                            "{type: max_pool, size: 3, stride: 1, padding: same}",
                            "{type: mean_pool, size: [2, 3], stride: [1, 2], padding: 1}",
                            "{type: mean_pool, size: 4}",
                            "{type: gaussian_noise, std: 0.5}",
                            "{type: permute, axes: [channels, height, width]}",
                            "{type: permute, axes: [features, steps]}",
                            "{type: reshape, to: [4, rest]}",
                            "{type: select, features: [4, 0-2]}",
                            "{type: select, channels: [1]}",
                            "{type: activity_regularizer, l1: 0.5}",
                            "{type: activity_regularizer, l1: 0.25, l2: 0.5}",
                            "{type: sample, weight: 0.5}",
                            "{type: activation, function: gelu}",
                            "{type: residual, layers: [{type: dense, units: 6, activation: tanh}]}",
                            "{type: residual, layers: [{type: dense, units: 4, activation: tanh}, layer_norm]}",
                            "{type: residual, layers: [{type: dense, units: 4}], shortcut: [{type: dense, units: 4}]}",
                            "{type: residual, layers: [{type: dense, units: 6, activation: tanh}, {type: same_as, layer: dense_1}]}",
                            "{type: residual, layers: [batch_norm, {type: same_as, layer: batch_norm_1}]}",
                            "{type: repeat, times: 2, layers: [{type: dense, units: 5, activation: tanh}]}",
                            "{type: parallel, branches: {wide: [flatten], deep: [{type: dense, units: 4, activation: tanh}]}}",
                            "{type: parallel, join: mean, branches: {a: [], b: [{type: activation, function: tanh}]}}")),
            Map.entry(
                    Kind.ACTIVATION,
                    List.of("{type: celu, alpha: 0.5}", "{type: elu, alpha: 0.5}", "{type: leaky_relu, slope: 0.25}")),
            Map.entry(
                    Kind.LOSS,
                    List.of(
                            "{type: binary_cross_entropy, label_smoothing: 0.25}",
                            "{type: cross_entropy, label_smoothing: 0.25}",
                            "{type: focal, gamma: 0}",
                            "{type: focal, gamma: 0.5}",
                            "{type: huber, delta: 0.3}",
                            "{type: quantile, level: 0.9}")),
            Map.entry(
                    Kind.OPTIMIZER,
                    List.of(
                            "{type: adamw, weight_decay: 0.5}",
                            "{type: lamb, weight_decay: 0}",
                            "{type: lbfgs, history: 2, evaluations: 1}",
                            "{type: lion, weight_decay: 0.25}",
                            "{type: sgd, learning_rate: 0.1}",
                            "{type: sgd, learning_rate: {type: cosine, from: 0.1}, momentum: 0.9}",
                            "{type: sgd, learning_rate: 0.1, momentum: 0.9, nesterov: true}")),
            Map.entry(
                    Kind.SCHEDULE,
                    List.of(
                            "{type: constant, value: 0.1}",
                            "{type: cosine, from: 0.1}",
                            "{type: cosine, from: 0.1, to: 0.01, over: 2 epochs}",
                            "{type: cosine_restarts, from: 0.1, first: 3 steps}",
                            "{type: cosine_restarts, from: 0.1, first: 1 epoch, to: 0.01, growth: 2, factor: 0.5}",
                            "{type: exponential, from: 0.1, factor: 0.5, every: 1 epoch}",
                            "{type: inverse_time, from: 0.1, every: 2 steps, decay: 0.5}",
                            "{type: linear, from: 0.1, to: 0.2, over: 7 steps}",
                            "{type: one_cycle, peak: 0.1}",
                            "{type: piecewise, rates: [0.1, {type: linear, from: 0.1}, 0], at: [2 steps, 5 steps]}",
                            "{type: piecewise, rates: [0.1], at: []}",
                            "{type: plateau, from: 0.1, patience: 1}",
                            "{type: plateau, from: 0.1, metric: validation.accuracy, mode: max, patience: 2, to: 0.01}",
                            "{type: polynomial, from: 0.1, to: 0.01, power: 0.5}",
                            "{type: step, from: 0.1, factor: 0.5, every: 3 steps}",
                            "{type: warmup, over: 1 epoch, then: 0.1}")),
            Map.entry(
                    Kind.INITIALIZER,
                    List.of(
                            "{type: constant, value: 0.5}",
                            "{type: normal, std: 0.1}",
                            "{type: variance_scaling, scale: 2, mode: fan_out, distribution: uniform}",
                            "{type: orthogonal, gain: 0.5}",
                            "{type: uniform, min: -1, max: 2}",
                            "{type: values, rows: [[1, 2], [3, 4.5]]}")),
            Map.entry(
                    Kind.REGULARIZER,
                    List.of(
                            "{type: l1, lambda: 0.5}",
                            "{type: l2, lambda: 0.5}",
                            "{type: l2, strength: 0.5}",
                            "{type: l1, strength: 0.5}")),
            Map.entry(
                    Kind.DATA_SOURCE,
                    List.of(
                            "{type: csv, file: FOLDER/table.csv, target: kind}",
                            "{type: csv, file: FOLDER/table.csv, target: height, categorical: [kind]}",
                            "{type: idx, images: FOLDER/images, labels: FOLDER/labels}",
                            "{type: image, file: FOLDER/image.png}",
                            "{type: inline, rows: [[1, 2], [3, 4], [5, 6]], targets: [[1], [0.5], [0]]}",
                            "{type: inline, rows: [[1, 2], [3, 4], [5, 6]], labels: [b, a, b]}",
                            "{type: inline, rows: [[1, 2, 3], [4, 5, 6]], labels: [b, a], inputs: {left: 2, right: 1}}",
                            "{type: digits, count: 40}",
                            "{type: digit_pairs, count: 40}",
                            "{type: shapes, count: 40}",
                            "{type: cifar10, split: test, directory: FOLDER/published}",
                            "{type: fashion_mnist, split: test, directory: FOLDER/published}",
                            "{type: images, folder: FOLDER/pictures, broken: skip}",
                            "{type: images, table: FOLDER/pictures.csv, height: 5, width: 4, channels: 1, fit: contain}",
                            "{type: mnist, fallback: digits, count: 40}")),
            Map.entry(
                    Kind.TRANSFORM,
                    List.of(
                            "{type: scale, by: 1/4, offset: -1}",
                            "{type: min_max, from: -1, to: 2}",
                            "{type: clip, from: 0.2, to: 0.9}",
                            "{type: bins, count: 3}",
                            "{type: bins, count: 2, by: widths}",
                            "{type: fill, with: median}",
                            "{type: fill, with: most_common, indicator: true}",
                            "{type: cross, columns: [size, site]}",
                            "{type: cross, columns: [site, size], buckets: 5}",
                            "{type: tf_idf, columns: [site]}",
                            "{type: pca, components: 2}",
                            "{type: pca, components: 2, columns: [height, width], whiten: true}",
                            "{type: frequency, columns: [site]}",
                            "{type: frequency, columns: [size, site]}",
                            "{type: target_mean, columns: [size]}",
                            "{type: target_mean, columns: [site, size], folds: 2, smoothing: 0}",
                            "{type: fill, with: -1.5}")),
            Map.entry(
                    Kind.AUGMENTATION,
                    List.of(
                            "{type: brightness, by: 0.5}",
                            "{type: contrast, by: 0.5}",
                            "{type: cutout, size: 3}",
                            "{type: cutout, size: [2, 20], fill: -1}",
                            "{type: crop, share: 0.5}",
                            "{type: elastic, alpha: 20, sigma: 2, fill: 0.5}",
                            "{type: expand, by: 2, fill: 0.5}",
                            "{type: flip, direction: vertical, probability: 0.7}",
                            "{type: mixup, alpha: 1.5}",
                            "{type: noise, std: 0.5}",
                            "{type: shift, by: 3}",
                            "{type: shift, by: [0, 2], fill: 0.5}",
                            "{type: rotate, degrees: 90, fill: 0.5}",
                            "{type: rotate, degrees: 10}",
                            "{type: zoom, from: 0.5, to: 2}",
                            "{type: zoom, from: 1, to: 1}")),
            Map.entry(
                    Kind.METRIC,
                    List.of(
                            "{type: binary_accuracy, threshold: 0.25}",
                            "{type: precision, of: v}",
                            "{type: recall, average: weighted}",
                            "{type: auc, of: v}",
                            "{type: average_precision, of: v}",
                            "{type: calibration_error, bins: 3}",
                            "{type: quantile_loss, level: 0.9}",
                            "{type: f1, threshold: 0.2}",
                            "{type: f1, average: micro}",
                            "{type: f1, average: macro}",
                            "{type: top_k, k: 2}")),
            Map.entry(
                    Kind.HOOK,
                    List.of(
                            "{type: checkpoint, every: 2 steps, keep: 1}",
                            "{type: checkpoint, keep: 1, best: {metric: validation.loss, keep: 2}}",
                            "{type: early_stopping, patience: 2, min_delta: 0.1}",
                            "{type: gradient_check, at: end}",
                            "{type: inspect, after: [1, 4]}",
                            "{type: log, every: 2 steps}"))));

    /** Components that require one of several optional parameters. */
    private static final Set<String> ONE_OF_SEVERAL = Set.of("l1", "l2", "select");

    @TempDir
    private static Path folder;

    private final Registry registry = new PluginLoader(BuiltinContractTests.class.getClassLoader()).load(List.of());

    /** A component and how it is written. */
    private record Written(Kind kind, String yaml) {}

    @TestFactory
    Stream<DynamicTest> component_ofEveryKind_keepsTheContract() throws IOException {
        write();
        return written()
                .map(one -> DynamicTest.dynamicTest(
                        one.kind().label() + " " + one.yaml(), () -> Contracts.assertHolds(bind(one))));
    }

    @Test
    void components_all_areHeldToTheirContracts() throws IOException {
        write();
        Set<Class<?>> seen = written().map(this::bind).map(Object::getClass).collect(Collectors.toSet());
        Set<String> unseen = new TreeSet<>();
        List<RegisteredComponent> builtin =
                registry.all().stream().filter(BuiltinContractTests::isBuiltin).toList();
        builtin.stream()
                .filter(component -> !seen.contains(component.record()))
                .forEach(component -> unseen.add(component.kind().label() + " " + component.name()));
        assertEquals(Set.of("layer same_as"), unseen, "one needs a layer above, which a residual here contains");
        assertEquals(COMPONENTS, builtin.size());
    }

    /** Loading takes this of them for granted. */
    @Test
    void declarations_ofComponents_areThoseAskedOfPlugins() {
        Problems problems = new Problems();
        RegistryBuilder builder = new RegistryBuilder(problems);
        Origin plugin = new Origin("builtin", Optional.empty(), Optional.of(Path.of("builtin.jar")));
        registry.all().forEach(component -> builder.add(component.record(), plugin));
        assertEquals(List.of(), problems.sorted());
        assertEquals(registry.all().size(), builder.build().all().size());
    }

    private Stream<Written> written() {
        Stream<Written> plain = registry.all().stream()
                .filter(BuiltinContractTests::isBuiltin)
                .filter(component ->
                        component.type().parameters().stream().noneMatch(parameter -> parameter.required()))
                .filter(component -> component.kind() != Kind.DATA_SOURCE)
                .filter(component -> !ONE_OF_SEVERAL.contains(component.name()))
                .map(component -> new Written(component.kind(), component.name()));
        Stream<Written> chosen = WRITTEN.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(yaml -> new Written(entry.getKey(), yaml)));
        return Stream.concat(plain, chosen);
    }

    private static boolean isBuiltin(RegisteredComponent component) {
        return component.recordName().matches("dev\\.chainrule\\.(builtin|model)\\..*");
    }

    private Record bind(Written one) {
        String yaml = one.yaml().replace("FOLDER", folder.toString());
        return new Binder(registry)
                .component(ConfigReader.read("component", yaml, new Problems()).orElseThrow(), one.kind());
    }

    private static void write() {
        try {
            Files.writeString(
                    folder.resolve("table.csv"),
                    "height,site,kind\n1,bog,moss\n2.5,rock,moss\n40,bog,fern\n55,bog,fern\n");
            byte[] pixels = new byte[4 * 3 * 3];
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (byte) (7 * i);
            }
            Files.write(folder.resolve("images"), idx(pixels, 4, 3, 3));
            Files.write(folder.resolve("labels"), idx(new byte[] {0, 1, 1, 0}, 4));
            Path image = folder.resolve("image.png");
            ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY), "png", image.toFile());
            for (String name : List.of("fern/a.png", "fern/b.png", "moss/a.png")) {
                Path copy = folder.resolve("pictures").resolve(name);
                Files.createDirectories(copy.getParent());
                Files.copy(image, copy, StandardCopyOption.REPLACE_EXISTING);
            }
            Path published = Files.createDirectories(folder.resolve("published"));
            Files.write(published.resolve("test_batch.bin"), new byte[30_730_000]);
            Files.write(published.resolve("t10k-images-idx3-ubyte"), idx(new byte[10_000 * 784], 10_000, 28, 28));
            Files.write(published.resolve("t10k-labels-idx1-ubyte"), idx(new byte[10_000], 10_000));
            Files.writeString(folder.resolve("pictures/fern/c.png"), "broken");
            Files.writeString(
                    folder.resolve("pictures.csv"), "path,label\npictures/fern/a.png,fern\npictures/moss/a.png,moss\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Return an IDX file of unsigned bytes: two zero bytes, type 8, the number of dimensions, the dimensions, the bytes. */
    private static byte[] idx(byte[] data, int... dimensions) {
        ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * dimensions.length + data.length);
        bytes.put(new byte[] {0, 0, 8, (byte) dimensions.length});
        for (int dimension : dimensions) {
            bytes.putInt(dimension);
        }
        return bytes.put(data).array();
    }
}
