/** Copies of built-in activations, as in a plugin, to measure the cost of a plugin's activations. */
package dev.chainrule.bench.copied;
