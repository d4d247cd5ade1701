package dev.chainrule.engine.experiment;

/** Choose class weights without writing them down. */
public enum Weighting {
    /** Every class counts the same in all: n / (k·n_c), of n training examples of k classes, n_c of them of class c. */
    BALANCED
}
