package dev.chainrule.app.record;

import dev.chainrule.api.InputException;
import dev.chainrule.engine.files.AtomicFiles;
import dev.chainrule.engine.files.JsonReader;
import dev.chainrule.engine.files.Safetensors;
import dev.chainrule.engine.files.WholeFile;
import dev.chainrule.engine.record.ChainLink;
import dev.chainrule.engine.record.HashChain;
import dev.chainrule.engine.record.RecordedSteps;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Numbers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compare what two runs left: steps, chain and metrics.
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

    public static RunComparison of(RunDirectory one, RunDirectory other) {
        RecordedSteps oneSteps = RecordedSteps.read(one.steps());
        RecordedSteps otherSteps = RecordedSteps.read(other.steps());
        HashChain oneChain = HashChain.read(one.chain());
        HashChain otherChain = HashChain.read(other.chain());
        List<String> oneMetrics = lines(one.metrics());
        List<String> otherMetrics = lines(other.metrics());
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
    public String tensorNames() {
        return tensors().stream().limit(MOST_TENSORS).collect(Collectors.joining(", "))
                + (tensors().size() > MOST_TENSORS ? ", …" : "");
    }

    /** Return the exact values of the first step that differs, in words. */
    public String stepValues(String mine, String others) {
        int at = step.orElseThrow();
        List<String> values = new ArrayList<>();
        values("loss", oneSteps.loss(at), otherSteps.loss(at), mine, others).ifPresent(values::add);
        values("gradient norm", oneSteps.gradientNorm(at), otherSteps.gradientNorm(at), mine, others)
                .ifPresent(values::add);
        return String.join("; ", values);
    }

    /** Return the first element that two files of tensors do not share, in words; empty if there is none. */
    static Optional<String> tensors(Path one, Path other, String mine, String others) {
        SortedMap<String, Matrix> first;
        try {
            first = Safetensors.read(one).tensors();
        } catch (InputException e) {
            return Optional.of("it cannot be read: " + e.getMessage());
        }
        SortedMap<String, Matrix> second = Safetensors.read(other).tensors();
        if (!first.keySet().equals(second.keySet())) {
            return Optional.of("it holds " + first.keySet() + ", retrained " + second.keySet());
        }
        return first.entrySet().stream()
                .flatMap(tensor ->
                        tensors(tensor.getKey(), tensor.getValue(), second.get(tensor.getKey()), mine, others).stream())
                .findFirst();
    }

    private static Optional<String> tensors(String name, Matrix one, Matrix other, String mine, String others) {
        if (!one.shape().equals(other.shape())) {
            return Optional.of(name + " is " + one.shape() + " " + mine + ", " + other.shape() + " " + others);
        }
        for (int i = 0; i < one.rows(); i++) {
            for (int j = 0; j < one.columns(); j++) {
                Optional<String> values =
                        values(name + "[" + i + ", " + j + "]", one.get(i, j), other.get(i, j), mine, others);
                if (values.isPresent()) {
                    return values;
                }
            }
        }
        return Optional.empty();
    }

    /** Shortest decimals that are read back as the same number tell two numbers apart; a sign of zero does not show in them. */
    private static Optional<String> values(String what, double one, double other, String mine, String others) {
        return Double.doubleToRawLongBits(one) == Double.doubleToRawLongBits(other)
                ? Optional.empty()
                : Optional.of(what + " " + shown(one) + " " + mine + ", " + shown(other) + " " + others);
    }

    private static String shown(double value) {
        return Double.isFinite(value)
                ? Numbers.format(value)
                : Double.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
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

    /** Return the files that lie in a run's directory itself, sorted. */
    static List<Path> files(RunDirectory run) {
        try (Stream<Path> files = Files.list(run.path())) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new InputException("cannot look into " + run.path() + ": " + AtomicFiles.reason(e));
        }
    }

    /** Return whether two files have the same content; one that is not there is not the same. */
    static boolean sameBytes(Path one, Path other) {
        try {
            return Files.exists(one) && Files.exists(other) && Files.mismatch(one, other) < 0;
        } catch (IOException e) {
            throw new InputException("cannot be read: " + AtomicFiles.reason(e)).inFile(one.toString());
        }
    }

    /** Return whether the whole lines of one file, or the items of its list, are the first of another's. */
    static boolean begins(Path one, Path other) {
        List<?> mine = items(one);
        List<?> others = items(other);
        return mine.size() <= others.size() && mine.equals(others.subList(0, mine.size()));
    }

    private static List<?> items(Path file) {
        List<String> lines = lines(file);
        try {
            return file.toString().endsWith(".json")
                            && JsonReader.read(String.join("\n", lines)) instanceof List<?> items
                    ? items
                    : lines;
        } catch (IllegalArgumentException e) {
            return lines;
        }
    }

    /** Return the whole lines of a file; one that a killed run left half is passed over. */
    static List<String> lines(Path file) {
        try {
            String text = Files.exists(file) ? new String(WholeFile.bytes(file), StandardCharsets.UTF_8) : "";
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        } catch (IOException e) {
            throw new InputException("cannot be read: " + AtomicFiles.reason(e)).inFile(file.toString());
        }
    }
}
