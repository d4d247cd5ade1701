package dev.chainrule.app.record;

import dev.chainrule.api.CheckException;
import dev.chainrule.app.load.DataFiles;
import dev.chainrule.engine.files.JsonReader;
import dev.chainrule.engine.record.ChainLink;
import dev.chainrule.engine.record.Checkpoints;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.engine.record.RunRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Compare a run with what was trained from its record, say what was compared, and judge. */
public final class Verification {
    private static final String RECORDED = "recorded";
    private static final String NOW = "now";
    private static final int MOST_FACTS = 8;
    /** States of runs that came to their own end; others are retrained as far as they came. */
    private static final List<String> ENDED = List.of("completed", "stopped");

    private final RunRecord record;
    private final String label;
    private final Consumer<String> out;
    private final List<String> causes = new ArrayList<>();
    private String where = "";

    /**
     * Begin to verify a run.
     *
     * @param label how messages call it
     * @param out takes lines for the user
     */
    public Verification(RunRecord record, String label, Consumer<String> out) {
        this.record = record;
        this.label = label;
        this.out = out;
    }

    /** Return why the run is not what its record says, in words, as far as is known. */
    public List<String> causes() {
        return causes;
    }

    /** Take in what was edited. */
    public void record(List<String> edits) {
        line(label + ": " + record.text("name") + ", " + record.text("state"));
        edits.forEach(this::cause);
        if (edits.isEmpty()) {
            item("record", "as it was written");
        }
    }

    /** Take in who signed the run. */
    public void signature(RunSignature signature) {
        signature.flaw().ifPresentOrElse(this::cause, () -> item("signed", signature.words()));
    }

    /** Add a cause. */
    public void cause(String cause) {
        causes.add(cause);
        line("  CHANGED    " + cause);
    }

    /** Return the steps after which to end. */
    public long limit(long steps) {
        return isWhole() ? Long.MAX_VALUE : steps;
    }

    /**
     * Say what is about to be done.
     *
     * @param from steps that are taken over from the record
     */
    public void begin(long steps, long from) {
        line("retraining " + (steps - from) + (steps - from == 1 ? " step" : " steps")
                + (from == 0 ? "" : "; the " + from + " before are those of the record"));
    }

    /**
     * Compare with the run that was trained now.
     *
     * @param failure why that failed, where it did
     * @param files the data files that were read
     * @throws CheckException if anything differs that must not
     */
    public void compare(RunRecord now, Optional<String> failure, DataFiles files) {
        RunComparison comparison = RunComparison.of(record.directory(), now.directory());
        inputs(now, files);
        failure.filter(reason -> !reason.equals(record.text("result", "reason")))
                .ifPresent(reason -> cause("retraining failed: " + reason));
        boolean same = comparison.agrees() && (isWhole() ? comparison.isOfOneLength() : comparison.isCovered());
        steps(comparison);
        epochs(comparison);
        metrics(comparison);
        if (same) {
            model(now);
            checkpoints(now);
            recorded(now);
        }
        facts(now, same);
        machine(now, same);
        if (!same) {
            program(now);
            throw failed();
        }
        if (!causes.isEmpty()) {
            throw failed();
        }
        line("PASS");
    }

    /** Return the failed check. */
    public CheckException failed() {
        line("FAIL");
        return new CheckException("run " + label + " is not reproduced" + where + ": "
                + (causes.isEmpty()
                        ? "the record shows no cause, so the program or the machine computes otherwise than it should"
                        : String.join("; ", causes)));
    }

    private boolean isWhole() {
        return ENDED.contains(record.text("state"));
    }

    private void inputs(RunRecord now, DataFiles files) {
        List<Difference> data = RecordDiff.data(record, now);
        // Several parts may come from one source.
        Map<String, List<String>> changed = new LinkedHashMap<>();
        data.forEach(part -> changed.computeIfAbsent(
                        " (" + record.text("data", part.name(), "origin") + ") had SHA-256 " + part.one() + ", has "
                                + part.other(),
                        text -> new ArrayList<>())
                .add(part.name()));
        changed.forEach((text, parts) -> cause("data changed: " + String.join(", ", parts) + text));
        if (!data.isEmpty()) {
            files.looked().forEach(place -> item("looked", place));
        } else {
            item("data", String.join(", ", record.keys("data")) + ": the same");
        }
        List<Difference> plugins = RecordDiff.plugins(record, now);
        plugins.forEach(plugin -> plugin(plugin.name(), plugin.one(), plugin.other()));
        if (plugins.isEmpty() && !record.items("plugins").isEmpty()) {
            item("plugins", "the same");
        }
    }

    private void plugin(String name, String then, String now) {
        if (then.isEmpty()) {
            item("plugins", name + " is new, and nothing of it is used");
        } else if (now.isEmpty()) {
            item("plugins", name + " is not there, and nothing of it is used");
        } else {
            cause("plugin changed: " + name + " had SHA-256 " + then + ", has " + now);
        }
    }

    private void steps(RunComparison comparison) {
        if (comparison.step().isPresent()) {
            int step = comparison.step().getAsInt() + 1;
            String values = comparison.stepValues(RECORDED, NOW);
            where = " from step " + step + " on (" + values + ")";
            item("steps", "step " + step + " is the first that differs: " + values);
        } else {
            item(
                    "steps",
                    counted(
                                    comparison.oneSteps().size(),
                                    comparison.otherSteps().size(),
                                    "steps") + ": loss and gradient norm");
        }
    }

    private void epochs(RunComparison comparison) {
        List<ChainLink> links = comparison.oneChain().links();
        if (comparison.epoch().isPresent()) {
            int epoch = comparison.epoch().get();
            item(
                    "epochs",
                    "epoch " + (epoch + 1) + " is the first that differs, in "
                            + comparison.tensors().size() + " of "
                            + links.get(epoch).tensors().size() + " tensors: " + comparison.tensorNames());
        } else {
            int hashes = links.stream().mapToInt(link -> link.tensors().size()).sum();
            int now = comparison.otherChain().links().size();
            item("epochs", counted(links.size(), now, "epochs") + ": " + hashes + " hashes of tensors");
        }
    }

    private void metrics(RunComparison comparison) {
        if (comparison.epoch().isPresent()
                && comparison.line().orElse(Integer.MAX_VALUE)
                        > comparison.epoch().get()) {
            item("metrics", "equal up to there");
        } else if (comparison.line().isPresent()) {
            int line = comparison.line().getAsInt();
            item("metrics", "line " + (line + 1) + " is the first that differs");
            line("               " + RECORDED + " " + comparison.oneMetrics().get(line));
            line("               " + NOW + "      " + comparison.otherMetrics().get(line));
        } else {
            item(
                    "metrics",
                    counted(
                            comparison.oneMetrics().size(),
                            comparison.otherMetrics().size(),
                            "lines"));
        }
    }

    private String counted(int recorded, int now, String what) {
        return isWhole() && recorded != now || now < recorded
                ? recorded + " " + what + " " + RECORDED + ", " + now + " " + NOW + ", equal as far as both go"
                : "all " + recorded + " " + what + " equal";
    }

    private void model(RunRecord now) {
        Path model = record.directory().model();
        if (Files.exists(model)) {
            Optional<String> difference =
                    RunComparison.tensors(model, now.directory().model(), RECORDED, NOW);
            difference.ifPresentOrElse(
                    what -> cause("model.safetensors is not what was trained: " + what), () -> item("model", "equal"));
        } else if (isWhole()) {
            cause("model.safetensors is gone");
        }
    }

    /** Those that were saved by the clock, or were kept as the last of others, need not be there now. */
    private void checkpoints(RunRecord now) {
        int equal = 0;
        for (Path file : Checkpoints.all(record.directory())) {
            Path again = now.directory().checkpoints().resolve(file.getFileName());
            if (Files.exists(again)) {
                Optional<String> difference = RunComparison.tensors(file, again, RECORDED, NOW);
                difference.ifPresent(
                        what -> cause("checkpoints/" + file.getFileName() + " is not what was trained: " + what));
                equal += difference.isEmpty() ? 1 : 0;
            }
        }
        if (equal > 0) {
            item("saved", equal + (equal == 1 ? " checkpoint equal" : " checkpoints equal"));
        }
    }

    /** Compare what hooks and gradient checks recorded: the files beside those of the run itself. */
    private void recorded(RunRecord now) {
        Set<String> names = new TreeSet<>(files(record));
        names.addAll(files(now));
        for (String name : names) {
            Path file = record.directory().path().resolve(name);
            Path again = now.directory().path().resolve(name);
            boolean same = isWhole()
                    ? RunComparison.sameBytes(file, again)
                    : !Files.exists(file) || RunComparison.begins(file, again);
            if (same) {
                item("recorded", name + " equal");
            } else {
                cause(name + " is not what this training records");
            }
        }
    }

    /** A gradient check that has a budget of seconds compares as many entries as the machine lets it. */
    private Set<String> files(RunRecord run) {
        Set<String> names = new TreeSet<>();
        RunDirectory directory = run.directory();
        List<Path> own = List.of(directory.metrics(), directory.chain(), directory.timings());
        for (Path file : RunComparison.files(directory)) {
            if (file.toString().endsWith(".jsonl") && !own.contains(file)
                    || file.equals(directory.gradientCheck()) && !hasBudget()) {
                names.add(file.getFileName().toString());
            }
        }
        return names;
    }

    private boolean hasBudget() {
        return RunComparison.lines(record.directory().resolved()).stream()
                .anyMatch(line -> line.strip().replaceFirst("^- ", "").startsWith("budget:"));
    }

    /** Compare the facts of the records that retraining produces, but for the result where the training differs. */
    private void facts(RunRecord now, boolean same) {
        List<Difference> differences = RecordDiff.retrained(record, now, same && isWhole());
        differences.stream()
                .limit(MOST_FACTS)
                .forEach(fact -> cause("run.json says that " + fact.name() + " is " + fact.one() + ", retraining says "
                        + fact.other()));
        if (differences.size() > MOST_FACTS) {
            cause((differences.size() - MOST_FACTS) + " more facts of run.json differ");
        }
        if (same && record.text("state").equals("interrupted")) {
            lastMetrics();
        }
    }

    /** The figures of an interrupted run are those of its last whole epoch, which metrics.jsonl has. */
    private void lastMetrics() {
        List<String> lines = RunComparison.lines(record.directory().metrics());
        Map<String, Object> last = new TreeMap<>();
        if (!lines.isEmpty() && JsonReader.read(lines.get(lines.size() - 1)) instanceof Map<?, ?> line) {
            line.forEach((name, value) -> last.put((String) name, value));
            last.keySet().removeAll(List.of("epoch", "step"));
        }
        Object recorded = record.find("result", "metrics").orElse(Map.of());
        if (!last.equals(recorded)) {
            cause("run.json says that result.metrics are " + recorded + ", the last whole epoch had " + last);
        }
    }

    private void machine(RunRecord now, boolean same) {
        List<Difference> differences = RecordDiff.machine(record, now);
        if (same) {
            differences.addAll(0, RecordDiff.program(record, now));
        }
        differences.forEach(fact -> item(
                same ? "no effect" : "differs",
                fact.name() + ": " + shown(fact.one()) + ", " + NOW + " " + shown(fact.other())));
    }

    private void program(RunRecord now) {
        for (Object item : record.items("resumed")) {
            if (item instanceof Map<?, ?> resumed
                    && resumed.get("changes") instanceof List<?> changes
                    && !changes.isEmpty()) {
                cause("the run was resumed at step " + resumed.get("step") + " with another config: " + changes);
            }
        }
        List<Difference> differences = RecordDiff.program(record, now);
        if (!differences.isEmpty()) {
            cause("another program: "
                    + differences.stream()
                            .map(fact -> fact.name() + " was " + shown(fact.one()) + ", is " + shown(fact.other()))
                            .collect(Collectors.joining(", ")));
        }
    }

    private static String shown(String fact) {
        return fact.isEmpty() ? "unknown" : fact;
    }

    private void item(String name, String text) {
        line("  " + name + " ".repeat(Math.max(1, 11 - name.length())) + text);
    }

    private void line(String text) {
        out.accept(text);
    }
}
