package dev.chainrule.engine.training;

import dev.chainrule.api.training.History;
import dev.chainrule.api.training.Hook;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;

/**
 * The outcome of a run that did not fail.
 *
 * @param reason why it ended early; empty when completed
 * @param epoch whose end the model is, from 1; empty for a model between two epochs, or one that no epoch ended with
 * @param epochs recorded
 * @param metrics every metric of the model
 * @param baseline metrics of the best answer that is the same for every example; empty after an interruption
 * @param history of all epochs
 * @param confusion of the test examples, by true and predicted class, by the outputs whose targets are classes
 * @param misses expectations that were not met, in words
 */
public record RunOutcome(
        Hook.Ending ending,
        Optional<String> reason,
        long steps,
        OptionalInt epoch,
        int epochs,
        Map<String, Double> metrics,
        Map<String, Double> baseline,
        History history,
        SortedMap<Integer, int[][]> confusion,
        List<String> misses) {}
