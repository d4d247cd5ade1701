/**
 * A run: its start, the training loop with its hooks, and its end. Start with {@link dev.chainrule.engine.training.TrainingRun}; the
 * loop is {@code Trainer}, and {@code Phase} names the states in which a checkpoint may be taken.
 */
package dev.chainrule.engine.training;
