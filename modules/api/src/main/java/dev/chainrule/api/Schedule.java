package dev.chainrule.api;

import dev.chainrule.api.training.History;
import dev.chainrule.api.training.Progress;
import java.util.List;

/**
 * A learning rate in the course of a run. A schedule has no state: it is a function of the run's progress and of the metrics
 * recorded so far, so that nothing needs to be restored in a resumed run.
 */
public interface Schedule {
    /**
     * {@return η for the next update}
     *
     * @param progress the position of the update in the run
     */
    double rate(Progress progress);

    /**
     * Return the full names of the metrics, given by its parameters, that the schedule looks up in {@link History}. A config
     * that does not compute one of them is rejected before training.
     *
     * @return the names; none by default
     */
    default List<String> metricsUsed() {
        return List.of();
    }
}
