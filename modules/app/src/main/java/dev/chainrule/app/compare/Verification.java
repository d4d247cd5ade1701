package dev.chainrule.app.compare;

import dev.chainrule.app.record.Edit;
import dev.chainrule.app.record.RunSignature;
import dev.chainrule.engine.record.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A verification under way: it collects findings in their order and passes each to its listener at once. */
public final class Verification {
    private final String run;
    private final RunRecord record;
    private final VerifyListener listener;
    private final List<Finding> findings = new ArrayList<>();
    private Optional<Retrained> retrained = Optional.empty();

    /**
     * Begin.
     *
     * @param run how messages call the run
     */
    public Verification(String run, RunRecord record, VerifyListener listener) {
        this.run = run;
        this.record = record;
        this.listener = listener;
        listener.onBegin(run, record.text("name"), record.text("state"));
    }

    /** Add the edits of the record. */
    public void add(List<Edit> edits) {
        edits.forEach(edit -> add(Finding.changed(Finding.Aspect.RECORD, edit.file(), edit.message())));
        if (edits.isEmpty()) {
            add(Finding.ok(Finding.Aspect.RECORD, "unmodified"));
        }
    }

    /** Add the signature of the record. */
    public void add(RunSignature signature) {
        add(signature
                .flaw()
                .map(flaw -> Finding.changed(Finding.Aspect.SIGNATURE, "run.json.sig", flaw))
                .orElseGet(() -> Finding.ok(Finding.Aspect.SIGNATURE, signature.words())));
    }

    /** Add a finding. */
    public void add(Finding finding) {
        findings.add(finding);
        listener.onFinding(finding);
    }

    /** Begin to train. */
    public void retrain(Retrained steps) {
        retrained = Optional.of(steps);
        listener.onRetraining(steps);
    }

    /** Return whether the run is known not to be as recorded. */
    public boolean hasFailed() {
        return findings.stream().anyMatch(Finding::isCause);
    }

    /** Return the report of a verification that ended before it could compare. */
    public VerifyReport report() {
        return report(Optional.empty());
    }

    /** Return the report after a comparison, whose findings are added. */
    public VerifyReport report(RunVerifier verifier) {
        verifier.findings().forEach(this::add);
        return report(Optional.of(verifier.comparison()));
    }

    private VerifyReport report(Optional<RunComparison> comparison) {
        return new VerifyReport(run, record.text("name"), record.text("state"), retrained, findings, comparison);
    }
}
