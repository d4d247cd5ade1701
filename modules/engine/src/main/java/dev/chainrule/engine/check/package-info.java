/**
 * Gradients of backpropagation compared with numerical ones, equation by equation.
 *
 * <p>The numerics stand alone, so that the contracts of components use them too: {@link dev.chainrule.engine.check.Curve} is a
 * cost as a function of one number, {@link dev.chainrule.engine.check.CentralDifference} its slope with the errors of it, and
 * {@link dev.chainrule.engine.check.SlopeCheck} compares that slope with a component's claim.
 */
package dev.chainrule.engine.check;
