package dev.chainrule.app.command;

import dev.chainrule.app.option.DataOptions;
import dev.chainrule.app.option.RunOptions;
import dev.chainrule.app.record.OpenedRun;
import dev.chainrule.app.record.TamperCheck;
import dev.chainrule.app.report.RunReport;
import dev.chainrule.app.shell.Context;
import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.shell.OutputFile;
import dev.chainrule.engine.record.RunRecord;
import dev.chainrule.math.ThreadTeam;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that writes a page about runs. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = {
            "Write a page that shows a run: result, curves, predictions, network, config and data.",
            "Given several runs, the page compares their results, curves and configs."
        },
        footer = {
            "",
            "Examples:",
            "  java -jar pipeline.jar report latest",
            "  java -jar pipeline.jar report mnist runs/mnist/20260102-030405-01234567 \\",
            "      --output comparison.html"
        })
public final class ReportCommand implements Callable<Integer> {
    private static final List<String> SHOWN =
            List.of("resolved.yaml", "config.yaml", "metrics.jsonl", "steps.bin", "gradient_check.json");
    private static final String PAGE = ".html";

    private final Context context;

    @Parameters(
            arity = "1..*",
            paramLabel = "RUN",
            description = "A run's name or directory, 'latest', or a packed run. Repeatable.")
    private List<String> runs = new ArrayList<>();

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Write the page to FILE. Default: report.html in the run's directory; for a packed run, a "
                    + "file beside it; for several runs, comparison.html in the working directory.")
    private Optional<Path> output = Optional.empty();

    @Mixin
    private DataOptions data = new DataOptions();

    @Mixin
    private RunOptions options = new RunOptions();

    public ReportCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        List<OpenedRun> opened = new ArrayList<>();
        try (ThreadTeam team = new ThreadTeam(options.threads())) {
            for (String run : runs) {
                opened.add(OpenedRun.open(run, context));
            }
            opened.forEach(this::check);
            Path file = output.orElseGet(() -> usual(opened));
            String page =
                    RunReport.of(opened, options.plugins(context), data.folder(), options.offline(), team, context);
            OutputFile.write(file, page);
            context.print("report: " + file);
            return ExitCode.DONE;
        } finally {
            opened.forEach(OpenedRun::close);
        }
    }

    /** An edited record shows nothing; edited files are still worth showing. */
    private void check(OpenedRun run) {
        RunRecord record = RunRecord.read(run.directory());
        TamperCheck.require(record, run.label(), file -> false);
        TamperCheck.warn(record, run.label(), context, SHOWN::contains);
    }

    private static Path usual(List<OpenedRun> opened) {
        if (opened.size() > 1) {
            return Path.of("comparison" + PAGE);
        }
        OpenedRun run = opened.get(0);
        return run.temporary().isPresent()
                ? Path.of(run.label().replaceFirst("\\.zip$", "") + PAGE)
                : run.directory().report();
    }
}
