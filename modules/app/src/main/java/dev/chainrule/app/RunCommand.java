package dev.chainrule.app;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import dev.chainrule.api.InputException;
import dev.chainrule.config.ConfigException;
import dev.chainrule.engine.Assembly;
import dev.chainrule.engine.RunRecorder;
import dev.chainrule.engine.Trainer;
import dev.chainrule.math.ThreadTeam;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Train what a config declares. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Train what a config declares. The word run may be left out.",
        footer = {
            "",
            "Examples:",
            "  java -jar pipeline.jar configs/mnist.yaml",
            "  java -jar pipeline.jar run configs/mnist.yaml --threads 1 --run-dir /tmp/mnist",
            "  java -jar pipeline.jar run configs/mnist.yaml --dry-run"
        })
final class RunCommand implements Callable<Integer> {
    private static final long DRY_RUN_STEPS = 2;

    private final Context context;

    @Parameters(paramLabel = "CONFIG", description = "The YAML file that declares the run.")
    private Path config;

    @Option(
            names = "--run-dir",
            paramLabel = "DIR",
            description = "Write the run into DIR, which must be absent or empty. Default: runs/<name>/<time>-<hash>.")
    private Optional<Path> runDirectory = Optional.empty();

    @Option(names = "--dry-run", description = "Train two batches and evaluate; keep nothing.")
    private boolean dryRun;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print nothing but warnings and errors.")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Show the log on standard error.")
    private boolean verbose;

    @Mixin
    private SetOptions set = new SetOptions();

    @Mixin
    private RunOptions options = new RunOptions();

    RunCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        if (verbose) {
            RunLog.verbose();
        }
        TerminalConsole console = new TerminalConsole(
                context.out(),
                Terminal.isInteractive(context.environment()),
                quiet,
                Terminal.width(context.environment()),
                context.secrets());
        LoadedConfig loaded = ConfigLoader.load(config, options.plugins(), set.settings(), context);
        try (ThreadTeam team = new ThreadTeam(options.threads())) {
            Assembly assembly = Assemblies.of(loaded, context, options.offline(), team);
            // The guard is released last: the JVM may end at once when it is.
            try (Shutdown guard = Shutdown.guard();
                    RunPlace place = RunPlace.create(loaded, runDirectory, dryRun, context.clock())) {
                Injector injector = Guice.createInjector(
                        Stage.PRODUCTION,
                        new AppModule(context, console, guard.interruption()),
                        new RunModule(loaded, assembly, place, dryRun ? DRY_RUN_STEPS : Long.MAX_VALUE));
                Map<String, Object> facts =
                        RunFacts.of(loaded, assembly, injector.getInstance(ProgramInfo.class), team.threads());
                injector.getInstance(RunRecorder.class)
                        .start(loaded.text(), loaded.resolved(), RunFacts.keptBases(loaded), facts);
                return run(injector.getInstance(Trainer.class), loaded, assembly, place, console, team);
            }
        } catch (InputException e) {
            throw new ConfigException(Assemblies.problems(e, loaded));
        }
    }

    private int run(
            Trainer trainer,
            LoadedConfig loaded,
            Assembly assembly,
            RunPlace place,
            TerminalConsole console,
            ThreadTeam team) {
        Summary.before(console, loaded.name(), assembly.datasets(), assembly.network(), team.threads());
        context.show(Assemblies.advice(assembly, loaded));
        List<String> warnings = Assemblies.warnings(assembly);
        warnings.forEach(context::warn);
        Trainer.Outcome outcome = trainer.run();
        Summary.after(console, outcome, assembly.pipeline().encoding().target());
        // Said again at the end, where nobody can miss it.
        warnings.forEach(warning -> console.line("note: " + warning));
        console.line(
                dryRun
                        ? "dry run: nothing was kept"
                        : "run kept in " + place.directory().path());
        // Two batches cannot meet what is expected of a whole run.
        List<String> misses = dryRun ? List.of() : outcome.misses();
        misses.forEach(miss -> context.err()
                .println("error: expectation missed: " + context.secrets().hide(miss)));
        return misses.isEmpty() ? ExitCode.DONE : ExitCode.EXPECTATION;
    }
}
