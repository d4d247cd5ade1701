package dev.chainrule.api;

/**
 * Watch a run, in the order in which the config lists the hooks.
 *
 * <pre>
 * onRunStart
 * for each epoch:
 *     onEpochStart
 *     for each batch:
 *         forward, cost, backward, regularizers, clipping, update
 *         onStepEnd
 *     evaluate on validation data, record metrics
 *     onEpochEnd
 * evaluate on test data, record metrics
 * onRunEnd(ending)
 * </pre>
 *
 * <table>
 * <caption>What is called when a run ends early</caption>
 * <tr><th>ending</th><th>onEpochEnd of the unfinished epoch</th><th>onRunEnd</th></tr>
 * <tr><td>{@code COMPLETED}, {@code STOPPED} by a hook</td><td>called</td><td>called</td></tr>
 * <tr><td>{@code INTERRUPTED} by the user</td><td>not called</td><td>called</td></tr>
 * <tr><td>{@code FAILED}: divergence, or an exception of a hook</td><td>not called</td><td>called</td></tr>
 * </table>
 *
 * <p>An exception of a hook ends the run as failed; it is never swallowed.
 */
public interface Hook {
    /** Called once, when the network has its first parameters. */
    default void onRunStart() {}

    /** Called before the first batch of an epoch. */
    default void onEpochStart() {}

    /** Called after each update. */
    default void onStepEnd() {}

    /** Called after the epoch's metrics are recorded. */
    default void onEpochEnd() {}

    /**
     * Called once, however the run ended.
     *
     * @param ending how it ended
     */
    default void onRunEnd(Ending ending) {}

    /** How a run ended. */
    enum Ending {
        /** All epochs were run. */
        COMPLETED,
        /** A hook asked for it. */
        STOPPED,
        /** The user asked for it. */
        INTERRUPTED,
        /** An exception ended it. */
        FAILED
    }
}
