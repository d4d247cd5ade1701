package dev.chainrule.engine.experiment;

import dev.chainrule.api.Metric;
import dev.chainrule.api.data.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * A metric of one output of a network, or of the cost of all.
 *
 * @param label that follows {@code test.}: {@code good.accuracy}
 * @param head the number of the output; {@link #ALL} for the cost of all
 * @param path of the metric in the config
 */
public record Measure(String label, NamedMetric named, int head, String path) {
    /** The number that stands for the cost of all outputs. */
    public static final int ALL = -1;

    private static final String LOSS = "loss";

    public Metric metric() {
        return named.metric();
    }

    /**
     * Return all metrics of an experiment: those of each output, before them the loss of all if they have names.
     *
     * @param metricsOf the metrics for a target: the config's, or the defaults if it lists none
     * @param targets by the number of the output
     */
    public static List<Measure> of(
            Experiment experiment, Function<Target, List<NamedMetric>> metricsOf, IntFunction<Target> targets) {
        List<Measure> measures = new ArrayList<>();
        List<Head> heads = experiment.heads();
        if (!experiment.outputs().isEmpty()) {
            metricsOf.apply(Target.NONE).stream()
                    .filter(metric -> metric.label().equals(LOSS))
                    .forEach(metric -> measures.add(new Measure(LOSS, metric, ALL, "outputs")));
        }
        for (int h = 0; h < heads.size(); h++) {
            Head head = heads.get(h);
            Target target = targets.apply(h);
            List<NamedMetric> metrics = head.output().metrics().orElseGet(() -> metricsOf.apply(target));
            for (int i = 0; i < metrics.size(); i++) {
                NamedMetric metric = metrics.get(i);
                String path = head.path("metrics") + "[" + i + "]";
                measures.add(new Measure(head.label(metric.label()), metric, h, path));
            }
        }
        return List.copyOf(measures);
    }
}
