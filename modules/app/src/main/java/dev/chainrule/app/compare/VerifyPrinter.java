package dev.chainrule.app.compare;

import dev.chainrule.app.compare.Finding.Aspect;
import dev.chainrule.app.compare.Finding.Outcome;
import java.util.function.Consumer;

/** The text of a verification, each finding as soon as it is known. */
public final class VerifyPrinter implements VerifyListener {
    private static final int LABEL_WIDTH = 11;
    private static final String VALUE = "               ";

    private final Consumer<String> out;

    /**
     * Show on lines.
     *
     * @param out takes lines for the user
     */
    public VerifyPrinter(Consumer<String> out) {
        this.out = out;
    }

    @Override
    public void onBegin(String run, String name, String state) {
        out.accept(run + ": " + name + ", " + state);
    }

    @Override
    public void onFinding(Finding finding) {
        String label = label(finding);
        out.accept("  " + label + " ".repeat(Math.max(1, LABEL_WIDTH - label.length())) + finding.message());
        if (finding.aspect() == Aspect.METRICS) {
            finding.recorded().ifPresent(line -> out.accept(VALUE + RunVerifier.RECORDED + " " + line));
            finding.now().ifPresent(line -> out.accept(VALUE + RunVerifier.NOW + "      " + line));
        }
    }

    @Override
    public void onRetraining(Retrained retrained) {
        out.accept(retrained.words());
    }

    /** Show the verdict. */
    public void end(VerifyReport report) {
        out.accept(report.verdict().name());
    }

    private static String label(Finding finding) {
        return finding.outcome() == Outcome.CHANGED
                ? "CHANGED"
                : switch (finding.aspect()) {
                    case RECORD -> "record";
                    case SIGNATURE -> "signed";
                    case DATA -> "data";
                    case DATA_FILES -> "looked";
                    case PLUGINS -> "plugins";
                    case RETRAINING -> "retraining";
                    case STEPS -> "steps";
                    case EPOCHS -> "epochs";
                    case METRICS -> "metrics";
                    case MODEL -> "model";
                    case CHECKPOINTS -> "saved";
                    case HOOK_FILES -> "recorded";
                    case FACTS -> "facts";
                    case CONFIG -> "config";
                    case PROGRAM, MACHINE -> finding.outcome() == Outcome.NO_EFFECT ? "harmless" : "differs";
                };
    }
}
