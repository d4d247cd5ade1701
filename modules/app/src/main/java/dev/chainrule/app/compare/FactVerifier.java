package dev.chainrule.app.compare;

import dev.chainrule.app.compare.Finding.Aspect;
import dev.chainrule.app.compare.Finding.Outcome;
import dev.chainrule.app.record.Difference;
import dev.chainrule.app.record.RunFiles;
import dev.chainrule.engine.files.JsonReader;
import dev.chainrule.engine.record.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The comparison of the facts in the records of a run and its retraining. */
final class FactVerifier {
    private static final int MOST_FACTS = 8;
    private static final String ABSENT = "absent";

    private final RunRecord record;
    private final RunRecord now;
    private final boolean isWhole;
    private final boolean same;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * Compare the records of two runs.
     *
     * @param isWhole whether the run came to its own end
     * @param same whether the training gave the recorded bits
     */
    FactVerifier(RunRecord record, RunRecord now, boolean isWhole, boolean same) {
        this.record = record;
        this.now = now;
        this.isWhole = isWhole;
        this.same = same;
    }

    List<Finding> findings() {
        facts();
        if (same && record.text("state").equals("interrupted")) {
            lastMetrics();
        }
        machine();
        if (!same) {
            resumptions();
            program();
        }
        return findings;
    }

    /** The facts that retraining produces, but for the result if the training differs. */
    private void facts() {
        List<Difference> differences = RecordDiff.retrained(record, now, same && isWhole);
        differences.stream()
                .limit(MOST_FACTS)
                .forEach(fact -> findings.add(Finding.of(
                        Aspect.FACTS,
                        Outcome.CHANGED,
                        fact,
                        "run.json gives " + fact.name() + " as "
                                + fact.one().orElse(ABSENT) + ", but retraining gives "
                                + fact.other().orElse(ABSENT))));
        if (differences.size() > MOST_FACTS) {
            findings.add(Finding.changed(
                    Aspect.FACTS, "run.json", (differences.size() - MOST_FACTS) + " more facts of run.json differ"));
        }
    }

    /** The figures of an interrupted run are those of its last whole epoch, which metrics.jsonl has. */
    private void lastMetrics() {
        List<String> lines = RunFiles.lines(record.directory().metrics());
        Map<String, Object> last = new TreeMap<>();
        if (!lines.isEmpty() && JsonReader.read(lines.get(lines.size() - 1)) instanceof Map<?, ?> line) {
            line.forEach((name, value) -> last.put((String) name, value));
            last.keySet().removeAll(List.of("epoch", "step"));
        }
        Object recorded = record.find("result", "metrics").orElse(Map.of());
        if (!last.equals(recorded)) {
            findings.add(Finding.changed(
                    Aspect.FACTS,
                    "result.metrics",
                    "run.json gives result.metrics as " + recorded + ", but the last complete epoch had " + last));
        }
    }

    private void machine() {
        if (same) {
            RecordDiff.program(record, now).forEach(fact -> unlike(Aspect.PROGRAM, fact));
        }
        RecordDiff.machine(record, now).forEach(fact -> unlike(Aspect.MACHINE, fact));
    }

    private void unlike(Aspect aspect, Difference fact) {
        findings.add(Finding.of(
                aspect,
                same ? Outcome.NO_EFFECT : Outcome.DIFFERS,
                fact,
                fact.name() + ": " + shown(fact.one()) + " in the record, " + shown(fact.other()) + " "
                        + RunVerifier.NOW));
    }

    private void resumptions() {
        for (Map<?, ?> resumed : record.maps("resumed")) {
            if (resumed.get("changes") instanceof List<?> changes && !changes.isEmpty()) {
                findings.add(Finding.changed(
                        Aspect.CONFIG,
                        "resumed",
                        "the run was resumed at step " + resumed.get("step") + " with a changed config: " + changes));
            }
        }
    }

    private void program() {
        List<Difference> differences = RecordDiff.program(record, now);
        if (!differences.isEmpty()) {
            findings.add(Finding.changed(
                    Aspect.PROGRAM,
                    String.join(", ", differences.stream().map(Difference::name).toList()),
                    "program changed: "
                            + differences.stream()
                                    .map(fact -> fact.name() + " was " + shown(fact.one()) + ", is now "
                                            + shown(fact.other()))
                                    .collect(Collectors.joining(", "))));
        }
    }

    private static String shown(Optional<String> fact) {
        return fact.orElse("unknown");
    }
}
