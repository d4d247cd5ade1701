package dev.chainrule.builtin.data;

/** The fate of names in input columns that no training example has. */
public enum Unknown {
    /** They are refused. */
    ERROR,
    /** None of the column's names is there: its inputs are all 0. */
    ZEROS,
    /** They count as the most common name of the training examples. */
    MOST_COMMON
}
