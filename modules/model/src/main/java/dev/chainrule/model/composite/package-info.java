/** Layers that contain layers. Start with {@link dev.chainrule.model.composite.Repeat}. */
package dev.chainrule.model.composite;
