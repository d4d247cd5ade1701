/**
 * Optimizers. {@link dev.chainrule.builtin.optimizer.Sgd} is the simplest.
 */
package dev.chainrule.builtin.optimizer;
