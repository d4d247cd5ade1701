package dev.chainrule.api.training;

/**
 * An observer of a run. Hooks are called in the order in which the config lists them.
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
 * <caption>Calls when a run ends early</caption>
 * <tr><th>ending</th><th>onEpochEnd of the unfinished epoch</th><th>onRunEnd</th></tr>
 * <tr><td>{@code COMPLETED}, {@code STOPPED} by a hook</td><td>called</td><td>called</td></tr>
 * <tr><td>{@code INTERRUPTED} by the user</td><td>not called</td><td>called</td></tr>
 * <tr><td>{@code FAILED}: divergence, or an exception of a hook</td><td>not called</td><td>called</td></tr>
 * </table>
 *
 * <p>An exception of a hook ends the run as failed; it is never swallowed.
 *
 * <p>A resumed run creates new hooks, restores the saved state of each ({@link #restore}), calls onRunStart and continues
 * with the next step: onEpochStart is not called again for an epoch that had begun. A hook whose behaviour depends on earlier
 * events must {@link #save} its state.
 */
public interface Hook extends Stateful {
    /** Called once, when the network has its initial parameters or, in a resumed run, the restored ones. */
    default void onRunStart() {}

    /** Called before the first batch of an epoch. */
    default void onEpochStart() {}

    /** Called after each update. */
    default void onStepEnd() {}

    /** Called after the epoch's metrics are recorded. */
    default void onEpochEnd() {}

    /**
     * Called once, however the run ended. A checkpoint saved from here contains the state after the last step or epoch.
     *
     * @param ending the way it ended
     */
    default void onRunEnd(Ending ending) {}

    /** The ways a run can end. */
    enum Ending {
        /** All epochs are complete. */
        COMPLETED,
        /** A hook stopped it. */
        STOPPED,
        /** The user interrupted it. */
        INTERRUPTED,
        /** An exception ended it. */
        FAILED
    }
}
