package dev.chainrule.app.run;

import dev.chainrule.engine.training.RunOutcome;
import dev.chainrule.math.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The notes on a run's figures if their meaning is easily missed: a model past its best, or no better than a constant. */
final class RunNotes {
    private static final String WATCHED = "validation.loss";
    /** A validation loss varies by a few percent from epoch to epoch; twice the lowest is far outside that. */
    private static final double MUCH_WORSE = 2;

    private RunNotes() {}

    /**
     * Return sentences for the user, most important first.
     *
     * @param higherIsBetter of each metric, by its name without the dataset
     */
    static List<String> of(RunOutcome outcome, Map<String, Boolean> higherIsBetter) {
        List<String> notes = new ArrayList<>();
        notBetterThanConstant(outcome, higherIsBetter).ifPresent(notes::add);
        pastItsBest(outcome).ifPresent(notes::add);
        return notes;
    }

    /** Return the dataset by which a run is judged, among those with a baseline. */
    static Optional<String> judged(RunOutcome outcome) {
        return List.of("test", "validation", "train").stream()
                .filter(dataset ->
                        outcome.baseline().keySet().stream().anyMatch(name -> name.startsWith(dataset + ".")))
                .findFirst();
    }

    /** Return the baseline of the dataset by which a run is judged. */
    static Map<String, Double> baseline(RunOutcome outcome) {
        Map<String, Double> baseline = new LinkedHashMap<>();
        judged(outcome)
                .ifPresent(dataset -> outcome.baseline().forEach((name, value) -> {
                    if (name.startsWith(dataset + ".")) {
                        baseline.put(name, value);
                    }
                }));
        return baseline;
    }

    private static Optional<String> notBetterThanConstant(RunOutcome outcome, Map<String, Boolean> higherIsBetter) {
        String list = baseline(outcome).entrySet().stream()
                .filter(entry -> outcome.metrics().containsKey(entry.getKey()))
                .filter(entry -> !isBetter(
                        outcome.metrics().get(entry.getKey()),
                        entry.getValue(),
                        higherIsBetter.getOrDefault(metric(entry.getKey()), false)))
                .map(entry ->
                        entry.getKey() + " " + Numbers.rounded(outcome.metrics().get(entry.getKey())) + " (baseline "
                                + Numbers.rounded(entry.getValue()) + ")")
                .collect(Collectors.joining(", "));
        return list.isEmpty() ? Optional.empty() : Optional.of("no better than a constant prediction: " + list);
    }

    /** Written so that NaN is never better. */
    private static boolean isBetter(double value, double baseline, boolean higher) {
        return higher ? value > baseline : value < baseline;
    }

    private static String metric(String name) {
        return name.substring(name.indexOf('.') + 1);
    }

    private static Optional<String> pastItsBest(RunOutcome outcome) {
        List<Double> values = outcome.history().values(WATCHED);
        Double kept = outcome.metrics().get(WATCHED);
        int best = -1;
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) > 0 && (best < 0 || values.get(i) < values.get(best))) {
                best = i;
            }
        }
        if (best < 0 || kept == null || !(kept >= MUCH_WORSE * values.get(best))) {
            return Optional.empty();
        }
        int epoch = best + 1 + outcome.epochs() - values.size();
        return Optional.of(WATCHED + " was best in epoch " + epoch + " with " + Numbers.rounded(values.get(best))
                + ", and is " + Numbers.rounded(kept / values.get(best)) + " times as high for the final model: "
                + "after epoch " + epoch + " the network overfitted. The hook "
                + "{ type: early_stopping, restore_best: true } stops such a run early and keeps the model of its best "
                + "epoch");
    }
}
