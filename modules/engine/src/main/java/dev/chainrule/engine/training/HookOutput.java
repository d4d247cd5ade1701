package dev.chainrule.engine.training;

import dev.chainrule.api.Run;
import dev.chainrule.engine.record.CheckpointSaver;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.engine.record.RunStreams;
import dev.chainrule.math.Matrix;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;

/** The files that a run writes for its hooks: lines, checkpoints, and the model if one has chosen it. */
final class HookOutput {
    private final RunDirectory directory;
    private final RunStreams streams;
    private final CheckpointSaver saver;
    private final FinalModel model;

    @Inject
    HookOutput(RunDirectory directory, RunStreams streams, CheckpointSaver saver, FinalModel model) {
        this.directory = directory;
        this.streams = streams;
        this.saver = saver;
        this.model = model;
    }

    Path directory() {
        return directory.path();
    }

    void record(String file, Map<String, ?> line) {
        streams.ofHook(file, line);
    }

    void saveCheckpoint(String name, Run.Saved then) {
        saver.request(name, then);
    }

    void finishWith(SortedMap<String, Matrix> tensors) {
        model.replaceWith(tensors);
    }
}
