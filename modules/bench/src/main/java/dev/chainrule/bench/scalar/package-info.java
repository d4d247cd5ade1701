/** Built-in activations written as in the simplest plugin, to measure the cost. */
package dev.chainrule.bench.scalar;
