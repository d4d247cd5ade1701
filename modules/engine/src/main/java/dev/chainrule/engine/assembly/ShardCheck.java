package dev.chainrule.engine.assembly;

import dev.chainrule.api.error.InputException;
import dev.chainrule.engine.experiment.ConfigErrors;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.model.network.Layer;
import dev.chainrule.model.network.Network;
import java.util.Optional;

/** The check that batches can be divided into as many shards as a config demands. */
final class ShardCheck {
    private static final String PATH = "training.shards";

    private final int shards;
    private final int batch;
    private final int examples;

    /**
     * Create a check.
     *
     * @param examples the number of training examples in an epoch
     */
    ShardCheck(Experiment experiment, int examples) {
        this.shards = experiment.training().shards();
        this.batch = experiment.data().batchSize().examples();
        this.examples = examples;
    }

    /** Add the mistakes in the number of shards. */
    void check(Network network, ConfigErrors errors) {
        if (shards == 1) {
            return;
        }
        if (shards > batch) {
            errors.add(new InputException(
                            "shards is " + shards + ", but batch_size is " + batch,
                            "Write " + batch + " or fewer shards, or a larger batch_size.")
                    .atConfig(PATH));
            return;
        }
        Optional<Layer> measuring = network.usingBatchStatistics();
        int smallest = examples > batch && examples % batch > 0 ? examples % batch : Math.min(batch, examples);
        if (measuring.isPresent() && smallest < 2 * shards) {
            errors.add(ofOne(measuring.get().name(), smallest).atConfig(PATH));
        }
    }

    /** Fewer than two rows per shard leave one with a single row, whose variance is 0. */
    private InputException ofOne(String layer, int smallest) {
        String rows = smallest + (smallest == 1 ? " example" : " examples");
        String batches = smallest == Math.min(batch, examples)
                ? "a batch has " + rows
                : "the last batch of each epoch has " + rows;
        return new InputException(
                "shards is " + shards + ", but " + batches + ": a shard of one, which " + layer + " normalises to zero",
                "Write shards: " + Math.max(1, smallest / 2) + ", another batch_size, or remove the layer.");
    }
}
