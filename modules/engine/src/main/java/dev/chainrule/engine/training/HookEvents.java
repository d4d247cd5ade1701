package dev.chainrule.engine.training;

import dev.chainrule.api.training.Hook;
import dev.chainrule.engine.record.Checkpoint;
import dev.chainrule.engine.record.CheckpointSaver;
import dev.chainrule.engine.record.RunDirectory;
import jakarta.inject.Inject;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The events of a run: hooks are notified of each, and then the checkpoints that they requested are saved. */
final class HookEvents {
    private final Hooks hooks;
    private final CheckpointSaver saver;
    private final RunState state;
    private final RunDirectory directory;
    private final Supplier<Checkpoint> capture;

    @Inject
    HookEvents(Hooks hooks, CheckpointSaver saver, RunState state, RunDirectory directory) {
        this.hooks = hooks;
        this.saver = saver;
        this.state = state;
        this.directory = directory;
        this.capture = state::capture;
    }

    /**
     * Notify the hooks that the run starts; then, if it is resumed in the middle of an event, notify the rest of them of that
     * event.
     */
    void start() {
        hooks.runStart();
        saver.process(capture);
        hooks.tellRest();
        saver.process(capture);
    }

    void tell(Hooks.Event event) {
        hooks.tell(event);
        saver.process(capture);
    }

    /**
     * Keep the state as it is for all checkpoints from here on, and give up the memory of those before: the model's is needed next.
     *
     * @param copied whether the network is to contain another model
     */
    void keepState(boolean copied) {
        saver.release();
        state.keep(copied);
    }

    /** Notify the hooks that the run has ended, and save the state if it was interrupted. */
    void end(Hook.Ending ending) {
        hooks.runEnd(ending);
        if (ending == Hook.Ending.INTERRUPTED) {
            saver.request(RunDirectory.INTERRUPTED, file -> {});
        }
        saver.finish(capture);
        if (ending != Hook.Ending.INTERRUPTED) {
            directory.deleteEmergencies();
        }
    }

    /**
     * Notify the hooks that the run has failed, and save the state if it can be resumed.
     *
     * @param copied whether the network may contain another model
     * @param resumable whether the state is worth it; asked only if it is whole
     * @param suppressed receives further failures
     */
    void fail(boolean copied, BooleanSupplier resumable, Consumer<Throwable> suppressed) {
        saver.discard();
        if (!state.isKept() && state.isWhole() && resumable.getAsBoolean()) {
            state.keep(copied);
        }
        hooks.runFailed(suppressed);
        saver.discard();
        if (state.isKept()) {
            saver.request(RunDirectory.FAILED, file -> {});
        }
        saver.finish(capture);
    }
}
