package dev.chainrule.app.load;

import dev.chainrule.api.error.Suggestion;
import dev.chainrule.config.Problem;
import dev.chainrule.config.Problems;
import dev.chainrule.config.bind.Located;
import dev.chainrule.config.registry.Registry;
import dev.chainrule.engine.assembly.MetricNames;
import dev.chainrule.engine.experiment.Experiment;
import java.util.List;

/** An early check of the names below {@code expect}, without data: a misspelt name must not wait for the data to be read. */
public final class Expected {
    private Expected() {}

    /**
     * Report every name that no config could measure.
     *
     * @param problems modified: receives the problems
     */
    public static void check(Located<Experiment> bound, Registry registry, Problems problems) {
        Experiment experiment = bound.value();
        List<String> known = ConfigSchema.metrics(registry, experiment.metrics().orElse(List.of()));
        List<String> likely =
                known.stream().filter(name -> isLikely(name, experiment)).toList();
        for (String name : experiment.expect().keySet()) {
            if (!known.contains(name)) {
                String path = "expect." + name;
                problems.add(Problem.error(
                        bound.locations().nearest(path),
                        path,
                        "no metric is called '" + name + "'",
                        List.of(MetricNames.meant(name, likely)
                                        .map(meant -> "Did you mean '" + meant + "'? ")
                                        .orElseGet(() -> Suggestion.didYouMean(name, likely))
                                + "Write train, validation or test, a dot, and a metric, as in test.loss.")));
            }
        }
    }

    /** Return whether a config with these declarations is likely to measure a name. */
    private static boolean isLikely(String name, Experiment experiment) {
        boolean hasPart = name.startsWith("train.")
                || name.startsWith("test.") && experiment.data().test().isPresent()
                || name.startsWith("validation.")
                        && experiment.data().validation().isPresent();
        String metric = name.substring(name.indexOf('.') + 1);
        return hasPart
                && experiment
                        .metrics()
                        .map(all -> all.stream().anyMatch(one -> one.label().equals(metric)))
                        .orElse(true);
    }
}
