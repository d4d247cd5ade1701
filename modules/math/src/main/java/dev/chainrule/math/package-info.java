/**
 * The arithmetic of a run: matrices, kernels, strict functions, randomness and threads. Nothing here depends on networks.
 *
 * <p>Start with {@link dev.chainrule.math.Matrix} (the data), {@link dev.chainrule.math.Kernels} (the operations on them, and
 * the contract that fixes every bit), {@link dev.chainrule.math.Strict} (exp, log, tanh, … equal on every machine) and
 * {@link dev.chainrule.math.RandomStream} (draws that are a pure function of seed, name, epoch and index). Plugins see these
 * types and a few more, listed in {@code Api.MATH}; the rest of this package is internal.
 *
 * <p>{@code dev.chainrule.math.function} is below this package and contains the polynomials of {@code Strict}.
 * {@code dev.chainrule.math.kernel} is above it and implements {@code Kernels}.
 *
 * <p>Types whose names begin with {@code Float} are written by hand; the build generates those of {@code Double} from them,
 * by the rules in this module's pom: {@code float} becomes {@code double} in every word and name, and integers marked as
 * {@link dev.chainrule.math.function.Bits} become {@code long}. So a source for {@code float} contains no literal such as
 * {@code 0.5f}; a number that differs between the precisions is a constant of
 * {@link dev.chainrule.math.function.FloatConstants} and {@link dev.chainrule.math.function.DoubleConstants}, both written by
 * hand.
 */
package dev.chainrule.math;
