package dev.chainrule.bench;

import dev.chainrule.bench.Contestant.Round;
import dev.chainrule.engine.Datasets;
import dev.chainrule.engine.Experiment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Measure whole trainings of ours against the peak of the cores they run on. */
final class TrainingBench {
    private static final int WARM = 3;

    private TrainingBench() {}

    /** Measure a workload with one and two threads and in plain Java, in turn. */
    static void run(Workload workload, int measured) {
        Experiment experiment = Experiments.read(workload);
        Datasets datasets = Experiments.datasets(experiment);
        List<Integer> threads = List.of(1, 2);
        List<Contestant> contestants = List.of(
                new Ours("vector kernels", experiment, datasets, 1, Ours::best),
                new Ours("vector kernels", experiment, datasets, 2, Ours::best));
        Rounds rounds = new Rounds(contestants);
        rounds.run(WARM, measured);
        rounds.requireSameBits(0, 1);
        contestants.forEach(Contestant::close);
        System.out.println("### " + workload + ", "
                + datasets.train().source().provenance().origin() + "\n");
        Markdown table = new Markdown(
                "kernels",
                "threads",
                "examples/s",
                "GFLOP/s",
                "% of peak",
                "faster than one thread",
                "loss",
                "accuracy");
        for (int i = 0; i < contestants.size(); i++) {
            int cores = threads.get(i);
            Round last = rounds.of(i).get(measured - 1);
            table.row(
                    contestants.get(i).name(),
                    String.valueOf(cores),
                    each(rounds.of(i), round -> Workload.EXAMPLES / round.seconds())
                            .shown("%.0f"),
                    each(rounds.of(i), round -> gigaflops(workload, round)).shown("%.1f"),
                    each(rounds.of(i), round -> 100 * gigaflops(workload, round) / round.peak() / cores)
                            .shown("%.1f"),
                    rounds.ratio(0, i).shown("%.2f"),
                    String.format(Locale.ROOT, "%.4f", last.loss()),
                    String.format(Locale.ROOT, "%.3f", last.accuracy()));
        }
        table.print(workload + ", " + datasets.train().source().provenance().origin());
    }

    private static double gigaflops(Workload workload, Round round) {
        return workload.flops() * Workload.EXAMPLES / round.seconds() * 1e-9;
    }

    private static Statistics each(List<Round> rounds, ToDoubleFunction<Round> value) {
        List<Double> values = new ArrayList<>();
        rounds.forEach(round -> values.add(value.applyAsDouble(round)));
        return Statistics.of(values);
    }
}
