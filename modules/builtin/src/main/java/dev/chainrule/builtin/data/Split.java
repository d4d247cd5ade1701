package dev.chainrule.builtin.data;

/** The parts of a data set that is published in two parts. */
public enum Split {
    /** The examples for training. */
    TRAIN,
    /** The examples for evaluation. */
    TEST
}
