/** Copies of built-in activations, such as a plugin may bring, to measure what a plugin's cost. */
package dev.chainrule.bench.copied;
