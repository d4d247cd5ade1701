/**
 * One training step and the position of a run: batch, update, scores of the epoch, divergence. Start with
 * {@link dev.chainrule.engine.training.step.TrainingStep} and {@link dev.chainrule.engine.training.step.RunProgress}.
 */
package dev.chainrule.engine.training.step;
