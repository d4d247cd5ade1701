package dev.chainrule.builtin.hook;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.HookSpec;
import dev.chainrule.api.Run;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.training.Hook;
import dev.chainrule.api.value.Span;

/** A display of the run's progress. */
@Component("progress")
@Doc("Shows the run's progress: permanent lines and, on a terminal, a live bar.")
public record ProgressHook(
        @Doc("How often to print a permanent line, in epochs, such as '10 epochs'; the last epoch always has one.")
        @Default("1 epoch")
        Span every)
        implements HookSpec {
    public ProgressHook {
        ParameterException.require(every.unit() == Span.Unit.EPOCHS, "every", every, "a number of epochs");
    }

    @Override
    public Hook create(Run run) {
        return new ProgressBar(run, every.count(), System::nanoTime);
    }
}
