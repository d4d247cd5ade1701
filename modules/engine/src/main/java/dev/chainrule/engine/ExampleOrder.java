package dev.chainrule.engine;

import dev.chainrule.math.RandomStream;

/** Order the training examples of an epoch: the stream {@code shuffle} at (epoch, 0), or the order of the source. */
final class ExampleOrder {
    private final Dataset train;
    private final boolean shuffled;
    private final RandomStream stream;

    ExampleOrder(Experiment experiment, Dataset train) {
        this.train = train;
        this.shuffled = experiment.data().shuffle();
        this.stream = RandomStream.of(experiment.seed(), "shuffle");
    }

    int[] of(int epoch) {
        return shuffled ? stream.permutation(train.size(), epoch) : train.inOrder();
    }
}
