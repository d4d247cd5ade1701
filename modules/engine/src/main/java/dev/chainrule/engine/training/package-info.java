/**
 * The training loop, its hooks and its evaluations. Start with {@link dev.chainrule.engine.training.Trainer}.
 */
package dev.chainrule.engine.training;
