package dev.chainrule.app.run;

import dev.chainrule.engine.training.RunOutcome;
import dev.chainrule.math.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Say what the figures of a run mean where that is easily missed: a model past its best, or no better than a constant. */
final class RunNotes {
    private static final String WATCHED = "validation.loss";
    /** A validation loss moves by a few percent of itself from epoch to epoch; twice the lowest is no such move. */
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

    /** Return the dataset that a run is judged by, of those for which there is a baseline. */
    static Optional<String> judged(RunOutcome outcome) {
        return List.of("test", "validation", "train").stream()
                .filter(dataset ->
                        outcome.baseline().keySet().stream().anyMatch(name -> name.startsWith(dataset + ".")))
                .findFirst();
    }

    /** Return the baseline of the dataset that a run is judged by. */
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
        return list.isEmpty()
                ? Optional.empty()
                : Optional.of("no better than the same answer for every example: " + list);
    }

    /** Written so that NaN is no better than anything. */
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
                + ", and is " + Numbers.rounded(kept / values.get(best)) + " times as much for the model that is kept: "
                + "after epoch " + epoch + " the network learned the training examples by heart. The hook "
                + "{ type: early_stopping, restore_best: true } ends such a run early and keeps the model of its best "
                + "epoch");
    }
}
