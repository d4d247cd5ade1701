package dev.chainrule.engine.evaluation;

import dev.chainrule.api.Metric;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.training.State;
import dev.chainrule.engine.data.Pipeline;
import dev.chainrule.engine.experiment.NamedMetric;
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
    private final List<Metric.Accumulator> accumulators;

    /**
     * Begin collecting.
     *
     * @param prefix train, validation or test
     * @param pipeline through which the examples are read
     */
    public Scores(String prefix, List<NamedMetric> metrics, Pipeline pipeline) {
        this.pipeline = pipeline;
        Target target = pipeline.encoding().target();
        names = metrics.stream().map(metric -> prefix + "." + metric.label()).toList();
        accumulators =
                metrics.stream().map(metric -> metric.metric().start(target)).toList();
    }

    /**
     * Add the batch whose targets the pipeline has read last.
     *
     * @param a [batch, outputs] of the network. Not modified.
     * @param costs [batch, 1] of its examples. Not modified.
     */
    public void add(Matrix a, Matrix costs) {
        Matrix outputs = pipeline.measuredOutputs(a);
        Matrix targets = pipeline.measuredTargets();
        for (int i = 0; i < accumulators.size(); i++) { // without an iterator: a step allocates nothing
            accumulators.get(i).add(outputs, targets, costs);
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
