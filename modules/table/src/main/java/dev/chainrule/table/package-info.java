/**
 * Tables in text files: bytes to cells to numbers and names. One reading for whoever needs a table, so that a survey, a data
 * source and a prediction cannot disagree about rows, cells or types.
 *
 * <p>Start with {@link dev.chainrule.table.TableReader} (a file under a {@link dev.chainrule.table.TableFormat}),
 * {@link dev.chainrule.table.Column} (the cells of one column) and {@link dev.chainrule.table.FormatGuess} (the format of a file of
 * which nothing is known).
 */
package dev.chainrule.table;
