package @package@;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.HookSpec;
import dev.chainrule.api.Run;
import dev.chainrule.api.training.Hook;

@Component("@name@")
@Doc("Ends the run after an epoch whose last batch cost less than a limit.")
public record @Name@(@Doc("The limit.") @Default("0.01") double below) implements HookSpec {
    @Override
    public Hook create(Run run) {
        return new Hook() {
            @Override
            public void onEpochEnd() {
                if (run.loss() < below) {
                    run.stop("the loss is below " + below);
                }
            }
        };
    }
}
