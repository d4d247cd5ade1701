package dev.chainrule.api;

/**
 * Say how far a run has come.
 *
 * @param step updates done so far
 * @param stepsPerEpoch updates in one epoch, at least 1
 * @param epochs epochs the run will have
 * @param history the metrics recorded so far
 */
public record Progress(long step, long stepsPerEpoch, int epochs, History history) {
    /** Return the epoch that the next update belongs to, from 0. */
    public int epoch() {
        return (int) (step / stepsPerEpoch);
    }

    /** Return the updates of the whole run. */
    public long totalSteps() {
        return stepsPerEpoch * epochs;
    }

    /** Return how many updates a span is in this run. */
    public long steps(Span span) {
        return span.unit() == Span.Unit.EPOCHS ? span.count() * stepsPerEpoch : span.count();
    }
}
