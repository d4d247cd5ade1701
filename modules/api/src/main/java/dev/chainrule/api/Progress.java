package dev.chainrule.api;

/** Say how far a run has come. What a run hands out moves on with it: no step needs a new one. */
public interface Progress {
    /** {@return the updates done so far} */
    long step();

    /** {@return the updates in one epoch, at least 1} */
    long stepsPerEpoch();

    /** {@return the epochs the run will have} */
    int epochs();

    /** {@return the metrics recorded so far} */
    History history();

    /** {@return the epoch that the next update belongs to, from 0} */
    default int epoch() {
        return (int) (step() / stepsPerEpoch());
    }

    /** {@return the updates of the whole run} */
    default long totalSteps() {
        return stepsPerEpoch() * epochs();
    }

    /**
     * {@return how many updates a span is in this run}
     *
     * @param span in epochs or steps
     */
    default long steps(Span span) {
        return span.unit() == Span.Unit.EPOCHS ? span.count() * stepsPerEpoch() : span.count();
    }

    /**
     * {@return a place in a run that does not move}
     *
     * @param step the updates done
     * @param stepsPerEpoch at least 1
     * @param epochs those the run will have
     * @param history the metrics recorded
     */
    static Progress at(long step, long stepsPerEpoch, int epochs, History history) {
        record Place(long step, long stepsPerEpoch, int epochs, History history) implements Progress {}
        return new Place(step, stepsPerEpoch, epochs, history);
    }
}
