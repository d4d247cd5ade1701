/**
 * Hold the arithmetic of a run: matrices, kernels, strict functions, randomness and threads. Nothing here knows of
 * networks.
 *
 * <p>Start with {@link dev.chainrule.math.Matrix} (what flows), {@link dev.chainrule.math.Kernels} (what is done to it,
 * and the contract that fixes every bit), {@link dev.chainrule.math.Strict} (exp, log, tanh, … equal on every machine) and
 * {@link dev.chainrule.math.RandomStream} (draws that are a pure function of seed, name, epoch and index).
 *
 * <p>Types whose names begin with {@code Float} are written by hand; the build makes those of {@code Double} from them, by the
 * rules in this module's pom: {@code float} becomes {@code double} in every word and name, and integers marked as
 * {@link dev.chainrule.math.Bits} become {@code long}. So a source for {@code float} contains no literal such as
 * {@code 0.5f}; a number that differs between the precisions is a constant of {@link dev.chainrule.math.FloatConstants} and
 * {@link dev.chainrule.math.DoubleConstants}, both written by hand.
 */
package dev.chainrule.math;
