package dev.chainrule.engine.experiment;

/** Class weights that are computed rather than listed. */
public enum Weighting {
    /** Every class has the same total weight: n / (k·n_c), of n training examples of k classes, n_c of them of class c. */
    BALANCED
}
