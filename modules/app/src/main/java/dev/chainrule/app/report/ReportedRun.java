package dev.chainrule.app.report;

import dev.chainrule.app.record.RecordedMetrics;
import dev.chainrule.app.report.page.Series;
import dev.chainrule.config.write.Explanation;
import dev.chainrule.engine.record.RecordedSteps;
import dev.chainrule.engine.record.RunRecord;
import dev.chainrule.model.network.Network;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that a page shows of a run.
 *
 * @param label how commands call it
 * @param config values of the resolved config by path
 * @param origins of the values of the config; empty if it cannot be composed again
 * @param text the config as given
 * @param rates the learning rate by step; empty if it cannot be computed again
 * @param examined the answers of the model, by output; empty if there is none, or no data
 * @param gaps the reasons why something is missing
 */
record ReportedRun(
        String label,
        RunRecord record,
        RecordedMetrics metrics,
        EpochTable epochs,
        RecordedSteps steps,
        Map<String, String> config,
        List<Explanation.Line> origins,
        List<String> text,
        Optional<Network> network,
        Optional<Series> rates,
        List<Examined> examined,
        List<String> gaps) {
    ReportedRun {
        origins = List.copyOf(origins);
        text = List.copyOf(text);
        examined = List.copyOf(examined);
        gaps = List.copyOf(gaps);
    }

    /** Return the dataset by which a run is judged: the first that was measured of test, validation and train. */
    String judged() {
        return List.of("test", "validation", "train").stream()
                .filter(dataset -> metrics.kept().keySet().stream().anyMatch(name -> name.startsWith(dataset + ".")))
                .findFirst()
                .orElse("train");
    }

    /** Return whether the network has the parameters of a model. */
    boolean hasModel() {
        return network.isPresent() && Files.isRegularFile(record.directory().model());
    }

    /** Return the labels of the metrics, in the order of the record. */
    List<String> labels() {
        return metrics.kept().keySet().stream()
                .map(name -> name.substring(name.indexOf('.') + 1))
                .distinct()
                .toList();
    }

    /** Return whether more is better of a metric, by its label. */
    boolean isRising(String label) {
        return record.text("better", label).equals("higher");
    }

    /** Return the value of a metric of the best constant prediction. */
    Optional<Double> baseline(String name) {
        return record.find("result", "baseline", name)
                .filter(Number.class::isInstance)
                .map(value -> ((Number) value).doubleValue());
    }
}
