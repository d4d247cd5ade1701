package dev.chainrule.app.record;

import dev.chainrule.api.error.InputException;
import dev.chainrule.app.shell.Context;
import dev.chainrule.engine.record.Checkpoints;
import dev.chainrule.engine.record.ResumePoint;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.engine.record.RunRecord;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file with the tensors of a warm start: a file itself, or the model or latest checkpoint of a run. */
public final class StartFile {
    private StartFile() {}

    /**
     * Find the file. That of a run is compared with the run's seal; nothing of the run is executed.
     *
     * @param text a file, the directory or name of a run, or {@code latest}
     * @throws InputException if there is none, or if it was changed after the run
     */
    public static Path find(String text, Context context) {
        if (Files.isRegularFile(Path.of(text))) {
            return Path.of(text);
        }
        RunDirectory run = text.equals("latest") || Files.exists(Path.of(text))
                ? RunLookup.find(Context.RUNS, text, context)
                : RunLookup.search(Context.RUNS, text, context)
                        .orElseThrow(() -> new InputException(
                                "'" + text + "' does not exist",
                                "Give a model, a checkpoint, or a run's name or directory."));
        RunRecord record = LostRuns.read(run, context);
        if (Files.isRegularFile(run.model())) {
            TamperCheck.require(
                    record,
                    run.path().toString(),
                    name -> run.path().resolve(name).equals(run.model()));
            return run.model();
        }
        Path checkpoint = Checkpoints.latest(
                        run,
                        damaged -> context.warn(
                                "discarded " + damaged.file().orElse("a checkpoint") + ": " + damaged.getMessage()))
                .map(ResumePoint::file)
                .orElseThrow(() -> new InputException(
                        "run " + run.path() + " has neither a model nor a checkpoint",
                        "It failed, was killed or is still running; see run.json."));
        if (record.hasEnded()) {
            TamperCheck.require(
                    record,
                    run.path().toString(),
                    name -> run.path().resolve(name).equals(checkpoint));
        }
        return checkpoint;
    }
}
