/** Layers that give an example another shape or order. Start with {@link dev.chainrule.model.shape.Flatten}. */
package dev.chainrule.model.shape;
