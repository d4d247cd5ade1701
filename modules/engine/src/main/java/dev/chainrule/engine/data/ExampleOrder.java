package dev.chainrule.engine.data;

import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.math.RandomStream;
import java.util.stream.IntStream;

/**
 * The order of the training examples of an epoch, with the copies that augmentations add: the stream {@code shuffle} at (epoch, 0),
 * or the order of the source.
 */
public final class ExampleOrder {
    private final int examples;
    private final boolean shuffled;
    private final RandomStream stream;

    public ExampleOrder(Experiment experiment, Dataset train) {
        this.examples = experiment.data().examplesPerEpoch(train.size());
        this.shuffled = experiment.data().shuffle();
        this.stream = RandomStream.of(experiment.seed(), "shuffle");
    }

    /** Return the number of examples of an epoch. */
    public int size() {
        return examples;
    }

    public int[] of(int epoch) {
        return shuffled
                ? stream.permutation(examples, epoch)
                : IntStream.range(0, examples).toArray();
    }
}
