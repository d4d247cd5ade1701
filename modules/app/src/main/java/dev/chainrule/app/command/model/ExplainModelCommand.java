package dev.chainrule.app.command.model;

import dev.chainrule.api.Metric;
import dev.chainrule.api.error.InputException;
import dev.chainrule.app.option.DataOptions;
import dev.chainrule.app.option.RunOptions;
import dev.chainrule.app.record.OpenedRun;
import dev.chainrule.app.record.TrainedRun;
import dev.chainrule.app.shell.Context;
import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.shell.Tables;
import dev.chainrule.engine.data.Dataset;
import dev.chainrule.engine.experiment.Measure;
import dev.chainrule.math.Numbers;
import dev.chainrule.math.ThreadTeam;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that measures how much a model depends on each column of a table. */
@Command(
        name = "explain-model",
        mixinStandardHelpOptions = true,
        description = {
            "Show how much a run's model depends on each column of its table.",
            "For each column, its cells are permuted among the examples, and a metric is",
            "measured again: the mean and the standard deviation of how much worse it is."
        },
        footer = {
            "",
            "Examples:",
            "  java -jar pipeline.jar explain-model latest",
            "  java -jar pipeline.jar explain-model latest --metric accuracy --data train"
        })
public final class ExplainModelCommand implements Callable<Integer> {
    private static final int MOST_REPEATS = 1_000;

    private final Context context;

    @Parameters(paramLabel = "RUN", description = "A run's name or directory, 'latest', or a packed run.")
    private String run;

    @Option(
            names = "--data",
            paramLabel = "DATA",
            defaultValue = "test",
            description = "train, validation or test, as the config declares them. Default: test.")
    private String data;

    @Option(
            names = "--metric",
            paramLabel = "NAME",
            defaultValue = "loss",
            description = "The metric of the config to measure. Default: loss.")
    private String metric;

    @Option(
            names = "--repeats",
            paramLabel = "N",
            defaultValue = "5",
            description = "Permute each column N times. Default: 5.")
    private int repeats;

    @Mixin
    private DataOptions files = new DataOptions();

    @Mixin
    private RunOptions options = new RunOptions();

    public ExplainModelCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (repeats < 1 || repeats > MOST_REPEATS) {
            throw new InputException("--repeats is " + repeats, "Allowed: 1 to " + Numbers.format(MOST_REPEATS) + ".");
        }
        try (ThreadTeam team = new ThreadTeam(options.threads());
                OpenedRun opened = OpenedRun.open(run, context)) {
            TrainedRun kept = TrainedRun.restore(opened, options.plugins(context), files.folder(), team, context);
            if (kept.encoding().columns().isEmpty()) {
                throw new InputException(
                        "the model of " + opened.label() + " does not read the columns of a table",
                        "explain-model permutes columns: use it for models of tables.");
            }
            boolean higherIsBetter = metric(kept).higherIsBetter();
            Dataset dataset = kept.dataset(data, context, options.offline());
            String name = dataset.name() + "." + metric;
            double whole = kept.evaluator().evaluate(dataset).metrics().get(name);
            context.print(String.format(
                    Locale.ROOT,
                    "%s: %s %s of %,d examples; each column permuted %,d time%s",
                    opened.label(),
                    name,
                    Numbers.rounded(whole),
                    dataset.size(),
                    repeats,
                    repeats == 1 ? "" : "s"));
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("column", metric + (higherIsBetter ? " falls by" : " rises by"), "±"));
            ColumnImportance.of(
                            dataset,
                            kept.evaluator(),
                            name,
                            whole,
                            higherIsBetter ? -1 : 1,
                            repeats,
                            kept.loaded().experiment().seed())
                    .forEach(each -> rows.add(
                            List.of(each.column(), Numbers.rounded(each.mean()), Numbers.rounded(each.deviation()))));
            Tables.format(rows, false, true, true).forEach(context::print);
            return ExitCode.DONE;
        }
    }

    private Metric metric(TrainedRun kept) {
        Map<String, Metric> metrics = new TreeMap<>();
        Measure.of(kept.loaded().experiment(), kept.loaded().metrics(), kept.pipeline()::target)
                .forEach(measure -> metrics.put(measure.label(), measure.metric()));
        if (!metrics.containsKey(metric)) {
            throw new InputException(
                    "the run has no metric '" + metric + "'", "Measured: " + String.join(", ", metrics.keySet()) + ".");
        }
        return metrics.get(metric);
    }
}
