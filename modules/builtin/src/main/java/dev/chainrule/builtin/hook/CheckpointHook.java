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
@Doc("Saves everything that is required to resume the run, at regular intervals and at its end, and keeps the "
        + "most recent checkpoints.")
public record CheckpointHook(
        @Doc("How often, such as '1 epoch', '500 steps' or '10 minutes'.") @Default("1 epoch")
        Every every,

        @Doc("How many of the most recent checkpoints to keep: 1 or more. Older ones are deleted.") @Default("3")
        int keep,

        @Doc("Other checkpoints to keep: those of the best epochs. By default, none.")
        Optional<Best> best,

        @Doc("The reaction to a checkpoint that cannot be written: stop (the run fails) or warn (it continues).")
        @Default("stop")
        OnError onError)
        implements HookSpec {
    /** The reaction to a checkpoint that cannot be written. */
    public enum OnError {
        STOP,
        WARN
    }

    /** The choice of the best checkpoints. */
    @Doc("The choice of the best checkpoints.")
    public record Best(
            @Doc("The metric that ranks the epochs, by its full name, such as validation.accuracy.")
            String metric,

            @Doc("Which values are better: min or max; by default, as the metric declares.")
            Optional<Watched.Mode> mode,

            @Doc("How many to keep: 1 or more.") @Default("1")
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
