/**
 * Loss functions. {@link dev.chainrule.builtin.loss.Quadratic} is the simplest.
 */
package dev.chainrule.builtin.loss;
