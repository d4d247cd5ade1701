package dev.chainrule.bench;

import dev.chainrule.api.Activation;
import dev.chainrule.bench.copied.CopiedRelu;
import dev.chainrule.bench.copied.CopiedSigmoid;
import dev.chainrule.bench.copied.CopiedTanh;
import dev.chainrule.bench.measure.Contestant;
import dev.chainrule.bench.measure.Contestant.Round;
import dev.chainrule.bench.measure.Markdown;
import dev.chainrule.bench.measure.Rounds;
import dev.chainrule.bench.measure.Withheld;
import dev.chainrule.bench.measure.Workload;
import dev.chainrule.bench.scalar.ScalarRelu;
import dev.chainrule.bench.scalar.ScalarSigmoid;
import dev.chainrule.bench.scalar.ScalarTanh;
import dev.chainrule.engine.data.Datasets;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.model.activation.Relu;
import dev.chainrule.model.activation.Sigmoid;
import dev.chainrule.model.activation.Tanh;
import java.util.List;
import java.util.Locale;

/** The benchmark of whole trainings by this project against the peak of the cores they run on. */
final class TrainingBench {
    private static final int WARM = 3;
    private static final long WITHHELD_NANOS = 2_000_000_000;

    private TrainingBench() {}

    /**
     * Measure a workload with one and two threads, with vector kernels and in plain Java, each in a JVM of its own, in turn; with
     * inputs without zeros, since vector kernels skip zeros in products; and by two processes of one thread each at the same
     * time, the rate that two threads can reach at most.
     */
    static void kernels(Workload workload, int measured) {
        Experiment experiment = Experiments.read(workload);
        Datasets datasets = Experiments.datasets(experiment);
        int[] threads = {1, 2, 1, 2, 1, 2, 2};
        List<Contestant> contestants = List.of(
                new ChildJvm("vector", workload, threads[0]),
                new ChildJvm("vector", workload, threads[1]),
                new ChildJvm("plain", workload, threads[2]),
                new ChildJvm("plain", workload, threads[3]),
                new ChildJvm("full", workload, threads[4]),
                new ChildJvm("full", workload, threads[5]),
                new SideBySide(
                        "two processes of one thread",
                        List.of(new ChildJvm("vector", workload, 1), new ChildJvm("vector", workload, 1))));
        double withheld = withheld();
        Rounds rounds = Rounds.of(contestants, WARM, measured);
        contestants.forEach(Contestant::close);
        int together = contestants.size() - 1;
        rounds.requireSameBits(0, 1, 2, 3, together);
        rounds.requireSameBits(4, 5);
        Markdown table = new Markdown(
                "kernels",
                "threads",
                "examples/s",
                "GFLOP/s",
                "% of peak",
                "× one thread",
                "× two processes",
                "loss",
                "accuracy");
        for (int i = 0; i < contestants.size(); i++) {
            int cores = threads[i];
            table.row(
                    contestants.get(i).name(),
                    String.valueOf(cores),
                    rounds.each(i, Round::rate).shown("%.0f"),
                    rounds.each(i, round -> gigaflops(workload, round)).shown("%.1f"),
                    rounds.each(i, round -> 100 * gigaflops(workload, round) / round.peak())
                            .shown("%.1f"),
                    rounds.ratio(i, i == together ? 0 : i - cores + 1).shown("%.2f"),
                    rounds.ratio(i, together).shown("%.2f"),
                    String.format(Locale.ROOT, "%.4f", rounds.last(i).loss()),
                    String.format(Locale.ROOT, "%.3f", rounds.last(i).accuracy()));
        }
        table.print(workload + ", " + datasets.train().source().provenance().origin());
        System.out.printf(
                Locale.ROOT,
                "Withheld from two busy threads: %.0f %% of the time before, %.0f %% after.%n%n",
                100 * withheld,
                100 * withheld());
    }

    /**
     * Measure the cost of three activations of a plugin in one network, in this JVM: copies of built-in ones, which refer to
     * the kernels' functions, and the same written number by number, which kernels cannot compute on vectors.
     */
    static void plugins(int measured) {
        Experiment experiment = Experiments.read(Workload.W2);
        Datasets datasets = Experiments.datasets(experiment);
        List<Activation> builtin = List.of(new Relu(), new Sigmoid(), new Tanh());
        List<Activation> copied = List.of(new CopiedRelu(), new CopiedSigmoid(), new CopiedTanh());
        List<Activation> scalar = List.of(new ScalarRelu(), new ScalarSigmoid(), new ScalarTanh());
        Markdown table = new Markdown("threads", "copies take, × the built-ins", "number by number, × the built-ins");
        for (int threads = 1; threads <= 2; threads++) {
            List<Contestant> contestants = List.of(
                    new Ours("built-in", Experiments.withHidden(builtin, experiment), datasets, threads, Ours::best),
                    new Ours("copies", Experiments.withHidden(copied, experiment), datasets, threads, Ours::best),
                    new Ours("scalar", Experiments.withHidden(scalar, experiment), datasets, threads, Ours::best));
            Rounds rounds = Rounds.of(contestants, WARM, measured);
            contestants.forEach(Contestant::close);
            rounds.requireSameBits(0, 1, 2);
            table.row(
                    String.valueOf(threads),
                    rounds.ratio(0, 1).shown("%.3f"),
                    rounds.ratio(0, 2).shown("%.3f"));
        }
        table.print("W2 with hidden layers of relu, sigmoid and tanh (784-512-512-512-10)");
    }

    private static double withheld() {
        return Withheld.measure(WITHHELD_NANOS, 2);
    }

    private static double gigaflops(Workload workload, Round round) {
        return workload.flops() * round.rate() * 1e-9;
    }
}
