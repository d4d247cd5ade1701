package dev.chainrule.builtin.hook;

import dev.chainrule.api.Run;
import dev.chainrule.api.training.Hook;
import dev.chainrule.api.training.Progress;
import dev.chainrule.api.value.Span;
import dev.chainrule.math.Numbers;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** A writer of one line per epoch, and one every so many steps. No times: the log adds its own. */
final class LogWriter implements Hook {
    private final Run run;
    private final Optional<Span> every;
    private final Consumer<String> log;

    LogWriter(Run run, Optional<Span> every, Consumer<String> log) {
        this.run = run;
        this.every = every;
        this.log = log;
    }

    @Override
    public void onStepEnd() {
        Progress progress = run.progress();
        if (every.isPresent() && progress.step() % progress.steps(every.get()) == 0) {
            log.accept(String.format(
                    Locale.ROOT,
                    "step %d  loss %s  gradient norm %s  learning rate %s",
                    progress.step(),
                    Numbers.rounded(run.loss()),
                    Numbers.rounded(run.gradientNorm()),
                    Numbers.rounded(run.learningRate())));
        }
    }

    @Override
    public void onEpochEnd() {
        StringBuilder line = new StringBuilder(Epochs.label(run.progress()));
        Epochs.appendMetrics(line, run.progress());
        log.accept(line.toString());
    }

    @Override
    public void onRunEnd(Ending ending) {
        log.accept("run " + ending.name().toLowerCase(Locale.ROOT) + " after step "
                + run.progress().step());
    }
}
