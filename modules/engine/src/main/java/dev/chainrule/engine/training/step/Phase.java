package dev.chainrule.engine.training.step;

/** The phases of a run. Each states whether the run could be resumed from the present state. */
public enum Phase {
    /** Data are being loaded, hooks created and a checkpoint restored. */
    PREPARING(false),
    /**
     * Tensors, figures and files are those of the same step: hooks are notified, the next batch is read, datasets are
     * evaluated.
     */
    BETWEEN_STEPS(true),
    /** A batch passes through the network: parameters may be partly updated. */
    STEPPING(false),
    /** A step or an epoch is being added to history and files: they may disagree with the tensors. */
    RECORDING(false),
    /** The state after the last step is kept; the network may contain another model. */
    ENDING(true);

    private final boolean whole;

    Phase(boolean whole) {
        this.whole = whole;
    }

    /** Return whether a checkpoint may be taken. */
    public boolean allowsCheckpoint() {
        return whole;
    }
}
