/**
 * The config of one experiment as records: data, model, training, expectations. Start with
 * {@link dev.chainrule.engine.experiment.Experiment}.
 */
package dev.chainrule.engine.experiment;
