package dev.chainrule.builtin.hook;

import dev.chainrule.api.CheckException;
import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.GradientReport;
import dev.chainrule.api.Hook;
import dev.chainrule.api.HookSpec;
import dev.chainrule.api.ParameterException;
import dev.chainrule.api.Run;
import dev.chainrule.math.Numbers;
import java.util.Locale;

/**
 * Compare the gradients of backpropagation with central differences, on a copy of the network in float64; the run is not
 * changed. A difference over the tolerance ends the run.
 */
@Component("gradient_check")
@Doc("Compares the gradients of backpropagation with numerical ones, in float64 on a copy of the network. "
        + "A difference over the tolerance ends the run.")
public record GradientCheckHook(
        @Doc("When: start (before the first step) or end (after a run that was completed or stopped).")
        @Default("start")
        At at,

        @Doc("How many entries of each parameter are compared, at most: 1 or more.") @Default("50")
        int samples,

        @Doc("The largest relative error |a - n| / (|a| + |n|) that passes: above 0.") @Default("1e-6")
        double tolerance)
        implements HookSpec {
    /** When the gradients are checked. */
    public enum At {
        START,
        END
    }

    public GradientCheckHook {
        ParameterException.require(samples >= 1, "samples", samples, "1 or more");
        ParameterException.require(
                tolerance > 0 && Double.isFinite(tolerance), "tolerance", tolerance, "a finite number above 0");
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

        @Override
        public void onRunStart() {
            if (spec.at == At.START) {
                check();
            }
        }

        @Override
        public void onRunEnd(Ending ending) {
            if (spec.at == At.END && (ending == Ending.COMPLETED || ending == Ending.STOPPED)) {
                check();
            }
        }

        private void check() {
            GradientReport report = run.checkGradients(new GradientReport.Options(spec.samples, spec.tolerance));
            GradientTable.lines(report, spec.tolerance).forEach(run.console()::line);
            for (GradientReport.Row row : report.rows()) {
                if (row.failed() > 0) {
                    throw new CheckException(failure(row));
                }
            }
        }

        private String failure(GradientReport.Row row) {
            GradientReport.Entry worst = row.worst();
            return String.format(
                    Locale.ROOT,
                    "the gradient of %s is wrong in %d of %d entries; worst at [%d, %d]: "
                            + "backpropagation gives %s, central differences give %s, relative error %s, tolerance %s",
                    row.parameter(),
                    row.failed(),
                    row.checked(),
                    worst.row(),
                    worst.column(),
                    Numbers.format(worst.analytic()),
                    Numbers.format(worst.numeric()),
                    Epochs.number(worst.relativeError()),
                    Numbers.format(spec.tolerance));
        }
    }
}
