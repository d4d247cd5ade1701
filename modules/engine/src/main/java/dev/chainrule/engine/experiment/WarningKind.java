package dev.chainrule.engine.experiment;

/** The kinds of settings that are legal but almost certainly mistakes. A config that intends one lists it under {@code allow}. */
public enum WarningKind {
    /** The loss expects outputs that the last activation does not produce. */
    MISMATCHED_OUTPUT,
    /** An activation gives the same output whatever its input. */
    CONSTANT_OUTPUT,
    /** Probabilities are turned into probabilities again. */
    DOUBLE_SOFTMAX,
    /** Two layers in a row can do no more than one. */
    LINEAR_LAYERS,
    /** Units start the same and stay the same. */
    IDENTICAL_UNITS,
    /** A regularizer acts on parameters that do not learn. */
    IDLE_REGULARIZER,
    /** Nothing changes while training. */
    NOTHING_LEARNS,
    /** Targets lie outside the range of the last activation. */
    UNREACHABLE_TARGETS,
    /** Inputs are far larger than layers are designed for. */
    LARGE_INPUTS,
    /** Inputs differ by little more than the precision resolves. */
    COARSE_INPUTS,
    /** A column of names looks like dates or times. */
    NUMERIC_NAMES,
    /** A column has nearly as many names as rows. */
    MANY_NAMES,
    /** A column contains row numbers. */
    ROW_NUMBERS,
    /** Targets are far larger than the outputs that layers begin with. */
    LARGE_TARGETS,
    /** Targets are far smaller than the outputs that layers begin with. */
    SMALL_TARGETS,
    /** All targets are equal. */
    CONSTANT_TARGET(true),
    /** A class has no training example. */
    CLASS_WITHOUT_EXAMPLES(true),
    /** A class has a single training example. */
    CLASS_WITH_ONE_EXAMPLE,
    /** Examples come class by class. */
    SORTED_EXAMPLES,
    /** A batch is larger than the training data. */
    BATCH_ABOVE_DATA,
    /** A layer needs the statistics of a batch, and a batch has one example. */
    BATCH_OF_ONE,
    /** The learning rate is too large for anything to be learned. */
    HUGE_LEARNING_RATE,
    /** The run ends while the learning rate is still warming up. */
    UNFINISHED_WARMUP,
    /** No layer takes a value of {@code defaults}. */
    UNUSED_DEFAULT,
    /** No layer reads a named input. */
    UNREAD_INPUT;

    private final boolean dependsOnSplit;

    WarningKind() {
        this(false);
    }

    WarningKind(boolean dependsOnSplit) {
        this.dependsOnSplit = dependsOnSplit;
    }

    /** Return whether another choice of the training examples may fix it. */
    public boolean dependsOnSplit() {
        return dependsOnSplit;
    }
}
