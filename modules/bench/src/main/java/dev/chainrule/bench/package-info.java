/**
 * Benchmarks of this project's speed, always as a ratio to another measurement beside it: the peak of the same core, or a
 * peer.
 *
 * <p>Start with {@link dev.chainrule.bench.Bench}, the command, and {@link dev.chainrule.bench.measure.Rounds}, the method.
 */
package dev.chainrule.bench;
