package dev.chainrule.app.command;

import dev.chainrule.app.compare.DiffJson;
import dev.chainrule.app.compare.DiffPrinter;
import dev.chainrule.app.compare.DiffReport;
import dev.chainrule.app.record.OpenedRun;
import dev.chainrule.app.record.TamperCheck;
import dev.chainrule.app.shell.Context;
import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.engine.record.RunRecord;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that shows how two runs differ. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = {
            "Show how two runs differ and at which step they diverge.",
            "Compares config, data, plugins, program, machine, metrics, steps and epochs."
        },
        footer = {
            "",
            "Examples:",
            "  java -jar pipeline.jar diff runs/xor/20260102-030405-01234567 latest",
            "  java -jar pipeline.jar diff before.zip latest --json"
        })
public final class DiffCommand implements Callable<Integer> {
    private static final List<String> COMPARED = List.of("resolved.yaml", "metrics.jsonl", "steps.bin", "chain.jsonl");

    private final Context context;

    @Parameters(
            index = "0",
            paramLabel = "RUN_A",
            description = "A run's name or directory, 'latest', or a packed run.")
    private String one;

    @Parameters(index = "1", paramLabel = "RUN_B", description = "Another run.")
    private String other;

    @Option(names = "--json", description = "Print the result as JSON; see docs/REPRODUCIBILITY.md.")
    private boolean json;

    public DiffCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        if (json) {
            return JsonAnswer.print(context, () -> Optional.of(new JsonAnswer(DiffJson.of(report()), ExitCode.DONE)));
        }
        DiffPrinter.lines(report()).forEach(context::print);
        return ExitCode.DONE;
    }

    private DiffReport report() {
        try (OpenedRun first = OpenedRun.open(one, context);
                OpenedRun second = OpenedRun.open(other, context)) {
            RunRecord mine = RunRecord.read(first.directory());
            RunRecord theirs = RunRecord.read(second.directory());
            check(mine, first.label());
            check(theirs, second.label());
            return DiffReport.of(first.label(), mine, second.label(), theirs);
        }
    }

    /** An edited record proves nothing; the differences between edited files are still worth showing. */
    private void check(RunRecord record, String label) {
        TamperCheck.require(record, label, file -> false);
        TamperCheck.warn(record, label, context, COMPARED::contains);
    }
}
