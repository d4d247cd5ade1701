package dev.chainrule.app.report;

import dev.chainrule.api.Schedule;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.RunException;
import dev.chainrule.api.training.Progress;
import dev.chainrule.app.load.AssemblyFactory;
import dev.chainrule.app.load.LoadedConfig;
import dev.chainrule.app.load.PluginSources;
import dev.chainrule.app.record.FlatConfig;
import dev.chainrule.app.record.OpenedRun;
import dev.chainrule.app.record.RecordedConfig;
import dev.chainrule.app.record.RecordedMetrics;
import dev.chainrule.app.record.RunFiles;
import dev.chainrule.app.record.TrainedRun;
import dev.chainrule.app.shell.Context;
import dev.chainrule.config.ConfigException;
import dev.chainrule.config.write.Explanation;
import dev.chainrule.engine.data.Dataset;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.engine.record.RecordedSteps;
import dev.chainrule.engine.record.RunRecord;
import dev.chainrule.math.ThreadTeam;
import dev.chainrule.model.network.Network;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The figures of runs: those on record, and those that model and data still give. Whatever is unavailable is a gap with its reason. */
final class RunSources {
    private static final int MOST_RATES = 400;

    private final Context context;
    private final PluginSources plugins;
    private final Optional<Path> dataFolder;
    private final boolean offline;
    private final ThreadTeam team;
    private final List<String> gaps = new ArrayList<>();

    RunSources(Context context, PluginSources plugins, Optional<Path> dataFolder, boolean offline, ThreadTeam team) {
        this.context = context;
        this.plugins = plugins;
        this.dataFolder = dataFolder;
        this.offline = offline;
        this.team = team;
    }

    /** A network with the answers of its parameters. */
    private record Model(Network network, List<Examined> examined) {}

    /**
     * Read a run.
     *
     * @throws InputException if its record or its metrics are damaged
     */
    ReportedRun read(OpenedRun opened) {
        gaps.clear();
        RunRecord record = RunRecord.read(opened.directory());
        EpochTable epochs = EpochTable.read(record.directory().metrics());
        RecordedConfig recorded = new RecordedConfig(record, context);
        Optional<LoadedConfig> composed =
                attempt("The origins of the values are unknown", () -> recorded.composed(recorded.plugins(plugins)));
        Optional<LoadedConfig> resolved =
                attempt("The config cannot be loaded", () -> recorded.resolved(recorded.plugins(plugins)));
        Optional<Model> model = resolved.flatMap(loaded -> model(opened, loaded));
        return new ReportedRun(
                opened.label(),
                record,
                RecordedMetrics.read(record),
                epochs,
                RecordedSteps.read(record.directory().steps()),
                FlatConfig.of(
                        String.join("\n", RunFiles.lines(record.directory().resolved()))),
                composed.map(RunSources::origins).orElse(List.of()),
                RunFiles.lines(record.directory().config()),
                model.map(Model::network),
                resolved.flatMap(loaded ->
                        attempt("The learning rate cannot be computed", () -> rates(loaded.experiment(), epochs))),
                model.map(Model::examined).orElse(List.of()),
                gaps);
    }

    private Optional<Model> model(OpenedRun opened, LoadedConfig loaded) {
        if (!Files.isRegularFile(opened.directory().model())) {
            return attempt(
                            "The network cannot be built",
                            () -> AssemblyFactory.of(loaded.lookingIn(dataFolder), context, offline, team))
                    .map(assembly -> new Model(assembly.network(), List.of()));
        }
        return attempt("The model cannot be used", () -> TrainedRun.restore(opened, plugins, dataFolder, team, context))
                .map(trained -> new Model(trained.network(), examined(trained)));
    }

    private List<Examined> examined(TrainedRun trained) {
        String name = trained.loaded().experiment().data().test().isPresent()
                ? "test"
                : trained.loaded().experiment().data().validation().isPresent() ? "validation" : "train";
        return attempt("The model's predictions cannot be shown", () -> {
                    Dataset dataset = trained.dataset(name, context, offline);
                    return Examination.of(
                            dataset, trained.loaded().experiment().heads(), trained.pipeline(), trained.evaluator());
                })
                .orElse(List.of());
    }

    private <T> Optional<T> attempt(String otherwise, Supplier<T> attempt) {
        try {
            return Optional.of(attempt.get());
        } catch (ConfigException e) {
            gaps.add(otherwise + ": " + e.problems().sorted().get(0).message() + ".");
        } catch (InputException | RunException e) {
            gaps.add(otherwise + ": " + e.getMessage() + ".");
        }
        return Optional.empty();
    }

    /** File names are relative to the config's folder, as {@code explain} shows them. */
    private static List<Explanation.Line> origins(LoadedConfig loaded) {
        Path folder = loaded.file().getParent();
        String prefix = folder == null ? "" : folder + folder.getFileSystem().getSeparator();
        return Explanation.of(
                loaded.experiment(),
                loaded.locations(),
                mark -> prefix.isEmpty()
                        ? loaded.composed().origin(mark)
                        : loaded.composed().origin(mark).replace(prefix, ""),
                loaded.composed().hashing());
    }

    /** Compute the learning rate once more: a schedule is a function of the progress and of the metrics so far. */
    private static Series rates(Experiment experiment, EpochTable epochs) {
        Schedule schedule = experiment.optimizer().learningRate();
        long perEpoch = epochs.stepsPerEpoch();
        int count = epochs.lines().size();
        long perPoint = Math.max(1, perEpoch * count / MOST_RATES);
        List<double[]> points = new ArrayList<>();
        epochs.replay((history, epoch) -> {
            for (long step = epoch * perEpoch; step < (epoch + 1) * perEpoch; step++) {
                if (step % perPoint == 0 || step == count * perEpoch - 1) {
                    double rate = schedule.rate(
                            Progress.at(step, perEpoch, experiment.training().epochs(), history));
                    points.add(new double[] {step + 1, rate});
                }
            }
        });
        return new Series(
                points.stream().mapToDouble(point -> point[0]).toArray(),
                points.stream().mapToDouble(point -> point[1]).toArray());
    }
}
