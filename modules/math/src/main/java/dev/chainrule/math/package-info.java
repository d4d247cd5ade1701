/**
 * Hold the arithmetic of a run: matrices, kernels, strict functions, randomness and threads. Nothing here knows of
 * networks.
 *
 * <p>Start with {@link dev.chainrule.math.Matrix} (what flows), {@link dev.chainrule.math.Kernels} (what is done to it,
 * and the contract that fixes every bit), {@link dev.chainrule.math.Strict} (exp, log, tanh, … equal on every machine) and
 * {@link dev.chainrule.math.RandomStream} (draws that are a pure function of seed, name, epoch and index).
 */
package dev.chainrule.math;
