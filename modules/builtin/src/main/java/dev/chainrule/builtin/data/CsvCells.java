package dev.chainrule.builtin.data;

/**
 * The cells of input columns as numbers.
 *
 * @param values row by row, a number for each column
 * @param unknown the number of cells with names that no training example has
 */
public record CsvCells(double[] values, int unknown) {}
