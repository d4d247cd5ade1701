package dev.chainrule.builtin.data;

/** Name the part of a data set that is published in two parts. */
public enum Split {
    /** The examples to learn from. */
    TRAIN,
    /** The examples to be judged by. */
    TEST
}
