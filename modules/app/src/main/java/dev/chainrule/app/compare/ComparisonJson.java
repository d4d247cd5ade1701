package dev.chainrule.app.compare;

import dev.chainrule.engine.files.JsonReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON of the steps, epochs and metrics of two runs. */
final class ComparisonJson {
    private final RunComparison comparison;
    private final String one;
    private final String other;

    private ComparisonJson(RunComparison comparison, String one, String other) {
        this.comparison = comparison;
        this.one = one;
        this.other = other;
    }

    /**
     * Return the keys {@code steps}, {@code epochs} and {@code metrics}.
     *
     * @param one the key of values of the first run
     * @param other that of the second
     */
    static Map<String, Object> of(RunComparison comparison, String one, String other) {
        ComparisonJson json = new ComparisonJson(comparison, one, other);
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("steps", json.steps());
        all.put("epochs", json.epochs());
        all.put("metrics", json.metrics());
        return all;
    }

    private Map<String, Object> steps() {
        Map<String, Object> difference = new LinkedHashMap<>();
        comparison.step().ifPresent(step -> {
            difference.put("step", step + 1);
            difference.put(
                    "loss",
                    pair(
                            comparison.oneSteps().loss(step),
                            comparison.otherSteps().loss(step)));
            difference.put(
                    "gradient_norm",
                    pair(
                            comparison.oneSteps().gradientNorm(step),
                            comparison.otherSteps().gradientNorm(step)));
        });
        return counted(comparison.oneSteps().size(), comparison.otherSteps().size(), difference);
    }

    private Map<String, Object> epochs() {
        Map<String, Object> difference = new LinkedHashMap<>();
        comparison.epoch().ifPresent(epoch -> {
            difference.put("epoch", epoch + 1);
            difference.put("tensors", comparison.tensors());
        });
        return counted(
                comparison.oneChain().links().size(),
                comparison.otherChain().links().size(),
                difference);
    }

    private Map<String, Object> metrics() {
        List<String> mine = comparison.oneMetrics();
        List<String> others = comparison.otherMetrics();
        Map<String, Object> difference = new LinkedHashMap<>();
        comparison.line().ifPresent(line -> {
            difference.put("line", line + 1);
            difference.putAll(pair(parsed(mine.get(line)), parsed(others.get(line))));
        });
        return counted(mine.size(), others.size(), difference);
    }

    private Map<String, Object> counted(int mine, int others, Map<String, Object> difference) {
        Map<String, Object> counted = pair(mine, others);
        counted.put("first_difference", difference.isEmpty() ? null : difference);
        return counted;
    }

    private Map<String, Object> pair(Object mine, Object others) {
        Map<String, Object> pair = new LinkedHashMap<>();
        pair.put(one, mine);
        pair.put(other, others);
        return pair;
    }

    /** Return the values of a line of metrics.jsonl, or its text if it was damaged. */
    private static Object parsed(String line) {
        try {
            return JsonReader.read(line);
        } catch (IllegalArgumentException e) {
            return line;
        }
    }
}
