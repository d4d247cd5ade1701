package dev.chainrule.app.command;

import dev.chainrule.api.error.CheckException;
import dev.chainrule.api.training.Console;
import dev.chainrule.app.compare.Retrained;
import dev.chainrule.app.compare.VerifyJson;
import dev.chainrule.app.compare.VerifyListener;
import dev.chainrule.app.compare.VerifyPrinter;
import dev.chainrule.app.compare.VerifyReport;
import dev.chainrule.app.option.DataOptions;
import dev.chainrule.app.option.RunOptions;
import dev.chainrule.app.record.OpenedRun;
import dev.chainrule.app.run.Reproduction;
import dev.chainrule.app.shell.Context;
import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.shell.RunLog;
import dev.chainrule.app.shell.Terminal;
import dev.chainrule.app.shell.TerminalConsole;
import dev.chainrule.app.sign.OpenSshKey;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that retrains a run and compares every bit. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Repeat the training of a run from its own record and compare every bit.",
            "Takes as long as the original run. The retrained model is not kept."
        },
        footer = {
            "",
            "If anything differs, the exit code is 4, and the report gives the first step and",
            "epoch that differ, both values, and the cause if the record shows one.",
            "",
            "Examples:",
            "  java -jar pipeline.jar verify latest",
            "  java -jar pipeline.jar verify cars.zip --key maker.pub",
            "  java -jar pipeline.jar verify latest --from epoch-0008.safetensors",
            "  java -jar pipeline.jar verify runs/xor/20260102-030405-01234567 --threads 1",
            "  java -jar pipeline.jar verify latest --json | python3 -m json.tool"
        })
public final class VerifyCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "RUN", description = "A run's name or directory, 'latest', or a packed run.")
    private String run;

    @Option(
            names = "--from",
            paramLabel = "CHECKPOINT",
            description = "Retrain only the steps after this checkpoint: a path, or the name of a file in the run.")
    private Optional<Path> from = Optional.empty();

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "Require that the run is signed with this public key, in ssh-keygen's format.")
    private Optional<Path> key = Optional.empty();

    @Option(
            names = {"-q", "--quiet"},
            description = "Print only errors.")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Show the log, and the output of the run while it is retrained.")
    private boolean verbose;

    @Option(
            names = "--json",
            description = "Print the result as JSON; progress goes to standard error. See docs/REPRODUCIBILITY.md.")
    private boolean json;

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
        return json ? JsonAnswer.print(context, this::answer) : show();
    }

    private int show() throws IOException {
        VerifyPrinter printer = new VerifyPrinter(quiet ? line -> {} : context::print);
        Optional<VerifyReport> report = verify(printer, console(context.out(), true));
        report.ifPresent(printer::end);
        report.flatMap(VerifyReport::reason).ifPresent(reason -> {
            throw new CheckException(reason);
        });
        return ExitCode.DONE;
    }

    private Optional<JsonAnswer> answer() throws IOException {
        VerifyListener progress = new VerifyListener() {
            @Override
            public void onRetraining(Retrained retrained) {
                if (!quiet) {
                    context.err().println(retrained.words());
                }
            }
        };
        return verify(progress, console(context.err(), false))
                .map(report -> new JsonAnswer(
                        VerifyJson.of(report), report.reason().isPresent() ? ExitCode.CHECK : ExitCode.DONE));
    }

    /** Return the console for the output of the retrained run. */
    private TerminalConsole console(PrintStream out, boolean mayBeLive) {
        return new TerminalConsole(
                out,
                mayBeLive && Terminal.isInteractive(context.environment()),
                !verbose,
                Terminal.currentWidth(context.environment()),
                context.secrets());
    }

    private Optional<VerifyReport> verify(VerifyListener listener, Console console) throws IOException {
        try (OpenedRun opened = OpenedRun.open(run, context)) {
            Reproduction reproduction = new Reproduction(
                    context,
                    options.plugins(context),
                    data.folder(),
                    options.offline(),
                    options.threads(),
                    from,
                    console);
            return reproduction.verify(opened, key.map(OpenSshKey::readPublic), listener);
        }
    }
}
