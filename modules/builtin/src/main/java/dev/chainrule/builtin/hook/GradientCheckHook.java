package dev.chainrule.builtin.hook;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.HookSpec;
import dev.chainrule.api.Run;
import dev.chainrule.api.error.CheckException;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.training.GradientReport;
import dev.chainrule.api.training.GradientTable;
import dev.chainrule.api.training.Hook;
import dev.chainrule.api.value.Span;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A comparison of the gradients of backpropagation with slopes of the cost, equation by equation, on a copy of the
 * network in float64; the run is not changed. A difference ends the run.
 */
@Component("gradient_check")
@Doc("Compares the gradients of backpropagation with numerical ones, equation by equation, in float64 on a copy of the "
        + "network. A difference ends the run.")
public record GradientCheckHook(
        @Doc("When: start (before the first step) or end (after a run that was completed or stopped).")
        @Default("start")
        At at,

        @Doc("An interval at which to check, too, such as '5 epochs'.")
        Optional<Span> every,

        @Doc("The maximum number of entries to compare per quantity: 1 or more.") @Default("50")
        int samples,

        @Doc("The largest acceptable relative error |a - n| / (|a| + |n|): above 0.") @Default("1e-6")
        double tolerance,

        @Doc("The time limit of a check in seconds, above 0; entries not compared by then are counted. By "
                + "default, no limit.")
        Optional<Double> budget)
        implements HookSpec {
    /** The time of the check. */
    public enum At {
        START,
        END
    }

    public GradientCheckHook {
        ParameterException.require(samples >= 1, "samples", samples, "1 or more");
        ParameterException.require(
                tolerance > 0 && Double.isFinite(tolerance), "tolerance", tolerance, "a finite number above 0");
        budget.ifPresent(seconds -> ParameterException.require(
                seconds > 0 && Double.isFinite(seconds), "budget", seconds, "a finite number above 0"));
    }

    @Override
    public Hook create(Run run) {
        return new Checker(this, run);
    }

    private static final class Checker implements Hook {
        private final GradientCheckHook spec;
        private final Run run;

        Checker(GradientCheckHook spec, Run run) {
            this.spec = spec;
            this.run = run;
        }

        /** Check a new run; a resumed one was checked when it began. */
        @Override
        public void onRunStart() {
            if (spec.at == At.START && run.progress().step() == 0) {
                check();
            }
        }

        @Override
        public void onStepEnd() {
            if (isDue(Span.Unit.STEPS)) {
                check();
            }
        }

        @Override
        public void onEpochEnd() {
            if (isDue(Span.Unit.EPOCHS)) {
                check();
            }
        }

        @Override
        public void onRunEnd(Ending ending) {
            if (spec.at == At.END && (ending == Ending.COMPLETED || ending == Ending.STOPPED)) {
                check();
            }
        }

        private boolean isDue(Span.Unit unit) {
            return spec.every.isPresent()
                    && spec.every.get().unit() == unit
                    && run.progress().step() % run.progress().steps(spec.every.get()) == 0;
        }

        /** Return the width of the table: only a terminal is narrow. */
        private int width() {
            return run.console().live() ? run.console().width() : Integer.MAX_VALUE;
        }

        private void check() {
            GradientReport report =
                    run.checkGradients(new GradientReport.Options(spec.samples, spec.tolerance, spec.budget));
            GradientTable.lines(report, spec.tolerance, width()).forEach(run.console()::line);
            if (report.verdict() == GradientReport.Verdict.FAILED) {
                throw new CheckException("the gradient check failed. "
                        + report.faults().stream().map(GradientTable::text).collect(Collectors.joining(". ")));
            }
        }
    }
}
