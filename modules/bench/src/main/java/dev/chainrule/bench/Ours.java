package dev.chainrule.bench;

import com.google.inject.Injector;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.training.Console;
import dev.chainrule.api.training.Optimizer;
import dev.chainrule.api.training.State;
import dev.chainrule.app.run.TrainingModule;
import dev.chainrule.app.run.Wiring;
import dev.chainrule.bench.measure.Contestant;
import dev.chainrule.bench.measure.Stopwatch;
import dev.chainrule.bench.vector.FmaPeak;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.data.Datasets;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.engine.experiment.NamedMetric;
import dev.chainrule.engine.files.Sha256;
import dev.chainrule.engine.record.Blame;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.engine.record.RunJson;
import dev.chainrule.engine.record.TextFilter;
import dev.chainrule.engine.training.Interruption;
import dev.chainrule.engine.training.RunPlan;
import dev.chainrule.engine.training.TrainingRun;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.ThreadTeam;
import dev.chainrule.math.kernel.KernelParts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * The contestant that trains with this project's engine as the command does: same trainer, same files of a run, wired by
 * hand.
 */
final class Ours implements Contestant {
    private static final long PEAK_NANOS = 30_000_000;

    private final String name;
    private final Experiment experiment;
    private final Datasets datasets;
    private final ThreadTeam team;
    private final BiFunction<Experiment, ThreadTeam, Kernels> kernels;

    /**
     * Create a contestant.
     *
     * @param datasets opened once and shared: the data do not depend on the reader
     * @param kernels creates the kernels to compute with
     */
    Ours(
            String name,
            Experiment experiment,
            Datasets datasets,
            int threads,
            BiFunction<Experiment, ThreadTeam, Kernels> kernels) {
        this.name = name;
        this.experiment = experiment;
        this.datasets = datasets;
        this.team = new ThreadTeam(threads);
        this.kernels = kernels;
    }

    /** Return the kernels of a long run: on the Vector API if it is available. */
    static Kernels best(Experiment experiment, ThreadTeam team) {
        return KernelParts.vector().orElse(KernelParts.plain()).kernels(experiment.precision(), team);
    }

    /** Return the kernels in plain Java. */
    static Kernels plain(Experiment experiment, ThreadTeam team) {
        return KernelParts.plain().kernels(experiment.precision(), team);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Round round() {
        Stopwatch stopwatch = new Stopwatch();
        Experiment timed = Experiments.watchedBy(stopwatch, experiment);
        Path folder = temporary();
        try {
            List<NamedMetric> metrics = timed.metrics().orElseThrow();
            Assembly assembly = Assembly.of(timed, datasets, target -> metrics, kernels.apply(timed, team));
            double before = FmaPeak.measure(timed.precision(), PEAK_NANOS, team.threads());
            Map<String, Double> measured = train(timed, assembly, folder);
            double after = FmaPeak.measure(timed.precision(), PEAK_NANOS, team.threads());
            return new Round(
                    datasets.train().size(),
                    stopwatch.seconds(),
                    (before + after) / 2,
                    measured.get("train.loss"),
                    measured.get("train.accuracy"),
                    Sha256.of(new RunDirectory(folder).chain()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            remove(folder);
        }
    }

    static Map<String, Double> train(Experiment experiment, Assembly assembly, Path folder) {
        Optimizer optimizer = experiment
                .optimizer()
                .create(
                        assembly.network().parameters().stream()
                                .filter(Parameter::trainable)
                                .toList(),
                        assembly.network().kernels());
        RunPlan plan = new RunPlan(experiment.name().orElseThrow(), Map.of(), new State(), Long.MAX_VALUE);
        Injector injector = Wiring.of(
                new TrainingModule(experiment, assembly, optimizer, new RunDirectory(folder), plan), binder -> {
                    binder.bind(Clock.class).toInstance(Clock.systemUTC());
                    binder.bind(Console.class).toInstance(new Silence());
                    binder.bind(Interruption.class).toInstance(new Interruption());
                    binder.bind(TextFilter.class).toInstance(TextFilter.NONE);
                    binder.bind(Blame.Judge.class).toInstance(Blame::of);
                });
        injector.getInstance(RunJson.class).start("", "", Map.of(), Map.of());
        return injector.getInstance(TrainingRun.class).run().metrics();
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("chainrule-bench-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void remove(Path folder) {
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        team.close();
    }
}
