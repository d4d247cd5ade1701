package @package@;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Schedule;
import dev.chainrule.api.training.Progress;
import dev.chainrule.api.value.Span;

@Component("@name@")
@Doc("Halves the learning rate evenly, step by step.")
public record @Name@(
        @Doc("The first learning rate.") @Default("0.1") double from,
        @Doc("How long a halving takes.") @Default("2 epochs") Span halving)
        implements Schedule {
    @Override
    public double rate(Progress progress) {
        return from * StrictMath.pow(0.5, (double) progress.step() / progress.steps(halving));
    }
}
