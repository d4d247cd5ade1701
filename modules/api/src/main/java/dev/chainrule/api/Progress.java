package dev.chainrule.api;

/** Say how far a run has come. What a run hands out moves on with it: no step needs a new one. */
public interface Progress {
    /** Return the updates done so far. */
    long step();

    /** Return the updates in one epoch, at least 1. */
    long stepsPerEpoch();

    /** Return the epochs the run will have. */
    int epochs();

    /** Return the metrics recorded so far. */
    History history();

    /** Return the epoch that the next update belongs to, from 0. */
    default int epoch() {
        return (int) (step() / stepsPerEpoch());
    }

    /** Return the updates of the whole run. */
    default long totalSteps() {
        return stepsPerEpoch() * epochs();
    }

    /** Return how many updates a span is in this run. */
    default long steps(Span span) {
        return span.unit() == Span.Unit.EPOCHS ? span.count() * stepsPerEpoch() : span.count();
    }

    /** Return a place in a run that does not move. */
    static Progress at(long step, long stepsPerEpoch, int epochs, History history) {
        record Place(long step, long stepsPerEpoch, int epochs, History history) implements Progress {}
        return new Place(step, stepsPerEpoch, epochs, history);
    }
}
