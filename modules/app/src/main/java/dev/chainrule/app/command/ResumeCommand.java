package dev.chainrule.app.command;

import dev.chainrule.app.option.DataOptions;
import dev.chainrule.app.option.OutputOptions;
import dev.chainrule.app.option.RunOptions;
import dev.chainrule.app.option.SetOptions;
import dev.chainrule.app.run.Resumption;
import dev.chainrule.app.run.RunSession;
import dev.chainrule.app.shell.Context;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that resumes a run that has not ended. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = "Resume an interrupted, killed or failed run from its latest checkpoint. The result is "
                + "bit-identical to an uninterrupted run.",
        footer = {
            "",
            "Examples:",
            "  java -jar pipeline.jar resume latest",
            "  java -jar pipeline.jar resume runs/mnist/20260102-030405-01234567 \\",
            "      --set training.epochs=20 --allow-changes"
        })
public final class ResumeCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "RUN", description = "A run's name or directory, 'latest', or a checkpoint file.")
    private String run;

    @Option(names = "--allow-changes", description = "Accept a changed config or plugin where that is safe.")
    private boolean allowChanges;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private SetOptions set = new SetOptions();

    @Mixin
    private DataOptions data = new DataOptions();

    @Mixin
    private RunOptions options = new RunOptions();

    public ResumeCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        output.begin();
        RunSession session = new RunSession(context, output.quiet(), options);
        return new Resumption(session, set.settings(), allowChanges, data.folder()).resume(run, Optional.empty());
    }
}
