/**
 * Training and its record: network, trainer, hooks, gradient check, run directory and provenance.
 *
 * <p>Start with {@link dev.chainrule.engine.experiment.Experiment} (the declarations of a config),
 * {@link dev.chainrule.engine.assembly.Assembly} (its parts, put together),
 * {@link dev.chainrule.engine.training.TrainingRun} (from its start to its end) and
 * {@link dev.chainrule.engine.record.RunDirectory} (its files).
 */
package dev.chainrule.engine;
