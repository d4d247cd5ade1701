package dev.chainrule.app.report;

import dev.chainrule.api.error.InputException;
import dev.chainrule.api.training.History;
import dev.chainrule.app.record.RunFiles;
import dev.chainrule.app.report.page.Series;
import dev.chainrule.engine.evaluation.RecordedHistory;
import dev.chainrule.engine.files.JsonReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ObjIntConsumer;
import java.util.stream.Collectors;

/**
 * The metrics of each epoch, as metrics.jsonl has them.
 *
 * @param lines one per epoch, in order, by metric; the line of the test data is not among them
 * @param stepsPerEpoch 0 if no epoch has ended
 */
record EpochTable(List<Map<String, Double>> lines, long stepsPerEpoch) {
    private static final String STEP = "step";
    private static final List<String> PLACES = List.of("epoch", STEP);

    /**
     * Read the file; an incomplete last line of a killed run is skipped.
     *
     * @throws InputException if it cannot be read
     */
    static EpochTable read(Path file) {
        List<Map<String, Double>> lines = new ArrayList<>();
        long steps = 0;
        for (String line : RunFiles.lines(file)) {
            Map<String, Double> values = values(line, file);
            if (lines.isEmpty()) {
                steps = values.getOrDefault(STEP, 0.0).longValue();
            }
            values.keySet().removeAll(PLACES);
            if (values.keySet().stream().noneMatch(name -> name.startsWith("test."))) {
                lines.add(values);
            }
        }
        return new EpochTable(lines, steps);
    }

    private static Map<String, Double> values(String line, Path file) {
        try {
            Map<String, Double> values = new LinkedHashMap<>();
            ((Map<?, ?>) JsonReader.read(line))
                    .forEach((name, value) -> values.put(
                            (String) name,
                            value instanceof Number number
                                    ? number.doubleValue()
                                    : Double.parseDouble((String) value)));
            return values;
        } catch (IllegalArgumentException | ClassCastException | NullPointerException e) {
            throw new InputException("a line is damaged: " + e.getMessage()).inFile(file.toString());
        }
    }

    /** Return the names of the metrics without their datasets, such as {@code loss}, in the order recorded. */
    List<String> labels() {
        return lines.stream()
                .flatMap(line -> line.keySet().stream())
                .distinct()
                .map(name -> name.substring(name.indexOf('.') + 1))
                .distinct()
                .toList();
    }

    /** Return the full names of the metrics, in the order recorded. */
    Set<String> names() {
        return lines.stream()
                .flatMap(line -> line.keySet().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Return a metric by its full name; empty if it was not recorded. */
    Optional<Series> series(String name) {
        List<Integer> epochs = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).containsKey(name)) {
                epochs.add(i);
            }
        }
        return epochs.isEmpty()
                ? Optional.empty()
                : Optional.of(new Series(
                        epochs.stream().mapToDouble(i -> i + 1).toArray(),
                        epochs.stream().mapToDouble(i -> lines.get(i).get(name)).toArray()));
    }

    /** Pass on each epoch, from 0, with the metrics of the epochs before it, as a schedule saw them. */
    void replay(ObjIntConsumer<History> consumer) {
        RecordedHistory history = new RecordedHistory();
        for (int i = 0; i < lines.size(); i++) {
            consumer.accept(history, i);
            history.record(lines.get(i));
        }
    }
}
