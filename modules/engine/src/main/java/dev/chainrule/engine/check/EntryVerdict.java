package dev.chainrule.engine.check;

import dev.chainrule.api.training.GradientReport;
import dev.chainrule.engine.check.Comparison.Verdict;

/** The comparison of one entry. */
record EntryVerdict(int row, int column, Comparison comparison) {
    Verdict verdict() {
        return comparison.verdict();
    }

    boolean compared() {
        return verdict() == Verdict.AGREES || verdict() == Verdict.DIFFERS;
    }

    double analytic() {
        return comparison.analytic();
    }

    double numeric() {
        return comparison.numeric();
    }

    EntryVerdict with(Verdict verdict) {
        return new EntryVerdict(
                row,
                column,
                new Comparison(
                        verdict,
                        comparison.analytic(),
                        comparison.numeric(),
                        comparison.uncertainty(),
                        comparison.step(),
                        comparison.relativeError()));
    }

    GradientReport.Entry entry() {
        return new GradientReport.Entry(row, column, analytic(), numeric(), comparison.relativeError());
    }
}
