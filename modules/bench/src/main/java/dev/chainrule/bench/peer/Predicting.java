package dev.chainrule.bench.peer;

import dev.chainrule.bench.measure.Contestant;

/** A contestant that predicts instead of training: a round predicts every example, in batches, with the initial parameters. */
public abstract class Predicting implements Contestant {
    private final Examples examples;
    private final int batch;

    /** Keep the examples; as many as fill batches are predicted. */
    protected Predicting(Examples examples, int batch) {
        this.examples = examples;
        this.batch = batch;
    }

    /** Predict the batch that begins with an example. */
    protected abstract void predict(int first);

    /** Return a probability that was predicted. */
    protected abstract double probability(int row, int label);

    @Override
    public final Round round() {
        int count = examples.size() / batch * batch;
        int right = 0;
        double loss = 0;
        long started = System.nanoTime();
        for (int from = 0; from < count; from += batch) {
            predict(from);
            for (int i = 0; i < batch; i++) {
                double correct = probability(i, examples.labels()[from + i]);
                boolean best = true;
                for (int j = 0; j < Examples.CLASSES; j++) {
                    best &= probability(i, j) <= correct;
                }
                right += best ? 1 : 0;
                loss -= Math.log(correct);
            }
        }
        double seconds = (System.nanoTime() - started) * 1e-9;
        return new Round(count, seconds, Double.NaN, loss / count, (double) right / count, "");
    }
}
