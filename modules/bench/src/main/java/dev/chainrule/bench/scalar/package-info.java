/** Write built-in activations as the simplest plugin would, to measure what that costs. */
package dev.chainrule.bench.scalar;
