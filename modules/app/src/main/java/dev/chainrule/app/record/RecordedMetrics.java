package dev.chainrule.app.record;

import dev.chainrule.api.error.InputException;
import dev.chainrule.engine.files.JsonReader;
import dev.chainrule.engine.record.RunRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The metrics that a run measured.
 *
 * @param epoch whose end the kept model is, from 1; empty for a model between two epochs, or one that no epoch ended with
 * @param kept by name: the value for the kept model; for a run without one, the value of its last epoch
 * @param best by name: the best value of all epochs, the last where it is not known which is better
 * @param falling those of which less is better
 */
public record RecordedMetrics(
        OptionalInt epoch, Map<String, Double> kept, Map<String, Double> best, Set<String> falling) {
    /** What begins the name of a metric's best value. */
    public static final String BEST = "best.";

    private static final List<String> PLACES = List.of("epoch", "step");

    /**
     * Read run.json and metrics.jsonl; an incomplete last line of a killed run is skipped.
     *
     * @throws InputException if they cannot be read
     */
    public static RecordedMetrics read(RunRecord record) {
        List<Map<String, Double>> lines = RunFiles.lines(record.directory().metrics()).stream()
                .map(line -> values(line, record))
                .toList();
        Map<String, Double> best = new LinkedHashMap<>();
        Set<String> falling = new TreeSet<>();
        for (Map<String, Double> line : lines) {
            line.forEach((name, value) -> {
                String better = record.text("better", name.substring(name.indexOf('.') + 1));
                if (better.equals("lower")) {
                    falling.add(name);
                }
                best.merge(name, value, (a, b) -> better(a, b, better));
            });
        }
        return new RecordedMetrics(epoch(record), kept(record, lines), best, falling);
    }

    private static OptionalInt epoch(RunRecord record) {
        return record.find("result", "epoch")
                .filter(Number.class::isInstance)
                .map(number -> OptionalInt.of(((Number) number).intValue()))
                .orElse(OptionalInt.empty());
    }

    /** A run without a result, since it was killed or is under way, has the last value of every metric. */
    private static Map<String, Double> kept(RunRecord record, List<Map<String, Double>> lines) {
        Map<String, Double> kept = new LinkedHashMap<>();
        if (record.find("result", "metrics").orElse(null) instanceof Map<?, ?> metrics) {
            metrics.forEach((name, value) -> kept.put((String) name, number(value)));
        } else {
            lines.forEach(kept::putAll);
        }
        return kept;
    }

    /** Return a value of the kept model, or the best of all epochs where the name begins with {@code best.}. */
    public Optional<Double> find(String name) {
        return Optional.ofNullable(name.startsWith(BEST) ? best.get(name.substring(BEST.length())) : kept.get(name));
    }

    /** Return the epoch of the kept model as text; {@code ""} if it is of none. */
    public String epochText() {
        return epoch.isPresent() ? String.valueOf(epoch.getAsInt()) : "";
    }

    /** Return whether less is better of a metric, named as in {@link #find}. */
    public boolean isFalling(String name) {
        return falling.contains(name.startsWith(BEST) ? name.substring(BEST.length()) : name);
    }

    /** Return every name that {@link #find} knows, those of the kept model first. */
    public List<String> names() {
        return Stream.concat(kept.keySet().stream(), best.keySet().stream().map(BEST::concat))
                .toList();
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

    /** Return the values of a line of metrics.jsonl. */
    private static Map<String, Double> values(String line, RunRecord record) {
        try {
            Map<String, Double> values = new LinkedHashMap<>();
            ((Map<?, ?>) JsonReader.read(line)).forEach((name, value) -> {
                if (!PLACES.contains((String) name)) {
                    values.put((String) name, number(value));
                }
            });
            return values;
        } catch (IllegalArgumentException | ClassCastException | NullPointerException e) {
            throw new InputException("a line is damaged: " + e.getMessage())
                    .inFile(record.directory().metrics().toString());
        }
    }
}
