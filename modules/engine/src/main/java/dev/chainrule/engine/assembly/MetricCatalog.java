package dev.chainrule.engine.assembly;

import dev.chainrule.api.Metric;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.engine.data.Dataset;
import dev.chainrule.engine.data.Datasets;
import dev.chainrule.engine.experiment.ConfigErrors;
import dev.chainrule.engine.experiment.Expectation;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.engine.experiment.Measure;
import dev.chainrule.math.Numbers;
import dev.chainrule.model.ConfigPaths;
import dev.chainrule.model.network.Network;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The metrics that a run measures, and a check of everything that uses them: expectations, hooks, schedules. */
final class MetricCatalog {
    private static final String TEST = "test";
    private static final List<String> PARTS = List.of("train", "validation", TEST);

    private final List<String> parts = new ArrayList<>();
    private final List<Measure> measured;
    private final Map<String, Metric> metrics = new LinkedHashMap<>();

    MetricCatalog(Datasets datasets, List<Measure> measured) {
        this.measured = measured;
        for (Dataset dataset : datasets.all()) {
            parts.add(dataset.name());
            for (Measure metric : measured) {
                metrics.put(dataset.name() + "." + metric.label(), metric.metric());
            }
        }
    }

    /** Check the names of metrics, and everything in a config that refers to one. */
    void check(Experiment experiment, ConfigErrors errors) {
        checkNames(errors);
        for (Map.Entry<String, Expectation> expected : experiment.expect().entrySet()) {
            errors.check(() -> checkBand(expected.getKey(), expected.getValue()));
        }
        watch("optimizer.learning_rate", experiment.optimizer().learningRate(), errors);
        for (int i = 0; i < experiment.hooks().size(); i++) {
            watch("hooks[" + i + "]", experiment.hooks().get(i), errors);
        }
    }

    private void checkNames(ConfigErrors errors) {
        Map<String, Integer> first = new LinkedHashMap<>();
        for (int i = 0; i < measured.size(); i++) {
            String label = measured.get(i).label();
            Integer other = first.putIfAbsent(label, i);
            if (other != null) {
                boolean named = measured.get(i).named().name().isPresent();
                String path = measured.get(i).path();
                errors.add(new InputException(
                                measured.get(other).path() + " and " + path + " are both called '" + label + "'",
                                "Give one of them another name, such as name: "
                                        + measured.get(i).named().label() + "_" + (i + 1) + ".")
                        .atConfig(path + (named ? ".name" : "")));
            }
        }
    }

    private void checkBand(String name, Expectation band) {
        Metric metric = metrics.get(name);
        if (metric == null) {
            throw unknown("expect contains", name, List.copyOf(metrics.keySet()))
                    .atConfig("expect." + name);
        }
        Bounds bounds = metric.values();
        if (band.min().isPresent() && band.min().get() > bounds.greatest()) {
            throw outOfReach(name, "min", band.min().get(), "never above " + Numbers.format(bounds.greatest()), bounds);
        }
        if (band.max().isPresent() && band.max().get() < bounds.least()) {
            throw outOfReach(name, "max", band.max().get(), "never below " + Numbers.format(bounds.least()), bounds);
        }
    }

    private static InputException outOfReach(String name, String key, double value, String limit, Bounds bounds) {
        boolean percent = bounds.equals(Bounds.FRACTIONS) && value >= 2 && value <= 100;
        return new InputException(
                        name + " is " + limit + ", so it cannot pass " + key + ": " + Numbers.format(value),
                        percent
                                ? "It is a fraction: " + Numbers.format(value) + " % is written "
                                        + Numbers.format(value / 100) + "."
                                : "Write a number that it can reach.")
                .atConfig("expect." + name + "." + key);
    }

    private void watch(String path, Object watcher, ConfigErrors errors) {
        if (names(watcher).isEmpty()) {
            return;
        }
        // Test data are evaluated once, at the end: nothing can watch them.
        List<String> known = metrics.keySet().stream()
                .filter(name -> !name.startsWith(TEST + "."))
                .toList();
        for (String name : names(watcher)) {
            if (!known.contains(name)) {
                String place = Optional.of(watcher)
                        .filter(Record.class::isInstance)
                        .flatMap(record -> ConfigPaths.find(path, (Record) record, name::equals))
                        .orElse(path);
                errors.add(
                        unknown(Network.kind(watcher) + " watches", name, known).atConfig(place));
            }
        }
    }

    private static List<String> names(Object watcher) {
        return watcher instanceof dev.chainrule.api.Schedule schedule
                ? schedule.metricsUsed()
                : ((dev.chainrule.api.HookSpec) watcher).metricsUsed();
    }

    /** Return the problem of a metric that is not measured; its user may be a default that the config does not show. */
    private InputException unknown(String user, String name, List<String> known) {
        String asked = MetricNames.canonical(name, metrics.keySet());
        String part = asked.replaceFirst("\\..*", "");
        String metric = asked.substring(Math.min(asked.length(), part.length() + 1));
        List<String> notes = new ArrayList<>();
        String message = user + " " + asked + ", ";
        String hint = "";
        if (known.contains(asked)) {
            message = "no metric is called '" + name + "'";
            hint = "Did you mean '" + asked + "'? ";
        } else if (PARTS.contains(part) && !parts.contains(part)) {
            message += "but there is no " + part + " data";
            notes.add("Add data." + part + ", such as " + part + ": { fraction: 0.1 }.");
        } else if (metrics.containsKey(asked)) {
            message += "but test data is evaluated only once, at the end";
        } else if (parts.contains(part)) {
            message += "which is not measured";
            notes.add("Add " + metric + " to metrics.");
        } else {
            message = "no metric is called '" + name + "'";
        }
        notes.add(0, hint + "Measured: " + String.join(", ", known) + ".");
        return new InputException(message, notes.toArray(String[]::new));
    }
}
