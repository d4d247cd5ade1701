package dev.chainrule.builtin.hook;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.HookSpec;
import dev.chainrule.api.Run;
import dev.chainrule.api.training.Hook;
import dev.chainrule.api.value.Span;
import java.util.Optional;

/** A log of the run's course: the System.Logger {@value #LOGGER}, level INFO. */
@Component("log")
@Doc("Writes the metrics of each epoch to the run's log, and optionally values of single steps.")
public record LogHook(
        @Doc("The interval at which to write loss, gradient norm and learning rate, too, such as '200 steps'.")
        Optional<Span> every)
        implements HookSpec {
    static final String LOGGER = "dev.chainrule.run";

    @Override
    public Hook create(Run run) {
        System.Logger logger = System.getLogger(LOGGER);
        return new LogWriter(run, every, text -> logger.log(System.Logger.Level.INFO, text));
    }
}
