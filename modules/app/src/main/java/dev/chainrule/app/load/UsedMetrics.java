package dev.chainrule.app.load;

import dev.chainrule.api.HookSpec;
import dev.chainrule.api.Schedule;
import dev.chainrule.api.error.Suggestion;
import dev.chainrule.config.Problem;
import dev.chainrule.config.Problems;
import dev.chainrule.config.bind.Located;
import dev.chainrule.config.registry.Registry;
import dev.chainrule.engine.assembly.MetricNames;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.model.ConfigPaths;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An early check of the names of metrics below {@code expect}, in hooks and in schedules, without data: a misspelt name must not
 * wait for the data to be read.
 */
public final class UsedMetrics {
    private UsedMetrics() {}

    /**
     * Report every name that no config could measure.
     *
     * @param problems modified: receives the problems
     */
    public static void check(Located<Experiment> bound, Registry registry, Problems problems) {
        Experiment experiment = bound.value();
        List<String> known = ConfigSchema.metrics(registry, experiment);
        List<String> likely =
                known.stream().filter(name -> isLikely(name, experiment)).toList();
        for (Map.Entry<String, String> use : uses(experiment)) {
            String path = use.getKey();
            String name = use.getValue();
            if (!known.contains(name)) {
                Optional<String> meant = MetricNames.meant(name, likely)
                        .or(() -> Suggestion.nearest(name, likely))
                        .or(() -> Suggestion.nearest(name, known));
                problems.add(Problem.error(
                        bound.locations().nearest(path),
                        path,
                        "no metric is called '" + name + "'",
                        List.of(meant.map(near -> "Did you mean '" + near + "'? ")
                                        .orElse("")
                                + form(experiment))));
            }
        }
    }

    private static String form(Experiment experiment) {
        return experiment.outputs().keySet().stream()
                .findFirst()
                .map(output ->
                        "Write train, validation or test, an output and a metric, separated by dots, as in train."
                                + output + ".loss.")
                .orElse("Write train, validation or test, a dot, and a metric, as in train.loss.");
    }

    /** Return the places of the config that use metrics, with their names. */
    private static List<Map.Entry<String, String>> uses(Experiment experiment) {
        List<Map.Entry<String, String>> uses = new ArrayList<>();
        experiment.expect().keySet().forEach(name -> uses.add(Map.entry("expect." + name, name)));
        Schedule rate = experiment.optimizer().learningRate();
        rate.metricsUsed().forEach(name -> uses.add(Map.entry(place("optimizer.learning_rate", rate, name), name)));
        for (int i = 0; i < experiment.hooks().size(); i++) {
            HookSpec hook = experiment.hooks().get(i);
            for (String name : hook.metricsUsed()) {
                uses.add(Map.entry(place("hooks[" + i + "]", hook, name), name));
            }
        }
        return uses;
    }

    private static String place(String path, Object watcher, String name) {
        return watcher instanceof Record record
                ? ConfigPaths.find(path, record, name::equals).orElse(path)
                : path;
    }

    /** Return whether a config with these declarations is likely to measure a name. */
    private static boolean isLikely(String name, Experiment experiment) {
        boolean hasPart = name.startsWith("train.")
                || name.startsWith("test.") && experiment.data().test().isPresent()
                || name.startsWith("validation.")
                        && experiment.data().validation().isPresent();
        String metric = name.substring(name.indexOf('.') + 1);
        return hasPart
                && experiment.heads().stream()
                        .anyMatch(head -> head.output()
                                .metrics()
                                .map(all -> all.stream()
                                        .anyMatch(one -> head.label(one.label()).equals(metric)))
                                .orElse(true));
    }
}
