package dev.chainrule.app.compare;

import dev.chainrule.app.record.RunFiles;
import dev.chainrule.engine.record.ChainLink;
import dev.chainrule.engine.record.HashChain;
import dev.chainrule.engine.record.RecordedSteps;
import dev.chainrule.engine.record.RunDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The steps, chains and metrics of two runs, and where they part.
 *
 * @param step the first step that differs, counted from 0
 * @param epoch the place of the first link that differs
 * @param line the place of the first line of metrics that differs
 */
public record RunComparison(
        RecordedSteps oneSteps,
        RecordedSteps otherSteps,
        OptionalInt step,
        HashChain oneChain,
        HashChain otherChain,
        Optional<Integer> epoch,
        List<String> oneMetrics,
        List<String> otherMetrics,
        OptionalInt line) {
    private static final int MOST_TENSORS = 6;

    static RunComparison of(RunDirectory one, RunDirectory other) {
        RecordedSteps oneSteps = RecordedSteps.read(one.steps());
        RecordedSteps otherSteps = RecordedSteps.read(other.steps());
        HashChain oneChain = HashChain.read(one.chain());
        HashChain otherChain = HashChain.read(other.chain());
        List<String> oneMetrics = RunFiles.lines(one.metrics());
        List<String> otherMetrics = RunFiles.lines(other.metrics());
        return new RunComparison(
                oneSteps,
                otherSteps,
                oneSteps.firstDifference(otherSteps),
                oneChain,
                otherChain,
                oneChain.firstDifference(otherChain),
                oneMetrics,
                otherMetrics,
                firstDifference(oneMetrics, otherMetrics));
    }

    /** Return whether whatever both left is the same. */
    boolean agrees() {
        return step.isEmpty() && epoch.isEmpty() && line.isEmpty();
    }

    /** Return whether one left as much as the other. */
    boolean isOfOneLength() {
        return oneSteps.size() == otherSteps.size()
                && oneChain.links().size() == otherChain.links().size()
                && oneMetrics.size() == otherMetrics.size();
    }

    /** Return whether the other left at least as much as the one. */
    boolean isCovered() {
        return oneSteps.size() <= otherSteps.size()
                && oneChain.links().size() <= otherChain.links().size()
                && oneMetrics.size() <= otherMetrics.size();
    }

    /** Return the names of tensors whose hashes differ in the first epoch that differs. */
    List<String> tensors() {
        if (epoch.isEmpty()) {
            return List.of();
        }
        SortedMap<String, String> mine = link(oneChain).tensors();
        SortedMap<String, String> others = link(otherChain).tensors();
        TreeSet<String> names = new TreeSet<>(mine.keySet());
        names.addAll(others.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(mine.get(name), others.get(name)))
                .toList();
    }

    /** Return the names of the first of them. */
    String tensorNames() {
        return tensors().stream().limit(MOST_TENSORS).collect(Collectors.joining(", "))
                + (tensors().size() > MOST_TENSORS ? ", …" : "");
    }

    /** Return the exact values of the first step that differs, in words. */
    String stepValues(String mine, String others) {
        int at = step.orElseThrow();
        List<String> values = new ArrayList<>();
        TensorDifference.values("loss", oneSteps.loss(at), otherSteps.loss(at), mine, others)
                .ifPresent(values::add);
        TensorDifference.values("gradient norm", oneSteps.gradientNorm(at), otherSteps.gradientNorm(at), mine, others)
                .ifPresent(values::add);
        return String.join("; ", values);
    }

    private ChainLink link(HashChain chain) {
        return chain.links().get(epoch.orElseThrow());
    }

    private static OptionalInt firstDifference(List<String> one, List<String> other) {
        for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
            if (!one.get(i).equals(other.get(i))) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }
}
