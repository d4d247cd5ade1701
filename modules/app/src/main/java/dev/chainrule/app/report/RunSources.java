package dev.chainrule.app.report;

import dev.chainrule.api.Schedule;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.RunException;
import dev.chainrule.api.training.Progress;
import dev.chainrule.app.load.LoadedConfig;
import dev.chainrule.app.record.FlatConfig;
import dev.chainrule.app.record.RecordedMetrics;
import dev.chainrule.app.record.RunFiles;
import dev.chainrule.app.report.page.Series;
import dev.chainrule.config.ConfigException;
import dev.chainrule.config.write.Explanation;
import dev.chainrule.engine.data.Dataset;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.engine.record.RecordedSteps;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.engine.record.RunRecord;
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

    private final List<String> gaps = new ArrayList<>();

    /**
     * Read a run.
     *
     * @param label how commands call it
     * @throws InputException if its record or its metrics are damaged
     */
    ReportedRun read(String label, RunDirectory directory, RunParts parts) {
        gaps.clear();
        RunRecord record = RunRecord.read(directory);
        EpochTable epochs = EpochTable.read(directory.metrics());
        Optional<LoadedConfig> composed = attempt("The origins of the values are unknown", parts::composed);
        Optional<Experiment> experiment =
                attempt("The config cannot be loaded", () -> parts.resolved().experiment());
        Optional<RunParts.Model> model = experiment.isPresent() && Files.isRegularFile(directory.model())
                ? attempt("The model cannot be used", parts::model)
                : Optional.empty();
        return new ReportedRun(
                label,
                record,
                RecordedMetrics.read(record),
                epochs,
                RecordedSteps.read(directory.steps()),
                FlatConfig.of(String.join("\n", RunFiles.lines(directory.resolved()))),
                composed.map(RunSources::origins).orElse(List.of()),
                RunFiles.lines(directory.config()),
                network(directory, experiment, model, parts),
                experiment.flatMap(
                        known -> attempt("The learning rate cannot be computed", () -> rates(known, epochs))),
                model.map(known -> examined(experiment.orElseThrow(), known)).orElse(List.of()),
                gaps);
    }

    private Optional<Network> network(
            RunDirectory directory, Optional<Experiment> experiment, Optional<RunParts.Model> model, RunParts parts) {
        return experiment.isPresent() && !Files.isRegularFile(directory.model())
                ? attempt("The network cannot be built", parts::network)
                : model.map(RunParts.Model::network);
    }

    private List<Examined> examined(Experiment experiment, RunParts.Model model) {
        String name = experiment.data().test().isPresent()
                ? "test"
                : experiment.data().validation().isPresent() ? "validation" : "train";
        boolean shown = experiment.report().showsExamples();
        if (!shown) {
            gaps.add("The page shows no examples, since report.examples is none.");
        }
        return attempt("The model's predictions cannot be shown", () -> {
                    Dataset dataset = model.data().apply(name);
                    return Examination.of(dataset, experiment.heads(), model.pipeline(), model.evaluator(), shown);
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
