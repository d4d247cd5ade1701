/**
 * Measure how fast we are, always as a ratio to something measured beside it: the peak of the same core, or a peer.
 *
 * <p>Start with {@link dev.chainrule.bench.Bench}, the command, and {@link dev.chainrule.bench.Rounds}, the method.
 */
package dev.chainrule.bench;
