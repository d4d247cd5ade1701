package dev.chainrule.app.command;

import dev.chainrule.app.load.LoadedConfig;
import dev.chainrule.app.option.DataOptions;
import dev.chainrule.app.option.OutputOptions;
import dev.chainrule.app.option.RunOptions;
import dev.chainrule.app.record.LostRuns;
import dev.chainrule.app.record.OpenedRun;
import dev.chainrule.app.record.RecordedConfig;
import dev.chainrule.app.record.RecordedFiles;
import dev.chainrule.app.record.RecordedWarmStart;
import dev.chainrule.app.record.RunLookup;
import dev.chainrule.app.record.TamperCheck;
import dev.chainrule.app.run.RunSession;
import dev.chainrule.app.shell.Context;
import dev.chainrule.engine.files.Sha256;
import dev.chainrule.engine.record.RunRecord;
import dev.chainrule.engine.record.RunSeal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that repeats a run from its own record, as a new run. */
@Command(
        name = "rerun",
        mixinStandardHelpOptions = true,
        description = {
            "Repeat a run from its own record, as a new run.",
            "The original config is not required: the run contains a copy of it, of the configs that it extends, "
                    + "of the arguments of --set and of the environment variables that it uses."
        },
        footer = {
            "",
            "Examples:",
            "  java -jar pipeline.jar rerun latest",
            "  java -jar pipeline.jar rerun runs/xor/20260102-030405-01234567 \\",
            "      --run-dir /tmp/again"
        })
public final class RerunCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "RUN", description = "A run's name or directory, or 'latest'.")
    private String run;

    @Option(
            names = "--run-dir",
            paramLabel = "DIR",
            description = "Write the run into DIR, which must be absent or empty. Default: runs/<name>/<time>-<hash>.")
    private Optional<Path> runDirectory = Optional.empty();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private DataOptions data = new DataOptions();

    @Mixin
    private RunOptions options = new RunOptions();

    public RerunCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        output.begin();
        OpenedRun.requireUnpacked(run);
        RunRecord record = LostRuns.read(RunLookup.find(Context.RUNS, run, context), context);
        boolean sealed = RunSeal.isSealed(record);
        if (sealed) {
            TamperCheck.require(record, run, RunSeal::isInput);
        } else {
            TamperCheck.warn(record, run, context, RunSeal::isInput);
        }
        RecordedConfig recorded = new RecordedConfig(record, context);
        LoadedConfig loaded =
                recorded.composed(recorded.plugins(options.plugins(context))).lookingIn(data.folder());
        if (sealed
                && !Sha256.of(loaded.resolved()).equals(RunSeal.listed(record).get("resolved.yaml"))) {
            context.warn("the config has changed since then; after the run, diff shows which values differ");
        }
        return new RunSession(context, output.quiet(), options).begin(loaded, runDirectory, false, assembly -> {
            RecordedFiles.require(record, assembly.datasets().all(), loaded.files());
            return RecordedWarmStart.applyUnchanged(record, assembly);
        });
    }
}
