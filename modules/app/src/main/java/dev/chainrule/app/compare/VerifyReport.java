package dev.chainrule.app.compare;

import java.util.List;
import java.util.Optional;

/**
 * The result of a verification.
 *
 * @param run how messages call the run
 * @param state how the run ended
 * @param retrained empty if the training could not begin
 * @param findings in the order in which they are shown
 * @param comparison of the recorded run with the retrained one; empty if there is none
 */
public record VerifyReport(
        String run,
        String name,
        String state,
        Optional<Retrained> retrained,
        List<Finding> findings,
        Optional<RunComparison> comparison) {
    /** The answer to the question whether a run is reproduced. */
    public enum Verdict {
        PASS,
        FAIL
    }

    public VerifyReport {
        findings = List.copyOf(findings);
    }

    public Verdict verdict() {
        return causes().isEmpty() && comparison.filter(this::isReproduced).isPresent() ? Verdict.PASS : Verdict.FAIL;
    }

    /** Return why the run was not reproduced; empty if it is. */
    public Optional<String> reason() {
        if (verdict() == Verdict.PASS) {
            return Optional.empty();
        }
        String where = comparison
                .filter(found -> found.step().isPresent())
                .map(found -> " from step " + (found.step().getAsInt() + 1) + " on ("
                        + found.stepValues(RunVerifier.RECORDED, RunVerifier.NOW) + ")")
                .orElse("");
        return Optional.of("run " + run + " was not reproduced" + where + ": "
                + (causes().isEmpty()
                        ? "the record shows no cause, so the program or the machine must compute differently"
                        : String.join("; ", causes())));
    }

    private List<String> causes() {
        return findings.stream().filter(Finding::isCause).map(Finding::message).toList();
    }

    private boolean isReproduced(RunComparison found) {
        return RunVerifier.isReproduced(state, found);
    }
}
