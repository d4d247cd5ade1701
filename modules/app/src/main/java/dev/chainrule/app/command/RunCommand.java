package dev.chainrule.app.command;

import dev.chainrule.api.error.InputException;
import dev.chainrule.app.load.ConfigLoader;
import dev.chainrule.app.load.LoadedConfig;
import dev.chainrule.app.option.DataOptions;
import dev.chainrule.app.option.OutputOptions;
import dev.chainrule.app.option.RunOptions;
import dev.chainrule.app.option.SetOptions;
import dev.chainrule.app.option.StartOptions;
import dev.chainrule.app.run.Resumption;
import dev.chainrule.app.run.RunSession;
import dev.chainrule.app.shell.Context;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that trains a config. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Train the network that a config declares. The word 'run' is optional.",
        footer = {
            "",
            "Examples:",
            "  java -jar pipeline.jar configs/mnist.yaml",
            "  java -jar pipeline.jar run configs/mnist.yaml --threads 1 --run-dir /tmp/mnist",
            "  java -jar pipeline.jar run configs/mnist.yaml --dry-run",
            "  java -jar pipeline.jar run --resume latest",
            "  java -jar pipeline.jar run mine.yaml --start-from latest \\",
            "      --start-fresh head --start-skip dense_2"
        })
public final class RunCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "CONFIG", arity = "0..1", description = "The YAML file that declares the run.")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--run-dir",
            paramLabel = "DIR",
            description = "Write the run into DIR, which must be absent or empty. Default: runs/<name>/<time>-<hash>.")
    private Optional<Path> runDirectory = Optional.empty();

    @Option(
            names = "--resume",
            paramLabel = "RUN",
            description = "Resume an unfinished run from its latest checkpoint: a run's name or directory, 'latest', "
                    + "or a checkpoint file. Without CONFIG, the run's own config is used.")
    private Optional<String> resume = Optional.empty();

    @Option(
            names = "--allow-changes",
            description = "With --resume: accept a changed config or plugin where that is safe.")
    private boolean allowChanges;

    @Option(names = "--dry-run", description = "Train two batches and evaluate, without keeping the run.")
    private boolean dryRun;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private StartOptions start = new StartOptions();

    @Mixin
    private SetOptions set = new SetOptions();

    @Mixin
    private DataOptions data = new DataOptions();

    @Mixin
    private RunOptions options = new RunOptions();

    public RunCommand(Context context) {
        this.context = context;
    }

    /** Create a command with the defaults of all options. */
    public RunCommand(Context context, Path config) {
        this(context);
        this.config = Optional.of(config);
    }

    @Override
    public Integer call() throws IOException {
        output.begin();
        RunSession session = new RunSession(context, output.quiet(), options);
        if (resume.isPresent()) {
            if (runDirectory.isPresent() || dryRun) {
                throw new InputException(
                        "--resume cannot be combined with --run-dir or --dry-run",
                        "A run is resumed in its own directory.");
            }
            if (start.isGiven()) {
                throw new InputException(
                        "--resume continues a run, but --start-from begins a new one", "Remove one of them.");
            }
            return new Resumption(session, set.settings(), allowChanges, data.folder()).resume(resume.get(), config);
        }
        Path file = config.orElseThrow(() ->
                new InputException("no config was given", "Give a config, or a run to resume: run --resume RUN."));
        LoadedConfig loaded = ConfigLoader.load(file, options.plugins(context), set.settings(), context)
                .lookingIn(data.folder());
        return session.begin(loaded, runDirectory, dryRun, assembly -> start.apply(assembly, loaded, context));
    }
}
