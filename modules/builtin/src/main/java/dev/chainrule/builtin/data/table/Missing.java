package dev.chainrule.builtin.data.table;

/** The fate of rows that lack a value in a column that is used. */
public enum Missing {
    /** They are refused. */
    ERROR,
    /** They are omitted. */
    DROP,
    /** They are kept, for a transform to fill the gaps; those without a target are omitted. */
    KEEP
}
