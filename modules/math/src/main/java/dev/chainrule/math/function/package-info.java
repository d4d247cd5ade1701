/**
 * Elementary functions as polynomials, equal on every machine: the bodies of {@link dev.chainrule.math.Strict} and the constants
 * that kernels on the Vector API share with them.
 *
 * <p>Nothing here depends on another package of this module.
 */
package dev.chainrule.math.function;
