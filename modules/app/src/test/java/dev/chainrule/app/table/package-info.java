/** Tests of the columns of tables: weights, parts, and the numbers that inputs become. */
package dev.chainrule.app.table;
