package dev.chainrule.api;

import java.util.List;

/**
 * Compute a learning rate. A schedule has no state: it is a function of the run's progress and of the metrics recorded so far,
 * so that a resumed run needs nothing restored.
 */
public interface Schedule {
    /**
     * {@return η for the update that is about to be made}
     *
     * @param progress where in the run the update stands
     */
    double rate(Progress progress);

    /**
     * Return the full names of the metrics it looks up in {@link History}, as its parameters give them. A config in which nothing
     * computes one of them is refused before it trains.
     *
     * @return the names; none by default
     */
    default List<String> watches() {
        return List.of();
    }
}
