package dev.chainrule.engine.evaluation;

import dev.chainrule.api.Metric;
import dev.chainrule.api.training.State;
import dev.chainrule.engine.data.Pipeline;
import dev.chainrule.engine.experiment.Measure;
import dev.chainrule.engine.objective.Objective;
import dev.chainrule.engine.objective.OutputCost;
import dev.chainrule.engine.record.Checkpoint;
import dev.chainrule.math.Matrix;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** The metrics of one pass over a dataset. */
public final class Scores {
    private final Pipeline pipeline;
    private final List<String> names;
    private final int[] heads;
    private final boolean total;
    /** Whether each metric depends on predicted classes alone. */
    private final boolean[] judges;

    private final List<Metric.Accumulator> accumulators;

    /**
     * Begin collecting.
     *
     * @param prefix train, validation or test
     * @param pipeline through which the examples are read
     */
    public Scores(String prefix, List<Measure> metrics, Pipeline pipeline) {
        this.pipeline = pipeline;
        names = metrics.stream().map(metric -> prefix + "." + metric.label()).toList();
        heads = metrics.stream().mapToInt(Measure::head).toArray();
        total = metrics.stream().anyMatch(metric -> metric.head() == Measure.ALL);
        judges = new boolean[metrics.size()];
        for (int i = 0; i < judges.length; i++) {
            judges[i] = metrics.get(i).metric().judgesClasses();
        }
        accumulators = metrics.stream()
                .map(metric -> metric.metric().start(pipeline.target(Math.max(0, metric.head()))))
                .toList();
    }

    /**
     * Add the batch whose targets the pipeline has read last.
     *
     * @param objective with the outputs and costs of the batch
     */
    public void add(Objective objective) {
        if (total) {
            addTotal(objective.total());
        }
        for (int h = 0; h < pipeline.heads(); h++) { // without an iterator: a step allocates nothing
            OutputCost head = objective.heads().get(h);
            add(h, head.outputs(), head.costs());
        }
    }

    /** Add the costs [batch, 1] of examples over all outputs, which only the loss measures: it reads no outputs. */
    private void addTotal(Matrix costs) {
        for (int i = 0; i < accumulators.size(); i++) {
            if (heads[i] == Measure.ALL) {
                accumulators.get(i).add(costs, costs, costs);
            }
        }
    }

    /**
     * Add a batch of one output, whose targets the pipeline has read last.
     *
     * @param a [rows, outputs] of the output. Not modified.
     * @param costs [rows, 1]. Not modified.
     */
    void add(int head, Matrix a, Matrix costs) {
        Matrix outputs = null;
        for (int i = 0; i < accumulators.size(); i++) {
            if (heads[i] == head) {
                outputs = outputs == null ? pipeline.measuredOutputs(head, a) : outputs;
                Matrix seen = judges[i] ? pipeline.decidedOutputs(head, outputs) : outputs;
                accumulators.get(i).add(seen, pipeline.measuredTargets(head), costs);
            }
        }
    }

    /** Return the metrics by full name, such as {@code train.loss}. */
    public Map<String, Double> values() {
        Map<String, Double> values = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            values.put(names.get(i), accumulators.get(i).value());
        }
        return values;
    }

    /** Save the sums so far, each metric in a separate section. */
    public void save(SortedMap<String, State> sections) {
        for (int i = 0; i < accumulators.size(); i++) {
            State state = State.of(accumulators.get(i));
            sections.put(Checkpoint.METRIC + i + "." + names.get(i), state);
        }
    }

    /** Restore the sums at which a checkpoint was taken. */
    public void restore(Checkpoint from) {
        for (int i = 0; i < accumulators.size(); i++) {
            accumulators.get(i).restore(from.section(Checkpoint.METRIC + i + "." + names.get(i)));
        }
    }
}
