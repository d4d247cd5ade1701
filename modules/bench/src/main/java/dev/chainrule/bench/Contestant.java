package dev.chainrule.bench;

/** Train a workload for one epoch, again and again, from fresh parameters. */
public interface Contestant extends AutoCloseable {
    /** Return what tables call it. */
    String name();

    /** Train one epoch. */
    Round round();

    @Override
    default void close() {}

    /**
     * Report a round.
     *
     * @param examples trained on
     * @param seconds from the first step to the last
     * @param peak GFLOP/s of the fma of all cores it may use, at once, measured around the round; NaN where nobody did
     * @param loss mean training loss of the epoch
     * @param accuracy share of training examples classified right, each before its own update
     * @param proof the same for equal bits of all parameters; empty where that is not known
     */
    record Round(int examples, double seconds, double peak, double loss, double accuracy, String proof) {
        /** Return the examples of a second. */
        double rate() {
            return examples / seconds;
        }
    }
}
