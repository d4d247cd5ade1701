/**
 * Layers and the nodes they build. Start with {@link dev.chainrule.model.layer.Dense} and the node it builds,
 * {@link dev.chainrule.model.layer.AffineNode}.
 */
package dev.chainrule.model.layer;
