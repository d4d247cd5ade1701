package dev.chainrule.engine.training.step;

import dev.chainrule.engine.data.Datasets;
import dev.chainrule.engine.data.ExampleOrder;
import dev.chainrule.engine.data.Pipeline;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.math.Matrix;
import jakarta.inject.Inject;

/** The batches of the training data, one in memory at a time: those of an epoch partition its order of the examples. */
public final class TrainingBatches {
    private final Datasets datasets;
    private final Pipeline pipeline;
    private final ExampleOrder examples;
    private final int size;
    private final RunProgress progress;
    private int[] order = {};
    private int orderedEpoch = -1;
    private int from;
    private Matrix x;
    private Matrix y;
    /** The weights of the batch's examples; empty if they have none. */
    private double[] weights = {};

    @Inject
    public TrainingBatches(Experiment experiment, Datasets datasets, Pipeline pipeline, RunProgress progress) {
        this.datasets = datasets;
        this.pipeline = pipeline;
        this.examples = new ExampleOrder(experiment, datasets.train());
        this.size = experiment.data().batchSize().examples();
        this.progress = progress;
    }

    /** Read the next batch of the present epoch. */
    void readNext() {
        int epoch = progress.recordedEpochs();
        if (epoch != orderedEpoch) {
            order = examples.of(epoch);
            orderedEpoch = epoch;
        }
        from = Math.toIntExact(progress.batch()) * size;
        x = pipeline.inputs(datasets.train(), order, from, rows(), epoch);
        y = pipeline.targets(datasets.train(), order, from, rows(), epoch);
        if (datasets.train().hasWeights()) {
            weights = weights.length == rows() ? weights : new double[rows()]; // the last batch may have fewer
            datasets.train().readWeights(order, from, weights);
        }
    }

    /** Return the place in its epoch of the batch's first example. */
    int from() {
        return from;
    }

    /** Return the number of examples in the batch. */
    int rows() {
        return Math.min(size, order.length - from);
    }

    /** Return the inputs [batch, in], to be read before the next batch. */
    Matrix x() {
        return x;
    }

    /** Return the targets [batch, target], to be read before the next batch. */
    Matrix y() {
        return y;
    }

    /** Return the weights of the batch's examples, to be read before the next batch; none if each counts once. */
    double[] weights() {
        return weights;
    }

    /** Return {@code 60000 examples, batches of 10, 30 epochs of 6000 steps}. */
    @Override
    public String toString() {
        return examples.size() + " examples, batches of " + Math.min(size, examples.size()) + ", " + progress.epochs()
                + " epochs of " + progress.stepsPerEpoch() + " steps";
    }
}
