/**
 * Layers and the nodes they build. Start with {@link dev.chainrule.builtin.layer.Dense} and the node it builds,
 * {@link dev.chainrule.builtin.layer.AffineNode}.
 */
package dev.chainrule.builtin.layer;
