package dev.chainrule.engine.data;

import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.math.RandomStream;

/** The order of the training examples of an epoch: the stream {@code shuffle} at (epoch, 0), or the order of the source. */
public final class ExampleOrder {
    private final Dataset train;
    private final boolean shuffled;
    private final RandomStream stream;

    public ExampleOrder(Experiment experiment, Dataset train) {
        this.train = train;
        this.shuffled = experiment.data().shuffle();
        this.stream = RandomStream.of(experiment.seed(), "shuffle");
    }

    public int[] of(int epoch) {
        return shuffled ? stream.permutation(train.size(), epoch) : train.inOrder();
    }
}
