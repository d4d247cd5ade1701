/**
 * Learned tensors in files: the saved model of a run, and the initial tensors of a new run taken from one. Start with
 * {@link dev.chainrule.engine.model.ModelFile} and {@link dev.chainrule.engine.model.WarmStart}.
 */
package dev.chainrule.engine.model;
