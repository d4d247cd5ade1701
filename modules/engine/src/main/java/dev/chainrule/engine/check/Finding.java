package dev.chainrule.engine.check;

import dev.chainrule.api.training.GradientReport;
import dev.chainrule.engine.check.Comparison.Verdict;
import java.util.List;

/** The results of the check of one quantity. */
record Finding(Quantity quantity, int entries, List<EntryVerdict> verdicts, int skipped) {
    GradientReport.Row row() {
        return new GradientReport.Row(
                quantity.equation().label(),
                quantity.layer(),
                quantity.name(),
                entries,
                count(Verdict.AGREES) + count(Verdict.DIFFERS),
                count(Verdict.AT_KINK),
                count(Verdict.UNRESOLVED),
                skipped,
                count(Verdict.DIFFERS),
                verdicts.stream()
                        .filter(EntryVerdict::compared)
                        .reduce((worst, next) -> worse(next, worst) ? next : worst)
                        .map(EntryVerdict::entry));
    }

    boolean failed() {
        return count(Verdict.DIFFERS) > 0;
    }

    private static boolean worse(EntryVerdict one, EntryVerdict other) {
        return Double.compare(
                        one.comparison().relativeError(), other.comparison().relativeError())
                > 0;
    }

    private int count(Verdict verdict) {
        return (int) verdicts.stream().filter(one -> one.verdict() == verdict).count();
    }
}
