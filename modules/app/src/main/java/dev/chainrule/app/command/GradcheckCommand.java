package dev.chainrule.app.command;

import dev.chainrule.api.error.InputException;
import dev.chainrule.api.training.GradientReport;
import dev.chainrule.api.training.GradientTable;
import dev.chainrule.app.load.AssemblyFactory;
import dev.chainrule.app.load.ConfigLoader;
import dev.chainrule.app.load.LoadedConfig;
import dev.chainrule.app.option.DataOptions;
import dev.chainrule.app.option.RunOptions;
import dev.chainrule.app.option.SetOptions;
import dev.chainrule.app.record.OpenedRun;
import dev.chainrule.app.record.RecordedFiles;
import dev.chainrule.app.record.RunLookup;
import dev.chainrule.app.record.TrainedRun;
import dev.chainrule.app.shell.Context;
import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.shell.Terminal;
import dev.chainrule.app.shell.TerminalConsole;
import dev.chainrule.app.shell.Words;
import dev.chainrule.config.ConfigException;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.check.report.JunitXml;
import dev.chainrule.engine.check.report.StepCurveSvg;
import dev.chainrule.engine.evaluation.GradientChecker;
import dev.chainrule.engine.files.AtomicFiles;
import dev.chainrule.engine.model.ModelFile;
import dev.chainrule.engine.record.RunRecord;
import dev.chainrule.math.ThreadTeam;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that checks the gradients of a config's network or of a trained run. */
@Command(
        name = "gradcheck",
        mixinStandardHelpOptions = true,
        description = "Check the gradients of a config's network or a run's model, equation by equation. "
                + "Ends with exit code 4 if any gradient is wrong.",
        footer = {
            "",
            "Examples:",
            "  java -jar pipeline.jar gradcheck configs/mnist.yaml",
            "  java -jar pipeline.jar gradcheck latest --strict",
            "  java -jar pipeline.jar gradcheck configs/mnist.yaml --curve steps.svg"
        })
public final class GradcheckCommand implements Callable<Integer> {
    private static final double TOLERANCE = 1e-6;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private static final int PERCENT = 100;

    private final Context context;
    private final TerminalConsole console;
    private int shown = -1;

    @Parameters(
            paramLabel = "CONFIG|RUN",
            description = "A YAML file, to check its network with initial parameters; or a run's name or directory, "
                    + "or 'latest', to check its model.")
    private String subject;

    @Option(
            names = "--samples",
            paramLabel = "N",
            defaultValue = "200",
            description = "Compare at most N entries of each gradient. Default: 200.")
    private int samples;

    @Option(
            names = "--budget",
            paramLabel = "SECONDS",
            description = "Stop after this many seconds, and report how many entries were left unchecked. "
                    + "Default: no limit.")
    private Optional<Double> budget = Optional.empty();

    @Option(names = "--strict", description = "Also exit with code 4 if too few entries could be compared.")
    private boolean strict;

    @Option(names = "--junit", paramLabel = "FILE", description = "Write the result to FILE as JUnit XML.")
    private Optional<Path> junit = Optional.empty();

    @Option(
            names = "--curve",
            paramLabel = "FILE",
            description = "Write an SVG plot to FILE: the error of the central differences against their step size.")
    private Optional<Path> curve = Optional.empty();

    @Mixin
    private SetOptions set = new SetOptions();

    @Mixin
    private DataOptions data = new DataOptions();

    @Mixin
    private RunOptions options = new RunOptions();

    public GradcheckCommand(Context context) {
        this.context = context;
        this.console = new TerminalConsole(
                context.out(),
                Terminal.isInteractive(context.environment()),
                false,
                Terminal.currentWidth(context.environment()));
    }

    @Override
    public Integer call() {
        require(samples >= 1, "--samples is " + samples, "A number of at least 1 is required.");
        budget.ifPresent(seconds -> require(
                seconds > 0 && Double.isFinite(seconds), "--budget is " + seconds, "A number above 0 is required."));
        OpenedRun.requireUnpacked(subject);
        try (ThreadTeam team = new ThreadTeam(options.threads())) {
            Optional<TrainedRun> run = isRun()
                    ? Optional.of(TrainedRun.restore(
                            OpenedRun.open(subject, context), options.plugins(context), data.folder(), team, context))
                    : Optional.empty();
            require(
                    run.isEmpty() || set.settings().isEmpty(),
                    "--set applies to configs, but " + subject + " is a run",
                    "To check another network, give its config.");
            LoadedConfig loaded = run.map(TrainedRun::loaded)
                    .orElseGet(
                            () -> ConfigLoader.load(Path.of(subject), options.plugins(context), set.settings(), context)
                                    .lookingIn(data.folder()));
            try {
                Assembly assembly = AssemblyFactory.loaded(loaded, context, options.offline(), team);
                run.ifPresent(kept -> RecordedFiles.require(
                        RunRecord.read(kept.directory()), assembly.datasets().all(), loaded.files()));
                run.map(kept -> kept.directory().model())
                        .ifPresent(file -> ModelFile.read(file).restore(assembly.network(), assembly.pipeline(), file));
                AssemblyFactory.warnings(assembly).forEach(context::warn);
                return check(assembly, loaded.name());
            } catch (InputException e) {
                throw new ConfigException(AssemblyFactory.problems(e, loaded));
            }
        }
    }

    private boolean isRun() {
        return subject.equals("latest")
                || Files.isDirectory(Path.of(subject))
                || !Files.exists(Path.of(subject))
                        && RunLookup.quietly(
                                        Context.RUNS, subject, context.clock().instant())
                                .isPresent();
    }

    private int check(Assembly assembly, String name) {
        GradientChecker checker = new GradientChecker(
                assembly.experiment(),
                assembly.pipeline(),
                assembly.datasets().train(),
                () -> context.clock().millis() * NANOS_PER_MILLI);
        int[] order = assembly.datasets().train().inOrder();
        GradientReport report = checker.check(
                assembly.network(), order, new GradientReport.Options(samples, TOLERANCE, budget), this::show);
        int room = Terminal.room(context.environment());
        GradientTable.lines(report, TOLERANCE, room).stream()
                .flatMap(line -> Words.wrap(line, room).stream())
                .forEach(context.out()::println);
        junit.ifPresent(file -> AtomicFiles.write(file, JunitXml.of(report, name)));
        curve.ifPresent(file -> AtomicFiles.write(
                file,
                StepCurveSvg.of(
                        checker.curves(assembly.network(), order),
                        name + ": error of central differences by step size")));
        return switch (report.verdict()) {
            case PASSED -> ExitCode.DONE;
            case INCONCLUSIVE -> strict ? ExitCode.CHECK : ExitCode.DONE;
            case FAILED -> ExitCode.CHECK;
        };
    }

    private void show(double share) {
        int percent = (int) (PERCENT * share);
        if (percent != shown) {
            shown = percent;
            console.status(share < 1 ? "checking gradients: " + percent + " %" : "");
        }
    }

    private static void require(boolean condition, String received, String allowed) {
        if (!condition) {
            throw new InputException(received, allowed);
        }
    }
}
