package dev.chainrule.app.option;

import dev.chainrule.api.error.InputException;
import dev.chainrule.app.record.LostRuns;
import dev.chainrule.app.record.RunLookup;
import dev.chainrule.app.record.TamperCheck;
import dev.chainrule.app.shell.Context;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.model.TensorMapping;
import dev.chainrule.engine.model.WarmStart;
import dev.chainrule.engine.record.Checkpoints;
import dev.chainrule.engine.record.ResumePoint;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.engine.record.RunRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of a warm start. */
public final class StartOptions {
    @Option(
            names = "--start-from",
            paramLabel = "FILE|RUN",
            description = "Start from trained parameters: a model or checkpoint, a run's directory, 'latest', or a "
                    + "safetensors file from another program. The optimizer and the epochs start afresh.")
    private Optional<String> from = Optional.empty();

    @Option(
            names = "--start-rename",
            paramLabel = "OLD=NEW",
            description = "With --start-from: use the file's layer or tensor OLD as NEW. Repeatable.")
    private List<String> renamed = new ArrayList<>();

    @Option(
            names = "--start-fresh",
            paramLabel = "NAME",
            description = "With --start-from: initialise a layer or tensor, even if the file contains it. Repeatable.")
    private List<String> fresh = new ArrayList<>();

    @Option(
            names = "--start-skip",
            paramLabel = "NAME",
            description = "With --start-from: ignore a layer or tensor of the file. Repeatable.")
    private List<String> skipped = new ArrayList<>();

    /** Return whether any of them was given. */
    public boolean isGiven() {
        return from.isPresent() || !renamed.isEmpty() || !fresh.isEmpty() || !skipped.isEmpty();
    }

    /**
     * Return an assembly with the initial tensors that the options give.
     *
     * @throws InputException if there is no such file, or it does not fit
     */
    public Assembly apply(Assembly assembly, Context context) {
        if (!isGiven()) {
            return assembly;
        }
        Path file = file(
                from.orElseThrow(() -> new InputException(
                        "--start-from is missing",
                        "--start-rename, --start-fresh and --start-skip require --start-from.")),
                context);
        TensorMapping mapping = new TensorMapping(renamings(), fresh, skipped);
        return assembly.startingFrom(WarmStart.read(file, mapping, assembly.network(), assembly.pipeline()));
    }

    private static Path file(String text, Context context) {
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

    private Map<String, String> renamings() {
        Map<String, String> renamings = new LinkedHashMap<>();
        for (String rule : renamed) {
            int equals = rule.indexOf('=');
            if (equals < 1 || equals == rule.length() - 1) {
                throw new InputException(
                        "--start-rename is '" + rule + "'", "OLD=NEW is required, such as dense_2=head.");
            }
            if (renamings.put(rule.substring(0, equals), rule.substring(equals + 1)) != null) {
                throw new InputException(
                        "--start-rename gives " + rule.substring(0, equals) + " twice", "Give each name once.");
            }
        }
        return renamings;
    }
}
