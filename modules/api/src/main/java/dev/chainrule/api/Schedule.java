package dev.chainrule.api;

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
}
