package dev.chainrule.engine.training;

/** The phases of a run. Each says whether the run could be resumed from the state as it is. */
enum Phase {
    /** Data are being loaded, hooks created and a checkpoint restored. */
    PREPARING(false),
    /** Tensors, figures and files are those of the same step: hooks are told, the next batch is read, datasets are evaluated. */
    BETWEEN_STEPS(true),
    /** A batch is on its way through the network: parameters may be updated in part. */
    STEPPING(false),
    /** A step or an epoch is being added to history and files: they may disagree with the tensors. */
    RECORDING(false),
    /** The state after the last step is kept; the network may hold another model. */
    ENDING(true);

    private final boolean whole;

    Phase(boolean whole) {
        this.whole = whole;
    }

    /** Return whether a checkpoint may be taken. */
    boolean allowsCheckpoint() {
        return whole;
    }
}
