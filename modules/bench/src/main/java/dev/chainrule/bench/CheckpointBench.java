package dev.chainrule.bench;

import dev.chainrule.bench.measure.Markdown;
import dev.chainrule.bench.measure.Workload;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.data.Datasets;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.math.ThreadTeam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The benchmark of saving a checkpoint after an epoch of W2: epochs with and without one in turn. */
final class CheckpointBench {
    private static final int EXAMPLES = 60_000;
    private static final int WARM = 1;

    private CheckpointBench() {}

    /**
     * Measure with one and two threads.
     *
     * @param measured the number of measured pairs of epochs
     */
    static void run(int measured) throws IOException {
        Experiment experiment = Experiments.read(Workload.W2.config(), EXAMPLES);
        Datasets datasets = Experiments.datasets(experiment);
        Markdown table = new Markdown(
                "threads", "seconds an epoch", "with a checkpoint ×", "ms that training waits for it", "bytes of it");
        for (int threads = 1; threads <= 2; threads++) {
            SavedEpochs epochs = new SavedEpochs();
            long bytes = train(
                    Experiments.lasting(2 * (WARM + measured) + 1, Experiments.watchedBy(epochs, experiment)),
                    datasets,
                    threads);
            table.row(
                    String.valueOf(threads),
                    epochs.seconds(WARM).shown("%.2f"),
                    epochs.slowing(WARM).shown("%.3f"),
                    epochs.held(WARM).times(1e3).shown("%.1f"),
                    String.valueOf(bytes));
        }
        table.print("Checkpoints of W2, an epoch of " + datasets.train().size() + " examples");
    }

    /** Train; return the size of the checkpoint. */
    static long train(Experiment experiment, Datasets datasets, int threads) throws IOException {
        Path folder = Files.createTempDirectory("chainrule-bench-");
        try (ThreadTeam team = new ThreadTeam(threads)) {
            Assembly assembly = Assembly.of(
                    experiment, datasets, target -> experiment.metrics().orElseThrow(), Ours.best(experiment, team));
            Ours.train(experiment, assembly, folder);
            return Files.size(new RunDirectory(folder).checkpoint("bench"));
        } finally {
            Ours.remove(folder);
        }
    }
}
