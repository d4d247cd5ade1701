/**
 * Transforms that replace columns of names by numbers learned from the training examples.
 *
 * <p>Start with {@link dev.chainrule.model.transform.category.Frequency}; {@link dev.chainrule.model.transform.category.TargetMean} is the
 * one that learns from targets.
 */
package dev.chainrule.model.transform.category;
