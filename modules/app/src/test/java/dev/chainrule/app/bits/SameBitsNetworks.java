package dev.chainrule.app.bits;

import dev.chainrule.api.Activation;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.Loss;
import dev.chainrule.api.NamedLayer;
import dev.chainrule.api.Regularizer;
import dev.chainrule.api.data.AugmentationSpec;
import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Provenance;
import dev.chainrule.api.value.OneOrMore;
import dev.chainrule.api.value.Shape;
import dev.chainrule.builtin.augmentation.Brightness;
import dev.chainrule.builtin.augmentation.Contrast;
import dev.chainrule.builtin.augmentation.Cutout;
import dev.chainrule.builtin.augmentation.Elastic;
import dev.chainrule.builtin.augmentation.Expand;
import dev.chainrule.builtin.augmentation.Flip;
import dev.chainrule.builtin.augmentation.Mixup;
import dev.chainrule.builtin.augmentation.Noise;
import dev.chainrule.builtin.augmentation.RandomCrop;
import dev.chainrule.builtin.augmentation.Rotate;
import dev.chainrule.builtin.augmentation.Shift;
import dev.chainrule.builtin.augmentation.Zoom;
import dev.chainrule.builtin.data.table.InlineSource;
import dev.chainrule.builtin.loss.CrossEntropy;
import dev.chainrule.builtin.loss.Quadratic;
import dev.chainrule.builtin.metric.MeanLoss;
import dev.chainrule.builtin.metric.classes.Accuracy;
import dev.chainrule.builtin.optimizer.Adam;
import dev.chainrule.builtin.regularizer.L1;
import dev.chainrule.builtin.regularizer.L2;
import dev.chainrule.builtin.schedule.CosineRate;
import dev.chainrule.engine.experiment.Averaging;
import dev.chainrule.engine.experiment.BatchSize;
import dev.chainrule.engine.experiment.Data;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.engine.experiment.NamedMetric;
import dev.chainrule.engine.experiment.Output;
import dev.chainrule.engine.experiment.Report;
import dev.chainrule.engine.experiment.Training;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Precision;
import dev.chainrule.math.RandomStream;
import dev.chainrule.model.activation.Identity;
import dev.chainrule.model.activation.Relu;
import dev.chainrule.model.activation.Sigmoid;
import dev.chainrule.model.activation.Softmax;
import dev.chainrule.model.activation.Tanh;
import dev.chainrule.model.composite.Parallel;
import dev.chainrule.model.composite.Residual;
import dev.chainrule.model.cost.ActivityRegularizer;
import dev.chainrule.model.cost.Sample;
import dev.chainrule.model.initializer.HeNormal;
import dev.chainrule.model.initializer.Zeros;
import dev.chainrule.model.join.Joining;
import dev.chainrule.model.join.Multiply;
import dev.chainrule.model.layer.BatchNorm;
import dev.chainrule.model.layer.Dense;
import dev.chainrule.model.layer.Dropout;
import dev.chainrule.model.layer.Trainable;
import dev.chainrule.model.shape.Flatten;
import dev.chainrule.model.transform.Standardize;
import dev.chainrule.model.window.Conv;
import dev.chainrule.model.window.MaxPool;
import dev.chainrule.model.window.MeanPool;
import dev.chainrule.model.window.Padding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Name the networks that {@link SameBitsMatrixTests} trains. All have dense and batch_norm layers, and widths that are no multiple of
 * any vector's length, so that every loop has a remainder. They are records, not YAML, which takes a JVM that starts longer to
 * read than the tiny one takes to train.
 */
enum SameBitsNetworks {
    /** Small enough to be interpreted, and for machines without FMA, where Java computes one in microseconds. */
    TINY(13, 7, 5, 1, 18, 11, 9, 3),
    /** Batches and matrices large enough for products and updates to be split over threads. */
    WIDE(56, 37, 45, 1, 203, 163, 29, 11),
    /**
     * With a shortcut, branches, layers that add costs and two outputs, for machines without FMA, too. Noise for 540 numbers is drawn by
     * several threads; joins and costs would be computed by several only from 32,768 numbers on.
     */
    BRANCHED(23, 7, 18, 1, 12, 10, 10, 3),
    /** The same in three shards, of which the last batch has 7 examples. */
    SHARDED(23, 7, 8, 1, 12, 10, 10, 3),
    /** Convolutions with padding, groups and a stride, the normalization of channels, and pools, over augmented images of 6 by 9 pixels. */
    IMAGES(5, 54, 5, 1, 4, 6, 3);

    private static final String ACTIVITY = "activity_regularizer_1";
    private static final Loss CROSS_ENTROPY = new CrossEntropy(Optional.empty());
    static final List<NamedMetric> METRICS = List.of(NamedMetric.of(new MeanLoss()), NamedMetric.of(new Accuracy()));

    private final int examples;
    private final int inputs;
    private final int batch;
    private final int epochs;
    private final int[] units;

    SameBitsNetworks(int examples, int inputs, int batch, int epochs, int... units) {
        this.examples = examples;
        this.inputs = inputs;
        this.batch = batch;
        this.epochs = epochs;
        this.units = units;
    }

    Experiment experiment(Precision precision) {
        Optional<Regularizer> none = Optional.empty();
        List<NamedLayer> model = new ArrayList<>(
                this == IMAGES
                        ? images()
                        : named(
                                dense(units[0], new Relu(), none),
                                new BatchNorm(0.9, 1e-5),
                                new Dropout(0.2),
                                around(dense(units[1], new Tanh(), Optional.of(new L2(0.5)))),
                                branches(dense(units[2], new Sigmoid(), Optional.of(new L1(0.1))))));
        LayerSpec last = dense(units[units.length - 1], new Softmax(), none);
        Map<String, Output> outputs = new LinkedHashMap<>();
        if (isBranched()) {
            model.addAll(named(new ActivityRegularizer(0.01, 0.1)));
            model.add(new NamedLayer(
                    Optional.empty(), Optional.of(new OneOrMore<>(List.of(ACTIVITY, ACTIVITY))), new Sample(0.1)));
            outputs.put("class", output(last, CROSS_ENTROPY, 1, false));
            outputs.put("again", output(dense(inputs, new Identity(), none), new Quadratic(), 0.3, true));
        } else {
            model.addAll(named(last));
        }
        Data data = new Data(
                this == IMAGES ? context -> new Pictures(source().open(context)) : source(),
                Optional.empty(),
                Optional.empty(),
                List.of(new Standardize(Optional.empty(), Optional.empty())),
                this == IMAGES ? augmentation() : List.of(),
                List.of(),
                false,
                new BatchSize(batch),
                true);
        return new Experiment(
                Experiment.VERSION,
                Optional.of("same-bits"),
                7,
                precision,
                List.of(),
                data,
                model,
                outputs.isEmpty() ? Optional.of(CROSS_ENTROPY) : Optional.empty(),
                outputs,
                new Adam(new CosineRate(0.01, 0, Optional.empty()), 0.9, 0.999, 1e-8),
                Optional.empty(),
                new Training(
                        epochs,
                        Optional.of(1.0),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        this == SHARDED ? 3 : 1,
                        Optional.empty(),
                        this == SHARDED ? Optional.of(new Averaging(0.9)) : Optional.empty(),
                        Optional.empty()),
                outputs.isEmpty() ? Optional.of(METRICS) : Optional.empty(),
                List.of(),
                Map.of(),
                new Report(true, Report.Examples.SHOWN),
                List.of());
    }

    private static Output output(LayerSpec layer, Loss loss, double weight, boolean reconstructs) {
        return new Output(
                Optional.empty(),
                reconstructs,
                List.of(),
                named(layer),
                loss,
                weight,
                Optional.of(reconstructs ? METRICS.subList(0, 1) : METRICS));
    }

    private boolean isBranched() {
        return this == BRANCHED || this == SHARDED;
    }

    private LayerSpec around(LayerSpec inner) {
        return isBranched() ? new Residual(named(inner), Optional.empty()) : inner;
    }

    /** Return branches of which the first reads a value twice, for a product with itself, and the last is the input. */
    private LayerSpec branches(LayerSpec inner) {
        if (!isBranched()) {
            return inner;
        }
        Map<String, List<NamedLayer>> branches = new TreeMap<>();
        NamedLayer square = new NamedLayer(
                Optional.empty(), Optional.of(new OneOrMore<>(List.of("dense_1", "dense_1"))), new Multiply());
        branches.put("a", List.of(new NamedLayer(Optional.empty(), inner), square));
        branches.put("b", named(inner));
        branches.put("c", List.of());
        return new Parallel(branches, Joining.CONCAT);
    }

    private static List<AugmentationSpec> augmentation() {
        return List.of(
                new Flip(Flip.Direction.VERTICAL, 0.5),
                new Shift(numbers(1), 0),
                new Rotate(30, 0.5),
                new Zoom(0.8, 1.25, 0),
                new RandomCrop(0.7),
                new Elastic(8, 2, 0),
                new Expand(1, 0),
                new Cutout(numbers(3), 0),
                new Brightness(0.25),
                new Contrast(0.25),
                new Noise(0.25),
                new Mixup(0.5));
    }

    private List<NamedLayer> images() {
        return named(
                conv(units[0], 3, 1, "same", 1),
                new BatchNorm(0.9, 1e-5),
                new MaxPool(numbers(2), Optional.of(numbers(1)), Padding.parse("none")),
                conv(units[1], 2, 2, "1", 2),
                new MeanPool(numbers(2), Optional.empty(), Padding.parse("none")),
                new Flatten());
    }

    private static LayerSpec conv(int filters, int size, int stride, String padding, int groups) {
        return new Conv(
                filters,
                numbers(size),
                numbers(stride),
                Padding.parse(padding),
                numbers(1),
                groups,
                new Tanh(),
                new HeNormal(),
                new Zeros(),
                Optional.empty(),
                Trainable.TRUE,
                true);
    }

    private static OneOrMore<Integer> numbers(int number) {
        return new OneOrMore<>(List.of(number));
    }

    private static List<NamedLayer> named(LayerSpec... layers) {
        return Stream.of(layers)
                .map(layer -> new NamedLayer(Optional.empty(), layer))
                .toList();
    }

    private static LayerSpec dense(int units, Activation activation, Optional<Regularizer> regularizer) {
        return new Dense(units, activation, new HeNormal(), new Zeros(), regularizer, Trainable.TRUE, true);
    }

    /** Examples of 54 numbers, as images of 6 by 9 pixels. */
    private record Pictures(DataSource source) implements DataSource {
        @Override
        public int size() {
            return source.size();
        }

        @Override
        public Encoding encoding() {
            return new Encoding(Shape.of(6, 9, 1), List.of(), source.encoding().target());
        }

        @Override
        public void readInput(int index, Matrix x, int row) {
            source.readInput(index, x, row);
        }

        @Override
        public void readTarget(int index, Matrix y, int row) {
            source.readTarget(index, y, row);
        }

        @Override
        public Provenance provenance() {
            return source.provenance();
        }
    }

    private InlineSource source() {
        Draws draws = RandomStream.of(7, "same-bits").at(0, 0);
        int classes = units[units.length - 1];
        List<List<Double>> rows = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < examples; i++) {
            rows.add(IntStream.range(0, inputs)
                    .mapToObj(j -> isAlwaysZero(j) ? 0 : draws.uniform24() * 4 - 2)
                    .toList());
            labels.add("c" + (i < classes ? i : draws.below(classes)));
        }
        return new InlineSource(
                rows,
                Optional.empty(),
                Optional.of(labels.stream()
                        .map(label -> new OneOrMore<>(List.of(label)))
                        .toList()),
                Optional.empty());
    }

    /** Every third input of the wide one, as the margins of images are: vector kernels leave its products out. */
    private boolean isAlwaysZero(int input) {
        return this == WIDE && input % 3 == 1;
    }
}
