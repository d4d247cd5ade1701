package dev.chainrule.engine.evaluation;

import dev.chainrule.api.Metric;
import dev.chainrule.api.data.Target;
import dev.chainrule.engine.data.Dataset;
import dev.chainrule.engine.data.Datasets;
import dev.chainrule.engine.data.Pipeline;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.engine.experiment.Head;
import dev.chainrule.engine.experiment.Measure;
import dev.chainrule.engine.objective.Rows;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.network.Network;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The best metrics of a constant prediction for all examples: a network that is no better has learned nothing.
 *
 * <p>The answers are taken from the training targets. For classes the answer is their shares, with the most common class as
 * the largest. For numbers both the mean, which minimises squared errors, and the median, which minimises absolute ones, are
 * tried, and each metric takes the better.
 */
public final class Baseline {
    private static final int ROWS = 500;
    /** Medians need all targets at once; beyond 32 MiB of targets only the mean is tried. */
    private static final long MOST_SORTED = 1L << 22;

    private final List<Head> heads;
    private final Datasets datasets;
    private final List<Measure> metrics;
    private final Pipeline pipeline;
    private final Network network;
    private final Kernels kernels;

    /** Create a baseline for the outputs of a network. */
    @Inject
    public Baseline(
            Experiment experiment, Datasets datasets, Pipeline pipeline, Network network, List<Measure> metrics) {
        this.heads = experiment.heads();
        this.datasets = datasets;
        this.metrics = List.copyOf(metrics);
        this.pipeline = pipeline;
        this.network = network;
        this.kernels = network.kernels();
    }

    /**
     * Return the metrics of the best constant by full name, for test and validation data, or for training data if there are no
     * others; nothing if no constant of the targets has the outputs' form.
     */
    public Map<String, Double> measure() {
        Map<String, Double> best = new LinkedHashMap<>();
        for (int h = 0; h < heads.size(); h++) {
            measure(h, best);
        }
        return best;
    }

    private void measure(int head, Map<String, Double> best) {
        List<Measure> own =
                metrics.stream().filter(metric -> metric.head() == head).toList();
        List<double[]> answers = answers(head);
        for (Dataset dataset : judged()) {
            for (double[] answer : answers) {
                Map<String, Double> values = measure(head, own, dataset, answer);
                for (Measure metric : own) {
                    String name = dataset.name() + "." + metric.label();
                    best.merge(name, values.get(name), (a, b) -> better(metric.metric(), a, b));
                }
            }
        }
    }

    private List<Dataset> judged() {
        List<Dataset> heldOut = new ArrayList<>();
        datasets.validation().ifPresent(heldOut::add);
        datasets.test().ifPresent(heldOut::add);
        return heldOut.isEmpty() ? List.of(datasets.train()) : heldOut;
    }

    private static double better(Metric metric, double one, double other) {
        if (Double.isNaN(one) || Double.isNaN(other)) {
            return Double.isNaN(one) ? other : one;
        }
        return metric.higherIsBetter() ? Math.max(one, other) : Math.min(one, other);
    }

    private List<double[]> answers(int head) {
        Dataset train = datasets.train();
        Target target = pipeline.target(head);
        int outputs = network.outputs().get(head).shape().size() / target.rows();
        if (target.form() == Target.Form.CLASS_INDEX) {
            return shares(head, train, target, outputs);
        }
        if (outputs != target.width()) {
            return List.of();
        }
        List<double[]> answers = new ArrayList<>(List.of(means(head, train, outputs)));
        if (target.form() == Target.Form.VALUES && (long) train.size() * target.size() <= MOST_SORTED) {
            answers.add(medians(head, train, outputs));
        }
        return answers;
    }

    /** Return the share of each class; only of the second for the single output that distinguishes two. */
    private List<double[]> shares(int head, Dataset train, Target target, int outputs) {
        double[] shares = new double[target.names().size()];
        forEachTarget(head, train, (y, row, number) -> shares[(int) y.get(row, 0)]++);
        for (int i = 0; i < shares.length; i++) {
            shares[i] /= rows(head, train);
        }
        if (outputs == shares.length) {
            return List.of(shares);
        }
        return outputs == 1 && shares.length == 2 ? List.of(new double[] {shares[1]}) : List.of();
    }

    private double[] means(int head, Dataset train, int outputs) {
        double[] means = new double[outputs];
        forEachTarget(head, train, (y, row, number) -> {
            for (int j = 0; j < outputs; j++) {
                means[j] += y.get(row, j);
            }
        });
        for (int j = 0; j < outputs; j++) {
            means[j] /= rows(head, train);
        }
        return means;
    }

    private double[] medians(int head, Dataset train, int outputs) {
        double[][] columns = new double[outputs][rows(head, train)];
        forEachTarget(head, train, (y, row, number) -> {
            for (int j = 0; j < outputs; j++) {
                columns[j][number] = y.get(row, j);
            }
        });
        double[] medians = new double[outputs];
        int middle = columns[0].length / 2;
        for (int j = 0; j < outputs; j++) {
            Arrays.sort(columns[j]);
            medians[j] = columns[j].length % 2 == 1
                    ? columns[j][middle]
                    : columns[j][middle - 1] / 2 + columns[j][middle] / 2;
        }
        return medians;
    }

    private Map<String, Double> measure(int head, List<Measure> own, Dataset dataset, double... answer) {
        int outputs = answer.length;
        Scores scores = new Scores(dataset.name(), own, pipeline);
        Matrix a = kernels.matrix(0, outputs);
        Matrix costs = kernels.matrix(0, 1);
        Rows seen = new Rows(pipeline.target(head), kernels.matrix(0, 0));
        int[] order = dataset.inOrder();
        for (int from = 0; from < order.length; from += ROWS) {
            int rows = Math.min(ROWS, order.length - from);
            Matrix y = seen.of(pipeline.targets(head, dataset, order, from, rows));
            a.reshape(y.rows(), outputs);
            costs.reshape(y.rows(), 1);
            for (int i = 0; i < y.rows(); i++) {
                for (int j = 0; j < outputs; j++) {
                    a.set(i, j, answer[j]);
                }
            }
            heads.get(head).output().loss().costs(a, y, costs, kernels);
            scores.add(head, a, costs);
        }
        return scores.values();
    }

    private interface Targets {
        void accept(Matrix y, int row, int number);
    }

    private void forEachTarget(int head, Dataset dataset, Targets consumer) {
        Rows seen = new Rows(pipeline.target(head), kernels.matrix(0, 0));
        int[] order = dataset.inOrder();
        for (int from = 0; from < order.length; from += ROWS) {
            int rows = Math.min(ROWS, order.length - from);
            Matrix y = seen.of(pipeline.targets(head, dataset, order, from, rows));
            for (int i = 0; i < y.rows(); i++) {
                consumer.accept(y, i, from * pipeline.target(head).rows() + i);
            }
        }
    }

    /** Return the rows of the targets of an output: a row for each position. */
    private int rows(int head, Dataset dataset) {
        return dataset.size() * pipeline.target(head).rows();
    }
}
