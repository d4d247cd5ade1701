package dev.chainrule.app.compare;

import dev.chainrule.api.error.InputException;
import dev.chainrule.app.compare.Finding.Aspect;
import dev.chainrule.app.record.RunFiles;
import dev.chainrule.engine.files.AtomicFiles;
import dev.chainrule.engine.files.JsonReader;
import dev.chainrule.engine.record.Checkpoints;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.engine.record.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The comparison of the files that a run and its retraining wrote besides steps, chain and metrics. */
final class FileVerifier {
    private final RunRecord record;
    private final RunRecord now;
    private final boolean isWhole;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * Compare the files of two runs whose training gave the same bits.
     *
     * @param isWhole whether the run came to its own end
     */
    FileVerifier(RunRecord record, RunRecord now, boolean isWhole) {
        this.record = record;
        this.now = now;
        this.isWhole = isWhole;
    }

    List<Finding> findings() {
        model();
        checkpoints();
        hookFiles();
        return findings;
    }

    private void model() {
        Path model = record.directory().model();
        if (Files.exists(model)) {
            Optional<String> difference = difference(model, now.directory().model());
            findings.add(difference
                    .map(values -> wrong(Aspect.MODEL, "model.safetensors", values))
                    .orElseGet(() -> Finding.ok(Aspect.MODEL, "equal")));
        } else if (isWhole) {
            findings.add(Finding.changed(Aspect.MODEL, "model.safetensors", "model.safetensors is missing"));
        }
    }

    /** Those that were saved by the clock, or were kept as the last of others, need not be there now. */
    private void checkpoints() {
        int equal = 0;
        for (Path file : Checkpoints.all(record.directory())) {
            Path again = now.directory().checkpoints().resolve(file.getFileName());
            if (Files.exists(again)) {
                Optional<String> difference = difference(file, again);
                difference.ifPresent(
                        values -> findings.add(wrong(Aspect.CHECKPOINTS, "checkpoints/" + file.getFileName(), values)));
                equal += difference.isEmpty() ? 1 : 0;
            }
        }
        if (equal > 0) {
            String words = equal + (equal == 1 ? " checkpoint equal" : " checkpoints equal");
            findings.add(Finding.ok(Aspect.CHECKPOINTS, words));
        }
    }

    private static Optional<String> difference(Path file, Path again) {
        return TensorDifference.first(file, again, RunVerifier.RECORDED, RunVerifier.NOW);
    }

    private static Finding wrong(Aspect aspect, String file, String values) {
        return Finding.changed(aspect, file, file + " differs from the retrained one: " + values);
    }

    private void hookFiles() {
        Set<String> names = new TreeSet<>(hookFiles(record));
        names.addAll(hookFiles(now));
        for (String name : names) {
            Path file = record.directory().path().resolve(name);
            Path again = now.directory().path().resolve(name);
            boolean same = isWhole ? hasSameBytes(file, again) : !Files.exists(file) || begins(file, again);
            findings.add(
                    same
                            ? Finding.ok(Aspect.HOOK_FILES, name + " equal")
                            : Finding.changed(
                                    Aspect.HOOK_FILES, name, name + " differs from the one that retraining wrote"));
        }
    }

    /** A gradient check that has a budget of seconds compares as many entries as the machine lets it. */
    private Set<String> hookFiles(RunRecord run) {
        Set<String> names = new TreeSet<>();
        RunDirectory directory = run.directory();
        List<Path> own = List.of(directory.metrics(), directory.chain(), directory.timings());
        for (Path file : RunFiles.in(directory)) {
            if (file.toString().endsWith(".jsonl") && !own.contains(file)
                    || file.equals(directory.gradientCheck()) && !hasBudget()) {
                names.add(file.getFileName().toString());
            }
        }
        return names;
    }

    private boolean hasBudget() {
        return RunFiles.lines(record.directory().resolved()).stream()
                .anyMatch(line -> line.strip().replaceFirst("^- ", "").startsWith("budget:"));
    }

    private static boolean hasSameBytes(Path one, Path other) {
        try {
            return Files.exists(one) && Files.exists(other) && Files.mismatch(one, other) < 0;
        } catch (IOException e) {
            throw new InputException("cannot be read: " + AtomicFiles.reason(e)).inFile(one.toString());
        }
    }

    /** Return whether the whole lines of one file, or the items of its list, are the first of another's. */
    private static boolean begins(Path one, Path other) {
        List<?> mine = items(one);
        List<?> others = items(other);
        return mine.size() <= others.size() && mine.equals(others.subList(0, mine.size()));
    }

    private static List<?> items(Path file) {
        List<String> lines = RunFiles.lines(file);
        try {
            return file.toString().endsWith(".json")
                            && JsonReader.read(String.join("\n", lines)) instanceof List<?> items
                    ? items
                    : lines;
        } catch (IllegalArgumentException e) {
            return lines;
        }
    }
}
