package dev.chainrule.builtin.hook;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.HookSpec;
import dev.chainrule.api.Run;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.training.Hook;
import java.util.List;
import java.util.Optional;

/**
 * Checkpoints of a run's whole state, saved repeatedly and at the end, as {@code epoch-0003} or {@code step-00000200}.
 * Of this hook's earlier checkpoints all but the newest and the best are deleted. An epoch's checkpoint is taken when
 * the metrics of the epoch are recorded. The time of a checkpoint changes no bit of the training.
 */
@Component("checkpoint")
@Doc("Saves everything that the run needs to be resumed, again and again and at its end, and keeps the newest.")
public record CheckpointHook(
        @Doc("How often, such as '1 epoch', '500 steps' or '10 minutes'.") @Default("1 epoch")
        Every every,

        @Doc("How many of the newest checkpoints are kept: 1 or more. Older ones are deleted.") @Default("3")
        int keep,

        @Doc("Which others are kept: those of the best epochs. Without it: none.")
        Optional<Best> best,

        @Doc("What happens when a checkpoint cannot be written: stop (the run fails) or warn (it goes on).")
        @Default("stop")
        OnError onError)
        implements HookSpec {
    /** The reaction to a checkpoint that cannot be written. */
    public enum OnError {
        STOP,
        WARN
    }

    /** The choice of the best checkpoints. */
    @Doc("Which checkpoints are the best.")
    public record Best(
            @Doc("The metric that judges the epochs, by full name such as validation.accuracy.")
            String metric,

            @Doc("Which values are better: min or max; by default what the metric says of itself.")
            Optional<Watched.Mode> mode,

            @Doc("How many are kept: 1 or more.") @Default("1")
            int keep) {
        public Best {
            ParameterException.require(keep >= 1, "keep", keep, "1 or more");
        }

        Watched watched() {
            return new Watched(metric, mode);
        }
    }

    public CheckpointHook {
        ParameterException.require(keep >= 1, "keep", keep, "1 or more");
    }

    @Override
    public Hook create(Run run) {
        return new CheckpointKeeper(this, run, System::nanoTime);
    }

    @Override
    public List<String> metricsUsed() {
        return best.stream().map(Best::metric).toList();
    }
}
