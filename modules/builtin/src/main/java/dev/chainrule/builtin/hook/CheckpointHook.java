package dev.chainrule.builtin.hook;

import dev.chainrule.api.Component;
import dev.chainrule.api.Default;
import dev.chainrule.api.Doc;
import dev.chainrule.api.Hook;
import dev.chainrule.api.HookSpec;
import dev.chainrule.api.ParameterException;
import dev.chainrule.api.Run;
import dev.chainrule.api.RunException;
import dev.chainrule.api.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * Save the run again and again, as {@code epoch-0003} or {@code step-00000200}, and delete what this hook itself saved before,
 * but for the newest. An epoch's checkpoint is taken when the metrics of the epoch are recorded.
 */
@Component("checkpoint")
@Doc("Saves parameters, buffers and optimizer state again and again, and keeps the newest.")
public record CheckpointHook(
        @Doc("How often, such as '1 epoch' or '500 steps'.") @Default("1 epoch")
        Span every,

        @Doc("How many checkpoints are kept: 1 or more. Older ones are deleted.") @Default("3")
        int keep)
        implements HookSpec {
    public CheckpointHook {
        ParameterException.require(keep >= 1, "keep", keep, "1 or more");
    }

    @Override
    public Hook create(Run run) {
        return new Saver(this, run);
    }

    private static final class Saver implements Hook {
        private final CheckpointHook spec;
        private final Run run;
        private final Deque<Path> saved = new ArrayDeque<>();

        Saver(CheckpointHook spec, Run run) {
            this.spec = spec;
            this.run = run;
        }

        @Override
        public void onStepEnd() {
            long step = run.progress().step();
            if (spec.every.unit() == Span.Unit.STEPS && step % spec.every.count() == 0) {
                save(String.format(Locale.ROOT, "step-%08d", step));
            }
        }

        @Override
        public void onEpochEnd() {
            long epoch = Epochs.number(run.progress());
            if (spec.every.unit() == Span.Unit.EPOCHS && epoch % spec.every.count() == 0) {
                save(String.format(Locale.ROOT, "epoch-%04d", epoch));
            }
        }

        private void save(String name) {
            saved.addLast(run.saveCheckpoint(name));
            while (saved.size() > spec.keep) {
                delete(saved.removeFirst());
            }
        }

        private static void delete(Path checkpoint) {
            try {
                Files.deleteIfExists(checkpoint);
            } catch (IOException e) {
                throw new RunException("the old checkpoint " + checkpoint + " cannot be deleted: " + e.getMessage(), e);
            }
        }
    }
}
