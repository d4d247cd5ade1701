/**
 * Tables in text files: bytes to cells to numbers and names. All users of tables share one reader, so that a survey, a
 * data source and a prediction cannot disagree about rows, cells or types.
 *
 * <p>Start with {@link dev.chainrule.table.TableReader} (a file under a {@link dev.chainrule.table.TableFormat}),
 * {@link dev.chainrule.table.Column} (the cells of one column) and {@link dev.chainrule.table.FormatGuess} (the unknown
 * format of a file).
 */
package dev.chainrule.table;
