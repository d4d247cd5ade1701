package dev.chainrule.model.network;

import dev.chainrule.api.layer.Pass;

/** The place of the current pass in the run; one object for a whole run, so that a step allocates nothing. */
public final class BatchPass implements Pass {
    private final boolean training;
    private int epoch;
    private long position;
    /** The examples of the batch; 0 if the pass sees all of them. */
    private int batch;

    private BatchPass(boolean training) {
        this.training = training;
    }

    public static BatchPass forTraining() {
        return new BatchPass(true);
    }

    public static BatchPass forInference() {
        return new BatchPass(false);
    }

    public BatchPass at(int epoch, long position) {
        this.epoch = epoch;
        this.position = position;
        return this;
    }

    /** Let the pass see one shard of a batch with this number of examples. */
    BatchPass within(int examples) {
        this.batch = examples;
        return this;
    }

    @Override
    public boolean training() {
        return training;
    }

    @Override
    public boolean tracksStatistics() {
        return training;
    }

    @Override
    public int epoch() {
        return epoch;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public int batch(int rows) {
        return batch > 0 ? batch : rows;
    }
}
