/** Whole runs whose numbers are known: the same bits on every machine, the numbers of outside computations. */
package dev.chainrule.app.bits;
