package dev.chainrule.bench.measure;

/** A competitor that trains a workload for one epoch per round, each time from fresh parameters. */
public interface Contestant extends AutoCloseable {
    /** Return the name in tables. */
    String name();

    /** Train one epoch. */
    Round round();

    @Override
    default void close() {}

    /**
     * The result of a round.
     *
     * @param examples the number of training examples
     * @param seconds from the first step to the last
     * @param peak GFLOP/s of fma on all its cores at once, measured before and after the round; NaN if not measured
     * @param loss mean training loss of the epoch
     * @param accuracy share of training examples classified correctly, each before its own update
     * @param proof a text that is equal for equal bits of all parameters; empty if unknown
     */
    record Round(int examples, double seconds, double peak, double loss, double accuracy, String proof) {
        /** Return the examples per second. */
        public double rate() {
            return examples / seconds;
        }
    }
}
