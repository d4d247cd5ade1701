package dev.chainrule.app.record;

import dev.chainrule.api.InputException;
import dev.chainrule.engine.files.JsonReader;
import dev.chainrule.engine.record.RunRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Read the metrics that a run measured.
 *
 * @param best by name: the best value of all epochs, the last where it is not known which is better
 * @param falling those of which less is better
 */
record RecordedMetrics(Map<String, Double> best, Set<String> falling) {
    private static final List<String> PLACES = List.of("epoch", "step");

    /**
     * Read metrics.jsonl; half a line of a killed run is passed over.
     *
     * @throws InputException if it cannot be read
     */
    static RecordedMetrics read(RunRecord record) {
        Map<String, Double> best = new LinkedHashMap<>();
        Set<String> falling = new TreeSet<>();
        for (String line : RunComparison.lines(record.directory().metrics())) {
            try {
                ((Map<?, ?>) JsonReader.read(line)).forEach((key, value) -> {
                    String name = (String) key;
                    if (!PLACES.contains(name)) {
                        String better = record.text("better", name.substring(name.indexOf('.') + 1));
                        if (better.equals("lower")) {
                            falling.add(name);
                        }
                        best.merge(name, number(value), (a, b) -> better(a, b, better));
                    }
                });
            } catch (IllegalArgumentException | ClassCastException e) {
                throw new InputException("a line is damaged: " + e.getMessage())
                        .inFile(record.directory().metrics().toString());
            }
        }
        return new RecordedMetrics(best, falling);
    }

    /** Values that JSON has no numbers for are no better than any. */
    private static double better(double before, double after, String better) {
        return switch (better) {
            case "lower" -> Double.isNaN(before) ? after : Double.isNaN(after) ? before : Math.min(before, after);
            case "higher" -> Double.isNaN(before) ? after : Double.isNaN(after) ? before : Math.max(before, after);
            default -> after;
        };
    }

    private static double number(Object value) {
        return value instanceof Number number ? number.doubleValue() : Double.parseDouble((String) value);
    }
}
