package dev.chainrule.builtin.data;

/** The fate of rows that lack a value in a column that is used. */
public enum Missing {
    ERROR,
    DROP
}
