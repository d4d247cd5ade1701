package dev.chainrule.app.command;

import dev.chainrule.api.DataSourceSpec;
import dev.chainrule.api.data.Target;
import dev.chainrule.app.load.ConfigLoader;
import dev.chainrule.app.load.LoadedConfig;
import dev.chainrule.app.option.DataOptions;
import dev.chainrule.app.option.RunOptions;
import dev.chainrule.app.record.OpenedRun;
import dev.chainrule.app.record.TrainedRun;
import dev.chainrule.app.run.Summary;
import dev.chainrule.app.shell.Context;
import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.engine.data.Dataset;
import dev.chainrule.engine.data.Datasets;
import dev.chainrule.engine.evaluation.Evaluator;
import dev.chainrule.math.Numbers;
import dev.chainrule.math.ThreadTeam;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command that measures a finished run on data. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = "Evaluate a run's model on its test data or on other data.",
        footer = {
            "",
            "Examples:",
            "  java -jar pipeline.jar evaluate latest",
            "  java -jar pipeline.jar evaluate runs/xor/20260102-030405-01234567 --data train",
            "  java -jar pipeline.jar evaluate latest \\",
            "      --data '{type: csv, file: more.csv, target: species}'"
        })
public final class EvaluateCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "RUN", description = "A run's name or directory, 'latest', or a packed run.")
    private String run;

    @Option(
            names = "--data",
            paramLabel = "DATA",
            defaultValue = "test",
            description = "train, validation or test, as the config declares them; or a data source in YAML "
                    + "with paths relative to the working directory. Default: test.")
    private String data;

    @Mixin
    private DataOptions files = new DataOptions();

    @Mixin
    private RunOptions options = new RunOptions();

    public EvaluateCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try (ThreadTeam team = new ThreadTeam(options.threads());
                OpenedRun opened = OpenedRun.open(run, context)) {
            TrainedRun kept = TrainedRun.restore(opened, options.plugins(context), files.folder(), team, context);
            Dataset dataset = dataset(kept);
            Evaluator.Result result = kept.evaluator().evaluate(dataset);
            context.print(String.format(
                    Locale.ROOT,
                    "%s: %,d examples from %s",
                    opened.label(),
                    dataset.size(),
                    dataset.source().provenance().origin()));
            dataset.source().warnings().forEach(context::warn);
            result.confusion().forEach((head, confusion) -> {
                Target target = kept.pipeline().target(head);
                Summary.confusion(confusion, target).forEach(line -> context.print("  " + line));
                Summary.classes(confusion, target).forEach(line -> context.print("  " + line));
            });
            Summary.calibration(kept.loaded().experiment().heads(), kept.pipeline())
                    .forEach(context::print);
            result.metrics().forEach((name, value) -> context.out().println(name + " " + Numbers.rounded(value)));
            return ExitCode.DONE;
        }
    }

    private Dataset dataset(TrainedRun kept) {
        LoadedConfig loaded = kept.loaded();
        if (data.contains("{")) {
            DataSourceSpec spec = ConfigLoader.source("--data", data, loaded.registry());
            return Datasets.openGiven(
                    "data",
                    spec,
                    context.surroundings(Path.of(""), options.offline(), true).learning(loaded.experiment()),
                    kept.encoding());
        }
        return kept.dataset(data, context, options.offline());
    }
}
