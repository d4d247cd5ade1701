/**
 * Transforms of examples before the network sees them.
 *
 * <p>Start with {@link dev.chainrule.builtin.transform.Scale}; {@link dev.chainrule.builtin.transform.Standardize} is
 * the one that learns from the training examples, {@link dev.chainrule.builtin.transform.OneHot} the one that changes
 * targets.
 */
package dev.chainrule.builtin.transform;
