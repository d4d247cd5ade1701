package dev.chainrule.app.compare;

import dev.chainrule.app.compare.Finding.Aspect;
import dev.chainrule.app.compare.Finding.Outcome;
import dev.chainrule.app.load.DataFiles;
import dev.chainrule.app.record.Difference;
import dev.chainrule.engine.record.ChainLink;
import dev.chainrule.engine.record.RunRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The comparison of a run with the one that was trained from its record. */
public final class RunVerifier {
    static final String RECORDED = "recorded";
    static final String NOW = "now";

    private static final String JAVA = "java";

    /** States of runs that came to their own end; others are retrained as far as they came. */
    private static final List<String> ENDED = List.of("completed", "stopped");

    private final RunRecord record;
    private final RunRecord now;
    private final RunComparison comparison;
    private final boolean isWhole;
    private final List<Finding> findings = new ArrayList<>();

    private RunVerifier(RunRecord record, RunRecord now) {
        this.record = record;
        this.now = now;
        this.comparison = RunComparison.of(record.directory(), now.directory());
        this.isWhole = isWhole(record.text("state"));
    }

    /**
     * Compare.
     *
     * @param failure why the retraining failed; empty if it did not
     * @param files the data files that were read
     */
    public static RunVerifier compare(RunRecord record, RunRecord now, Optional<String> failure, DataFiles files) {
        RunVerifier verifier = new RunVerifier(record, now);
        verifier.data(files);
        verifier.plugins();
        failure.filter(reason -> !reason.equals(record.text("result", "reason")))
                .ifPresent(reason -> verifier.findings.add(
                        Finding.of(Aspect.RETRAINING, Outcome.CHANGED, "retraining failed: " + reason)));
        verifier.steps();
        verifier.epochs();
        verifier.metrics();
        boolean same = isReproduced(record.text("state"), verifier.comparison);
        if (same) {
            verifier.findings.addAll(new FileVerifier(record, now, verifier.isWhole).findings());
        }
        verifier.findings.addAll(new FactVerifier(record, now, verifier.isWhole, same).findings());
        return verifier;
    }

    /** Return the number of steps after which the retraining of a run ends. */
    public static long stepLimit(RunRecord record, long recordedSteps) {
        return isWhole(record.text("state")) ? Long.MAX_VALUE : recordedSteps;
    }

    /** Return whether a training gave the recorded bits: all of a run that came to its own end, else as far as that came. */
    static boolean isReproduced(String state, RunComparison comparison) {
        return comparison.agrees() && (isWhole(state) ? comparison.isOfOneLength() : comparison.isCovered());
    }

    private static boolean isWhole(String state) {
        return ENDED.contains(state);
    }

    List<Finding> findings() {
        return findings;
    }

    RunComparison comparison() {
        return comparison;
    }

    private void data(DataFiles files) {
        List<Difference> data = RecordDiff.data(record, now);
        if (data.isEmpty()) {
            findings.add(Finding.ok(Aspect.DATA, String.join(", ", record.keys("data")) + ": identical"));
            return;
        }
        // Several parts may come from one source.
        Map<String, List<Difference>> changed = new LinkedHashMap<>();
        data.forEach(part ->
                changed.computeIfAbsent(change(part), text -> new ArrayList<>()).add(part));
        changed.forEach((text, parts) -> {
            String names =
                    String.join(", ", parts.stream().map(Difference::name).toList());
            Difference part =
                    new Difference(names, parts.get(0).one(), parts.get(0).other());
            findings.add(Finding.of(Aspect.DATA, Outcome.CHANGED, part, String.format(Locale.ROOT, text, names)));
        });
        if (data.stream().allMatch(part -> isOtherDecoding(part.name()))) {
            return;
        }
        files.looked().forEach(place -> findings.add(Finding.of(Aspect.DATA_FILES, Outcome.NOTE, place)));
    }

    /** Return a change of data in words, with %s for the names of the parts. */
    private String change(Difference part) {
        String one = part.one().orElse("");
        String other = part.other().orElse("");
        String origin = record.text("data", part.name(), "origin").replace("%", "%%");
        return isOtherDecoding(part.name())
                ? "pictures decode differently here: the files of %s (" + origin + ") are those of the run, but "
                        + now.text("program", JAVA)
                        + " decodes some of them (JPEG, or colours with a profile) "
                        + "to other levels than " + record.text("program", JAVA)
                        + "; the pixels had SHA-256 " + one + ", now " + other
                : "data changed: %s (" + origin + ") had SHA-256 " + one + ", now has " + other;
    }

    /** Return whether a part of the data has the same files as in the record, but another decoder. */
    private boolean isOtherDecoding(String part) {
        String files = record.text("data", part, "files_sha256");
        return !files.isEmpty()
                && files.equals(now.text("data", part, "files_sha256"))
                && !record.text("program", JAVA).equals(now.text("program", JAVA));
    }

    private void plugins() {
        List<Difference> plugins = RecordDiff.plugins(record, now);
        plugins.forEach(plugin -> findings.add(plugin(plugin)));
        if (plugins.isEmpty() && !record.items("plugins").isEmpty()) {
            findings.add(Finding.ok(Aspect.PLUGINS, "the same"));
        }
    }

    private static Finding plugin(Difference plugin) {
        if (plugin.one().isEmpty() || plugin.other().isEmpty()) {
            String state = plugin.one().isEmpty() ? " is new" : " is missing";
            return Finding.of(Aspect.PLUGINS, Outcome.NO_EFFECT, plugin, plugin.name() + state + ", but unused");
        }
        return Finding.of(
                Aspect.PLUGINS,
                Outcome.CHANGED,
                plugin,
                "plugin changed: " + plugin.name() + " had SHA-256 "
                        + plugin.one().get() + ", now has " + plugin.other().get());
    }

    private void steps() {
        if (comparison.step().isPresent()) {
            findings.add(Finding.of(
                    Aspect.STEPS,
                    Outcome.DIFFERS,
                    "step " + (comparison.step().getAsInt() + 1) + " is the first to differ: "
                            + comparison.stepValues(RECORDED, NOW)));
        } else {
            int recorded = comparison.oneSteps().size();
            int retrained = comparison.otherSteps().size();
            count(Aspect.STEPS, recorded, retrained, "steps", ": loss and gradient norm");
        }
    }

    private void epochs() {
        List<ChainLink> links = comparison.oneChain().links();
        if (comparison.epoch().isPresent()) {
            int epoch = comparison.epoch().get();
            findings.add(Finding.of(
                    Aspect.EPOCHS,
                    Outcome.DIFFERS,
                    "epoch " + (epoch + 1) + " is the first to differ, in "
                            + comparison.tensors().size() + " of "
                            + links.get(epoch).tensors().size() + " tensors: " + comparison.tensorNames()));
        } else {
            int hashes = links.stream().mapToInt(link -> link.tensors().size()).sum();
            int retrained = comparison.otherChain().links().size();
            count(Aspect.EPOCHS, links.size(), retrained, "epochs", ": " + hashes + " hashes of tensors");
        }
    }

    private void metrics() {
        int line = comparison.line().orElse(Integer.MAX_VALUE);
        if (comparison.epoch().isPresent() && line > comparison.epoch().get()) {
            findings.add(Finding.ok(Aspect.METRICS, "equal up to that epoch"));
        } else if (comparison.line().isPresent()) {
            findings.add(new Finding(
                    Aspect.METRICS,
                    Outcome.DIFFERS,
                    Optional.empty(),
                    Optional.of(comparison.oneMetrics().get(line)),
                    Optional.of(comparison.otherMetrics().get(line)),
                    "line " + (line + 1) + " is the first to differ"));
        } else {
            count(
                    Aspect.METRICS,
                    comparison.oneMetrics().size(),
                    comparison.otherMetrics().size(),
                    "lines",
                    "");
        }
    }

    private void count(Aspect aspect, int recorded, int retrained, String units, String details) {
        boolean isComplete = isWhole ? recorded == retrained : recorded <= retrained;
        String counts = isComplete
                ? "all " + recorded + " " + units + " equal"
                : recorded + " " + units + " " + RECORDED + ", " + retrained + " " + NOW + ", equal in the part "
                        + "that both have";
        findings.add(Finding.of(aspect, isComplete ? Outcome.OK : Outcome.DIFFERS, counts + details));
    }
}
