package dev.chainrule.app.run;

import com.google.inject.Injector;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.training.Hook;
import dev.chainrule.api.training.Optimizer;
import dev.chainrule.app.load.AssemblyFactory;
import dev.chainrule.app.load.LoadedConfig;
import dev.chainrule.app.option.RunOptions;
import dev.chainrule.app.record.RunLookup;
import dev.chainrule.app.shell.Context;
import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.shell.PluginFailure;
import dev.chainrule.app.shell.RunGuard;
import dev.chainrule.app.shell.Terminal;
import dev.chainrule.app.shell.TerminalConsole;
import dev.chainrule.config.ConfigException;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.engine.record.RunExit;
import dev.chainrule.engine.record.RunJson;
import dev.chainrule.engine.record.RunStreams;
import dev.chainrule.engine.training.RunOutcome;
import dev.chainrule.engine.training.TrainingRun;
import dev.chainrule.math.ThreadTeam;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The training of a loaded config from the beginning, with its messages to the user. */
public final class RunSession {
    private static final long DRY_RUN_STEPS = 2;
    private static final String LATEST = "latest";

    private final Context context;
    private final TerminalConsole console;
    private final RunOptions options;

    public RunSession(Context context, boolean quiet, RunOptions options) {
        this.context = context;
        this.console = new TerminalConsole(
                context.out(),
                Terminal.isInteractive(context.environment()),
                quiet,
                Terminal.currentWidth(context.environment()),
                context.secrets());
        this.options = options;
    }

    /**
     * Begin a run; return the exit code.
     *
     * @param start adds the initial tensors of a warm start, if there is one
     */
    public int begin(LoadedConfig loaded, Optional<Path> runDirectory, boolean dryRun, UnaryOperator<Assembly> start)
            throws IOException {
        try (ThreadTeam team = new ThreadTeam(options.threads())) {
            sayFirst(loaded);
            Assembly assembly =
                    start.apply(AssemblyFactory.loaded(loaded, context, options.offline(), team, console::status));
            LearnedNames.check(assembly, loaded);
            Optimizer optimizer = assembly.optimizer();
            AssemblyFactory.beginHashing(assembly, loaded);
            // The guard is released last, since the JVM may end as soon as it is.
            try (RunGuard guard = context.shutdown().guardRun(context::warn);
                    RunWorkspace workspace =
                            RunWorkspace.create(loaded, runDirectory, dryRun, context.clock(), console::line)) {
                Injector injector = injector(
                        guard,
                        new RunModule(
                                loaded,
                                assembly,
                                optimizer,
                                team,
                                workspace.directory(),
                                dryRun ? DRY_RUN_STEPS : Long.MAX_VALUE));
                assembly.start()
                        .ifPresent(
                                learned -> learned.write(workspace.directory().start()));
                RunManifest manifest = injector.getInstance(RunManifest.class);
                RunJson json = injector.getInstance(RunJson.class);
                json.start(loaded.text(), loaded.resolved(), manifest.keptBases(), manifest.all());
                watch(guard, injector, loaded);
                assembly.start().ifPresent(learned -> {
                    Summary.start(console, learned);
                    learned.warnings(assembly.datasets().train().encoding(), assembly.network())
                            .forEach(context::warn);
                });
                return recorded(
                        json,
                        () -> train(
                                injector.getInstance(TrainingRun.class), loaded, assembly, workspace, team, dryRun));
            } catch (OutOfMemoryError e) {
                throw assembly.memory().shortage(assembly.network()).failure(e);
            }
        } catch (InputException e) {
            throw new ConfigException(AssemblyFactory.problems(e, loaded));
        }
    }

    /** Print at once that work has begun: on a terminal somebody is waiting, and large data take seconds to read. */
    void sayFirst(LoadedConfig loaded) {
        if (console.live()) {
            console.line(loaded.name() + ": reading the data");
        }
    }

    Injector injector(RunGuard guard, RunModule run) {
        return Wiring.of(new AppModule(context, console, guard.interruption()), run);
    }

    /** Record the run if the process ends within it, and report plugins that block it. */
    void watch(RunGuard guard, Injector injector, LoadedConfig loaded) {
        guard.records(injector.getInstance(RunJson.class));
        if (!loaded.jars().isEmpty()) {
            new Watchdog(guard, injector.getInstance(RunStreams.class), context).start();
        }
    }

    /** Run the training of a run that has begun; if it fails before the training loop can record the failure, record it here. */
    static int recorded(RunJson json, IntSupplier training) {
        try {
            return training.getAsInt();
        } catch (Throwable e) {
            Throwable cause = e instanceof PluginFailure ? e.getCause() : e;
            try {
                json.endAtOnce(Hook.Ending.FAILED, RunExit.of(cause), json.blame(cause));
            } catch (RuntimeException | Error unwritten) {
                e.addSuppressed(unwritten);
            }
            throw e;
        }
    }

    /** Train to the end; return the exit code. */
    int train(
            TrainingRun run,
            LoadedConfig loaded,
            Assembly assembly,
            RunWorkspace workspace,
            ThreadTeam team,
            boolean dryRun) {
        Summary.before(console, loaded.name(), assembly.datasets(), assembly.network(), team.threads());
        context.show(AssemblyFactory.advice(assembly, loaded));
        List<String> warnings = AssemblyFactory.warnings(assembly);
        warnings.forEach(context::warn);
        RunOutcome outcome;
        try {
            outcome = outcome(run, loaded, workspace, dryRun);
        } catch (Throwable e) {
            report(loaded, assembly, workspace, dryRun, false, unshown -> {}); // run.log has it, and the user the cause
            throw e;
        }
        Optional<Path> report =
                report(loaded, assembly, workspace, dryRun, outcome.ending() == Hook.Ending.INTERRUPTED, context::warn);
        Summary.after(console, outcome, loaded.experiment().heads(), assembly.pipeline());
        RunNotes.of(outcome, higherIsBetter(assembly)).forEach(note -> console.line("note: " + note));
        // Repeated at the end, where nobody can miss it.
        warnings.forEach(warning -> console.line("note: " + warning));
        console.line(
                dryRun
                        ? "dry run: no run was kept"
                        : "run kept in " + workspace.directory().path());
        if (!dryRun) {
            console.line("model:  " + workspace.directory().model());
        }
        report.ifPresent(page -> console.line("report: " + page));
        if (outcome.ending() == Hook.Ending.INTERRUPTED && !dryRun) {
            console.line("to resume it: " + resumeCommand(workspace.directory(), loaded));
        }
        // Two batches cannot meet the expectations of a whole run.
        List<String> misses = dryRun ? List.of() : outcome.misses();
        misses.forEach(miss -> context.fail("expectation missed: " + miss));
        return misses.isEmpty() ? ExitCode.DONE : ExitCode.EXPECTATION;
    }

    private Optional<Path> report(
            LoadedConfig loaded,
            Assembly assembly,
            RunWorkspace workspace,
            boolean dryRun,
            boolean interrupted,
            Consumer<String> warnings) {
        return dryRun
                ? Optional.empty()
                : EndReport.write(
                        workspace.directory(),
                        loaded,
                        assembly,
                        interrupted,
                        options.plugins(context),
                        context,
                        warnings);
    }

    private static Map<String, Boolean> higherIsBetter(Assembly assembly) {
        Map<String, Boolean> better = new LinkedHashMap<>();
        assembly.metrics()
                .forEach(metric -> better.put(metric.label(), metric.metric().higherIsBetter()));
        return better;
    }

    /** Return the complete command that resumes a run, with its path if {@code latest} is another run. */
    private String resumeCommand(RunDirectory run, LoadedConfig loaded) {
        StringBuilder command = new StringBuilder("java -jar pipeline.jar resume ");
        command.append(isLatest(run) ? LATEST : run.path());
        return command.append(pluginArguments(loaded)).toString();
    }

    /** The plugins in a run's record are not trusted, so the command gives them again unless they are found in ./plugins. */
    private static String pluginArguments(LoadedConfig loaded) {
        return loaded.jars().stream()
                .flatMap(plugin -> plugin.argument().stream())
                .map(argument -> " --plugins " + argument)
                .collect(Collectors.joining());
    }

    private boolean isLatest(RunDirectory run) {
        try {
            Optional<RunDirectory> latest =
                    RunLookup.quietly(Context.RUNS, LATEST, context.clock().instant());
            return latest.isPresent()
                    && latest.get().path().toAbsolutePath().equals(run.path().toAbsolutePath());
        } catch (InputException e) {
            return false; // the folder of runs is unreadable
        }
    }

    /** Train; if a plugin fails, add to its failure the run's directory and the command that resumes it. */
    private static RunOutcome outcome(
            TrainingRun training, LoadedConfig loaded, RunWorkspace workspace, boolean dryRun) {
        try {
            return training.run();
        } catch (Throwable e) {
            String run = workspace.directory().path().toString();
            List<String> notes = dryRun
                    ? List.of()
                    : List.of(
                            "The run is kept in " + run + ".",
                            "After correcting the plugin: java -jar pipeline.jar resume " + run
                                    + pluginArguments(loaded) + " --allow-changes.");
            Optional<PluginFailure> failure = PluginFailure.of(e, loaded.registry(), notes);
            if (failure.isPresent()) {
                throw failure.get();
            }
            throw e;
        }
    }

    TerminalConsole console() {
        return console;
    }

    RunOptions options() {
        return options;
    }

    Context context() {
        return context;
    }
}
