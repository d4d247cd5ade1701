package dev.chainrule.api.training;

import dev.chainrule.api.value.Span;

/** The progress of a run. An instance obtained from a run is live: it changes with every step. */
public interface Progress {
    /** {@return the updates done so far} */
    long step();

    /** {@return the updates in one epoch, at least 1} */
    long stepsPerEpoch();

    /** {@return the number of epochs of the run} */
    int epochs();

    /** {@return the metrics recorded so far} */
    History history();

    /** {@return the epoch of the next update, from 0} */
    default int epoch() {
        return (int) (step() / stepsPerEpoch());
    }

    /** {@return the updates of the whole run} */
    default long totalSteps() {
        return stepsPerEpoch() * epochs();
    }

    /**
     * {@return the number of updates in a span}
     *
     * @param span in epochs or steps
     */
    default long steps(Span span) {
        return span.unit() == Span.Unit.EPOCHS ? span.count() * stepsPerEpoch() : span.count();
    }

    /**
     * {@return a fixed position in a run}
     *
     * @param step the updates done
     * @param stepsPerEpoch at least 1
     * @param epochs the number of epochs of the run
     * @param history the metrics recorded
     */
    static Progress at(long step, long stepsPerEpoch, int epochs, History history) {
        record Place(long step, long stepsPerEpoch, int epochs, History history) implements Progress {}
        return new Place(step, stepsPerEpoch, epochs, history);
    }
}
