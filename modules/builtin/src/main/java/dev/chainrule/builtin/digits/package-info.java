/**
 * Draw handwritten-looking digits, so that there is something worth learning where MNIST cannot be had.
 *
 * <p>Start with {@link dev.chainrule.builtin.digits.DigitsSource}, what YAML declares, and
 * {@link dev.chainrule.builtin.digits.DigitPainter}, the way from a glyph to 28×28 grey pixels: {@link
 * dev.chainrule.builtin.digits.Glyphs} says what a digit looks like, {@link dev.chainrule.builtin.digits.Stroke} how a pen
 * follows it, {@link dev.chainrule.builtin.digits.Trace} holds the pen's way while it is distorted and placed, {@link
 * dev.chainrule.builtin.digits.Canvas} turns it into pixels.
 */
package dev.chainrule.builtin.digits;
