package dev.chainrule.engine.evaluation;

import dev.chainrule.api.data.Target;
import dev.chainrule.engine.data.Dataset;
import dev.chainrule.engine.data.Pipeline;
import dev.chainrule.engine.experiment.Measure;
import dev.chainrule.engine.objective.Objective;
import dev.chainrule.engine.objective.OutputCost;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.network.BatchPass;
import dev.chainrule.model.network.Network;
import dev.chainrule.model.network.NetworkMemory;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Measurements of a network on a dataset, which do not change the network. */
public final class Evaluator {
    private static final int ROWS = NetworkMemory.MOST_MEASURED;

    private final Network network;
    private final Objective objective;
    private final Pipeline pipeline;
    private final List<Measure> metrics;
    private final BatchPass pass = BatchPass.forInference();

    /** Create an evaluator of one network; it uses the network's own matrices, so it must not run during a training step. */
    @Inject
    public Evaluator(Network network, Objective objective, Pipeline pipeline, List<Measure> metrics) {
        this.network = network;
        this.objective = objective;
        this.pipeline = pipeline;
        this.metrics = List.copyOf(metrics);
    }

    /**
     * The result of an evaluation.
     *
     * @param metrics by full name, {@code test.accuracy}
     * @param confusion examples, or their positions, by true class and predicted class, by the outputs whose targets are classes
     */
    public record Result(Map<String, Double> metrics, SortedMap<Integer, int[][]> confusion) {}

    /** The receiver of the answers to all examples. */
    public interface Answers {
        /**
         * Receive one example, to be read before the call returns.
         *
         * @param head the number of the output
         * @param index the example's number
         * @param a [rows, outputs] a batch of outputs, a row for each position, in the unit of the data
         * @param y [rows, target] their targets, in the unit of the data
         * @param cost of the example
         * @param row the first of the example
         */
        void accept(int head, int index, Matrix a, Matrix y, double cost, int row);
    }

    /** Evaluate all examples of a dataset, loaded before. */
    public Result evaluate(Dataset dataset) {
        return evaluate(dataset, (head, index, a, y, cost, row) -> {});
    }

    /** Evaluate all examples of a dataset, loaded before, and pass on the answer to each. */
    public Result evaluate(Dataset dataset, Answers answers) {
        dataset.load();
        Scores scores = new Scores(dataset.name(), metrics, pipeline);
        SortedMap<Integer, int[][]> confusion = new TreeMap<>();
        for (int h = 0; h < pipeline.heads(); h++) {
            int count = pipeline.target(h).names().size();
            if (pipeline.target(h).isClass()) {
                confusion.put(h, new int[count][count]);
            }
        }
        int[] order = dataset.inOrder();
        for (int from = 0; from < order.length; from += ROWS) {
            int rows = Math.min(ROWS, order.length - from);
            Matrix x = pipeline.inputs(dataset, order, from, rows);
            Matrix y = pipeline.targets(dataset, order, from, rows);
            objective.forward(x, y, pass);
            scores.add(objective);
            confusion.forEach((h, counts) -> {
                OutputCost head = objective.heads().get(h);
                Matrix own = head.targets(y);
                Matrix outputs = pipeline.measuredOutputs(h, head.outputs());
                for (int i = 0; i < own.rows(); i++) {
                    counts[Target.trueClass(own, i)][pipeline.predictedClass(h, outputs, i)]++;
                }
            });
            for (int h = 0; h < pipeline.heads(); h++) {
                OutputCost head = objective.heads().get(h);
                Matrix shown = pipeline.measuredOutputs(h, head.outputs());
                Matrix targets = pipeline.measuredTargets(h);
                Matrix costs = head.exampleCosts();
                for (int i = 0; i < rows; i++) {
                    answers.accept(
                            h,
                            from + i,
                            shown,
                            targets,
                            costs.get(i, 0),
                            i * pipeline.target(h).rows());
                }
            }
        }
        return new Result(scores.values(), confusion);
    }

    /**
     * The predictions of one output for a batch.
     *
     * @param a [rows, outputs], a row for each position, in the unit of the data
     * @param distance [rows, outputs] half the distance from each output to the nearest other number of the precision
     * @param costs [rows, 1] of the examples if their inputs are their targets
     */
    public record Prediction(Matrix a, Matrix distance, Optional<Matrix> costs) {}

    /** The receiver of the outputs of all examples. */
    public interface Predictions {
        /**
         * Receive one example, to be read before the call returns.
         *
         * @param index the example's number
         * @param row the example's number in the batch
         * @param outputs those of a batch, by output of the network
         */
        void accept(int index, List<Prediction> outputs, int row);
    }

    /** Compute the outputs of all examples of a dataset, in order, loaded before. Targets are not needed. */
    public void predict(Dataset dataset, Predictions predictions) {
        dataset.load();
        int[] order = dataset.inOrder();
        for (int from = 0; from < order.length; from += ROWS) {
            int rows = Math.min(ROWS, order.length - from);
            Matrix x = pipeline.inputs(dataset, order, from, rows);
            network.forward(x, pass);
            List<Prediction> outputs = new ArrayList<>();
            for (int h = 0; h < pipeline.heads(); h++) {
                OutputCost head = objective.heads().get(h);
                Matrix distance = halfways(h, head.outputs());
                outputs.add(new Prediction(
                        pipeline.measuredOutputs(h, head.outputs()),
                        distance,
                        pipeline.reconstructs(h) ? Optional.of(head.costsOf(x)) : Optional.empty()));
            }
            for (int i = 0; i < rows; i++) {
                predictions.accept(from + i, outputs, i);
            }
        }
    }

    /** Measure half the distance from each output to its nearer neighbour in the precision, in the unit of the data. */
    private Matrix halfways(int head, Matrix a) {
        if (pipeline.target(head).isClass()) {
            return halfways(pipeline.measuredOutputs(head, a));
        }
        Matrix neighbours = a.copy();
        Matrix halfways = new DoubleMatrix(a.rows(), a.columns());
        halfways.fill(Double.POSITIVE_INFINITY);
        Matrix here = pipeline.measuredOutputs(head, a).copy();
        for (boolean up : new boolean[] {false, true}) {
            for (int i = 0; i < a.rows(); i++) {
                for (int j = 0; j < a.columns(); j++) {
                    neighbours.set(i, j, a.precision().neighbour(a.get(i, j), up));
                }
            }
            Matrix there = pipeline.measuredOutputs(head, neighbours);
            for (int i = 0; i < a.rows(); i++) {
                for (int j = 0; j < a.columns(); j++) {
                    double half = Math.abs(there.get(i, j) - here.get(i, j)) / 2;
                    halfways.set(i, j, Math.min(halfways.get(i, j), half));
                }
            }
        }
        return halfways;
    }

    /** Measure half the distance from each number to its nearer neighbour. */
    private static Matrix halfways(Matrix here) {
        Matrix halfways = new DoubleMatrix(here.rows(), here.columns());
        for (int i = 0; i < here.rows(); i++) {
            for (int j = 0; j < here.columns(); j++) {
                double a = here.get(i, j);
                double below = Math.abs(here.precision().neighbour(a, false) - a);
                double above = Math.abs(here.precision().neighbour(a, true) - a);
                halfways.set(i, j, Math.min(below, above) / 2);
            }
        }
        return halfways;
    }
}
