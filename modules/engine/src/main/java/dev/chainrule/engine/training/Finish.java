package dev.chainrule.engine.training;

import dev.chainrule.api.training.Hook;
import dev.chainrule.engine.record.Blame;
import dev.chainrule.engine.record.RunExit;
import dev.chainrule.engine.record.RunJson;
import dev.chainrule.engine.record.RunResult;
import dev.chainrule.engine.training.step.RunProgress;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** The end of a run that did not fail: final model, evaluation, last event, record. */
final class Finish {
    private static final System.Logger LOG = System.getLogger(Finish.class.getName());

    private final FinalModel model;
    private final FinalEvaluation evaluation;
    private final HookEvents events;
    private final RunJson json;
    private final RunProgress progress;
    private final Interruption interruption;

    @Inject
    Finish(
            FinalModel model,
            FinalEvaluation evaluation,
            HookEvents events,
            RunJson json,
            RunProgress progress,
            Interruption interruption) {
        this.model = model;
        this.evaluation = evaluation;
        this.events = events;
        this.json = json;
        this.progress = progress;
        this.interruption = interruption;
    }

    /** Finish a run whose training has ended. An interrupted run is not evaluated, since it is to be resumed. */
    RunOutcome after(Hook.Ending ending) {
        boolean interrupted = ending == Hook.Ending.INTERRUPTED;
        events.keepState(model.isReplaced(ending));
        FinalModel.Figures figures = model.settle(ending);
        if (!interrupted) {
            evaluation.calibrate(figures);
        }
        FinalEvaluation.Findings findings = interrupted ? FinalEvaluation.Findings.NONE : evaluation.of(figures);
        model.write();
        events.end(ending);
        Optional<String> reason = interrupted ? Optional.of("interrupted") : progress.stopReason();
        json.end(
                ending,
                interrupted ? RunExit.ofSignal(interruption.signal()) : exit(findings.misses()),
                new RunResult(
                        reason.orElse(""),
                        progress.step(),
                        figures.epoch(),
                        figures.metrics(),
                        findings.baseline(),
                        findings.misses(),
                        interrupted ? Optional.of(Blame.of(Blame.Who.USER, "interrupted")) : Optional.empty()));
        LOG.log(System.Logger.Level.INFO, () -> ending + " after step " + progress.step() + ": " + figures.metrics());
        findings.misses().forEach(miss -> LOG.log(System.Logger.Level.INFO, "missed: {0}", miss));
        return new RunOutcome(
                ending,
                reason,
                progress.step(),
                figures.epoch(),
                progress.recordedEpochs(),
                figures.metrics(),
                findings.baseline(),
                progress.history(),
                findings.confusion(),
                findings.misses());
    }

    private static int exit(List<String> misses) {
        return misses.isEmpty() ? RunExit.DONE : RunExit.EXPECTATION;
    }
}
