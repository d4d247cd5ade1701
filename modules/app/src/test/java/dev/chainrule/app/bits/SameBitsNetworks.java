package dev.chainrule.app.bits;

import dev.chainrule.api.Activation;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.NamedLayer;
import dev.chainrule.api.Regularizer;
import dev.chainrule.api.value.OneOrMore;
import dev.chainrule.builtin.data.table.InlineSource;
import dev.chainrule.builtin.loss.CrossEntropy;
import dev.chainrule.builtin.metric.MeanLoss;
import dev.chainrule.builtin.metric.classes.Accuracy;
import dev.chainrule.builtin.optimizer.Adam;
import dev.chainrule.builtin.regularizer.L1;
import dev.chainrule.builtin.regularizer.L2;
import dev.chainrule.builtin.schedule.CosineRate;
import dev.chainrule.engine.experiment.Data;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.engine.experiment.NamedMetric;
import dev.chainrule.engine.experiment.Training;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Precision;
import dev.chainrule.math.RandomStream;
import dev.chainrule.model.activation.Relu;
import dev.chainrule.model.activation.Sigmoid;
import dev.chainrule.model.activation.Softmax;
import dev.chainrule.model.activation.Tanh;
import dev.chainrule.model.composite.Parallel;
import dev.chainrule.model.composite.Residual;
import dev.chainrule.model.initializer.HeNormal;
import dev.chainrule.model.initializer.Zeros;
import dev.chainrule.model.join.Joining;
import dev.chainrule.model.join.Multiply;
import dev.chainrule.model.layer.BatchNorm;
import dev.chainrule.model.layer.Dense;
import dev.chainrule.model.layer.Dropout;
import dev.chainrule.model.layer.Trainable;
import dev.chainrule.model.transform.Standardize;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Name the networks that {@link SameBitsMatrixTests} trains. All have dense, batch_norm and dropout layers, and widths that are no multiple of
 * any vector's length, so that every loop has a remainder. They are records, not YAML, which takes a JVM that starts longer to
 * read than the tiny one takes to train.
 */
enum SameBitsNetworks {
    /** Small enough to be interpreted, and for machines without FMA, where Java computes one in microseconds. */
    TINY(13, 7, 5, 1, 18, 11, 9, 3),
    /** Batches and matrices large enough for products and updates to be split over threads. */
    WIDE(56, 37, 45, 1, 203, 163, 29, 11),
    /** The same with a shortcut and with branches. */
    BRANCHED(56, 37, 45, 1, 203, 163, 29, 11);

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
        List<NamedLayer> model = Stream.of(
                        dense(units[0], new Relu(), Optional.empty()),
                        new BatchNorm(0.9, 1e-5),
                        new Dropout(0.2),
                        around(dense(units[1], new Tanh(), Optional.of(new L2(0.5)))),
                        branches(dense(units[2], new Sigmoid(), Optional.of(new L1(0.1)))),
                        dense(units[3], new Softmax(), Optional.empty()))
                .map(layer -> new NamedLayer(Optional.empty(), layer))
                .toList();
        Data data = new Data(
                source(),
                Optional.empty(),
                Optional.empty(),
                List.of(new Standardize(Optional.empty(), Optional.empty())),
                List.of(),
                false,
                batch,
                true);
        return new Experiment(
                Experiment.VERSION,
                Optional.of("same-bits"),
                7,
                precision,
                List.of(),
                data,
                model,
                Optional.of(new CrossEntropy(Optional.empty())),
                Map.of(),
                new Adam(new CosineRate(0.01, 0, Optional.empty()), 0.9, 0.999, 1e-8),
                Optional.empty(),
                new Training(epochs, Optional.of(1.0), Optional.empty(), Optional.empty()),
                Optional.of(List.of(NamedMetric.of(new MeanLoss()), NamedMetric.of(new Accuracy()))),
                List.of(),
                Map.of(),
                List.of());
    }

    private LayerSpec around(LayerSpec inner) {
        return this == BRANCHED ? new Residual(named(inner), Optional.empty()) : inner;
    }

    /** Return branches of which the first reads a value twice, for a product with itself, and the last is the input. */
    private LayerSpec branches(LayerSpec inner) {
        if (this != BRANCHED) {
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

    private static List<NamedLayer> named(LayerSpec layer) {
        return List.of(new NamedLayer(Optional.empty(), layer));
    }

    private static LayerSpec dense(int units, Activation activation, Optional<Regularizer> regularizer) {
        return new Dense(units, activation, new HeNormal(), new Zeros(), regularizer, Trainable.TRUE, true);
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
        return new InlineSource(rows, Optional.empty(), Optional.of(labels));
    }

    /** Every third input of the wide one, as the margins of images are: vector kernels leave its products out. */
    private boolean isAlwaysZero(int input) {
        return this == WIDE && input % 3 == 1;
    }
}
