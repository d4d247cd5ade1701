package dev.chainrule.builtin.hook;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Hook;
import dev.chainrule.api.HookSpec;
import dev.chainrule.api.Run;

/** Show how far the run has come. */
@Component("progress")
@Doc("Shows how far the run has come: a line for each epoch and, on a terminal, a live bar.")
public record ProgressHook() implements HookSpec {
    @Override
    public Hook create(Run run) {
        return new ProgressBar(run, System::nanoTime);
    }
}
