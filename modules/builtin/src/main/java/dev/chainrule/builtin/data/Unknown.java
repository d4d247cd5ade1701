package dev.chainrule.builtin.data;

/** The fate of names in input columns that no training example has. */
public enum Unknown {
    /** They are refused. */
    ERROR,
    /** They count as none of the column's names: its inputs are all 0. */
    ZEROS,
    /** They count as the most common name of the training examples. */
    MOST_COMMON
}
