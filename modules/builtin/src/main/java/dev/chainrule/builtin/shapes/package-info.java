/** Pictures of shapes on noise, drawn by a generator: start with {@link dev.chainrule.builtin.shapes.ShapesSource}. */
package dev.chainrule.builtin.shapes;
