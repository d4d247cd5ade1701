package dev.chainrule.model.transform;

/** A choice of columns by their content. */
public enum ColumnKind {
    /** Columns of numbers, and inputs without named columns. */
    NUMBERS,
    /** Columns of names, with an input for each name. */
    CATEGORIES
}
