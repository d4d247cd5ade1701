/**
 * Transforms of examples before the network sees them.
 *
 * <p>Start with {@link dev.chainrule.model.transform.Scale}; {@link dev.chainrule.model.transform.Standardize} is
 * the one that learns from the training examples, {@link dev.chainrule.model.transform.OneHot} the one that changes
 * targets.
 */
package dev.chainrule.model.transform;
