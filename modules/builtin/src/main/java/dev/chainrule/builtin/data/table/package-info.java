/**
 * Examples from tables, in files and in the config itself. Start with {@link dev.chainrule.builtin.data.table.CsvSource} and
 * {@link dev.chainrule.builtin.data.table.TableData}.
 */
package dev.chainrule.builtin.data.table;
