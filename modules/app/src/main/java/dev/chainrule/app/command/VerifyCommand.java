package dev.chainrule.app.command;

import dev.chainrule.api.CheckException;
import dev.chainrule.api.InputException;
import dev.chainrule.app.load.Assemblies;
import dev.chainrule.app.load.LoadedConfig;
import dev.chainrule.app.record.OpenedRun;
import dev.chainrule.app.record.RecordedConfig;
import dev.chainrule.app.record.RecordedStart;
import dev.chainrule.app.record.RunSignature;
import dev.chainrule.app.record.TamperCheck;
import dev.chainrule.app.record.Verification;
import dev.chainrule.app.run.Retraining;
import dev.chainrule.app.run.RunPlace;
import dev.chainrule.app.run.Shutdown;
import dev.chainrule.app.shell.Context;
import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.shell.RunLog;
import dev.chainrule.app.shell.Terminal;
import dev.chainrule.app.shell.TerminalConsole;
import dev.chainrule.app.sign.OpenSshKey;
import dev.chainrule.config.ConfigException;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.record.Checkpoint;
import dev.chainrule.engine.record.RecordedSteps;
import dev.chainrule.engine.record.ResumePoint;
import dev.chainrule.engine.record.RunRecord;
import dev.chainrule.math.ThreadTeam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Train again what a run trained, and compare bit for bit. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Train again what a run trained, from its record alone, and compare every bit.",
            "It takes as long as the run did. What is trained is kept nowhere."
        },
        footer = {
            "",
            "Where anything differs, the exit code is 4, and the first step and epoch are",
            "named, both values, and the cause if the record shows one.",
            "",
            "Examples:",
            "  java -jar pipeline.jar verify latest",
            "  java -jar pipeline.jar verify cars.zip --key maker.pub",
            "  java -jar pipeline.jar verify latest --from epoch-0008.safetensors",
            "  java -jar pipeline.jar verify runs/xor/20260102-030405-01234567 --threads 1"
        })
public final class VerifyCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "RUN", description = "A run's name or directory, 'latest', or a packed run.")
    private String run;

    @Option(
            names = "--from",
            paramLabel = "CHECKPOINT",
            description = "Train again only what came after a checkpoint: a file, or its name in the run.")
    private Optional<Path> from = Optional.empty();

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "Require that the run is signed by this key: the public one, as ssh-keygen writes it.")
    private Optional<Path> key = Optional.empty();

    @Option(
            names = {"-q", "--quiet"},
            description = "Print nothing but errors.")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Show what the run says while it is trained again, and the log.")
    private boolean verbose;

    @Mixin
    private DataOptions data = new DataOptions();

    @Mixin
    private RunOptions options = new RunOptions();

    public VerifyCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        if (verbose) {
            RunLog.verbose();
        }
        try (OpenedRun opened = OpenedRun.open(run, context)) {
            return verify(opened);
        }
    }

    private int verify(OpenedRun opened) throws IOException {
        RunRecord record = RunRecord.read(opened.directory());
        Verification verification = new Verification(record, opened.label(), this::print);
        Optional<OpenSshKey> signer = key.map(OpenSshKey::readPublic);
        verification.record(TamperCheck.edits(record, options.plugins(context), context));
        RunSignature.check(record.directory(), signer).ifPresent(verification::signature);
        try {
            retrain(opened, record, verification);
        } catch (CheckException e) {
            throw e;
        } catch (RuntimeException e) { // what was edited may be neither a config nor a path any more
            throw verification.causes().isEmpty() ? e : verification.failed();
        }
        return ExitCode.DONE;
    }

    private void retrain(OpenedRun opened, RunRecord record, Verification verification) throws IOException {
        int steps = RecordedSteps.read(record.directory().steps()).size();
        if (steps == 0) {
            throw new InputException(
                    "run " + opened.label() + " recorded no step",
                    "There is nothing to verify; run.json says how it ended.");
        }
        try (ThreadTeam team = new ThreadTeam(options.threads());
                Shutdown guard = Shutdown.guard()) {
            RecordedConfig recorded = new RecordedConfig(record, context);
            LoadedConfig loaded = recorded.resolved(recorded.plugins(options.plugins(context)))
                    .lookingIn(data.folder());
            Assembly assembly = RecordedStart.apply(record, assemble(loaded, team, verification));
            try (RunPlace place = RunPlace.temporary("chainrule-verify-")) {
                TerminalConsole console = new TerminalConsole(
                        context.out(),
                        Terminal.isInteractive(context.environment()),
                        !verbose,
                        Terminal.currentWidth(context.environment()),
                        context.secrets());
                Optional<ResumePoint> origin = from.map(file -> origin(file, record));
                verification.begin(
                        steps,
                        origin.map(found -> found.checkpoint().place().step()).orElse(0L));
                Optional<String> failure = new Retraining(context, loaded, assembly, team)
                        .run(
                                place,
                                record.directory(),
                                origin,
                                verification.limit(steps),
                                console,
                                guard.interruption());
                if (!guard.interruption().requested()) {
                    verification.compare(RunRecord.read(place.directory()), failure, loaded.files());
                }
            }
        }
    }

    private void print(String line) {
        if (!quiet) {
            context.print(line);
        }
    }

    private static ResumePoint origin(Path named, RunRecord record) {
        Path inRun = record.directory().checkpoints().resolve(named);
        Path file = Files.exists(named) ? named : Files.exists(inRun) ? inRun : named;
        return new ResumePoint(file, Checkpoint.read(file), false);
    }

    /** Data that are there and cannot be read are not those that the run read. */
    private Assembly assemble(LoadedConfig loaded, ThreadTeam team, Verification verification) {
        try {
            return Assemblies.loaded(loaded, context, options.offline(), team);
        } catch (InputException e) {
            Optional<String> file = e.file().map(place -> place.replaceFirst("(:\\d+)+$", ""));
            if (file.isPresent() && Files.exists(Path.of(file.get()))) {
                verification.cause("data changed: " + e.file().get() + ": " + e.getMessage());
            }
            throw new ConfigException(Assemblies.problems(e, loaded));
        }
    }
}
