package dev.chainrule.engine.record;

import dev.chainrule.api.Run;
import dev.chainrule.api.error.RunException;
import dev.chainrule.engine.files.AtomicFiles;
import dev.chainrule.engine.files.SafetensorsImage;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * The writer of the checkpoints that hooks request: each is copied on the training thread and written by another one while
 * training continues. One is written at a time. The requester is notified of the end on the training thread.
 */
public final class CheckpointSaver {
    private final RunDirectory directory;
    private final RunStreams streams;
    private final SafetensorsImage image = new SafetensorsImage();
    private final List<Request> requests = new ArrayList<>();
    private Running running;
    private boolean hasFolder;

    /**
     * Create a saver for one run.
     *
     * @param streams of the same run, forced to disk before a checkpoint that relies on them
     */
    @Inject
    public CheckpointSaver(RunDirectory directory, RunStreams streams) {
        this.directory = directory;
        this.streams = streams;
    }

    private record Request(String name, Run.Saved then) {}

    private record Running(FutureTask<Path> task, Run.Saved then) {}

    public void request(String name, Run.Saved then) {
        requests.add(new Request(name, then));
    }

    /** Begin the requested checkpoints, and notify the requester of one that has ended. Does nothing at nearly every step. */
    public void process(Supplier<Checkpoint> state) {
        while (!requests.isEmpty()) {
            await();
            begin(requests.remove(0), state.get());
        }
        if (running != null && running.task().isDone()) {
            await();
        }
    }

    /** Save the requested checkpoints and wait until all are written. */
    public void finish(Supplier<Checkpoint> state) {
        process(state);
        await();
    }

    /** Discard the requests that have not begun. */
    public void discard() {
        requests.clear();
    }

    private void begin(Request request, Checkpoint state) {
        try {
            image.take(state.toSafetensors());
            Path file = file(request.name());
            FutureTask<Path> task = new FutureTask<>(() -> {
                streams.force();
                image.write(file);
                return file;
            });
            running = new Running(task, request.then());
            Thread writer = new Thread(task, "chainrule-checkpoint");
            writer.setDaemon(true);
            writer.start();
        } catch (RunException e) {
            request.then().failed(e);
        }
    }

    /** Return the file of a checkpoint, in a folder that is created only for the first one. */
    private Path file(String name) {
        if (!hasFolder) {
            AtomicFiles.createFolder(directory.checkpoints());
            hasFolder = true;
        }
        return directory.checkpoint(name);
    }

    /** Give up the memory of the copies, once the checkpoint that is being written is complete. */
    public void release() {
        await();
        image.release();
    }

    /** Wait for the checkpoint that is being written, and notify its requester. */
    public void await() {
        if (running == null) {
            return;
        }
        Running ended = running;
        running = null;
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    ended.then().written(ended.task().get());
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RunException failure) {
                ended.then().failed(failure);
            } else if (e.getCause() instanceof Error error) {
                throw error;
            } else {
                throw new IllegalStateException(e.getCause());
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
