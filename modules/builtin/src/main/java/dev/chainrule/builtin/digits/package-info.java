/**
 * Handwritten-looking digits from a generator, a data set worth learning if MNIST is unavailable.
 *
 * <p>Start with {@link dev.chainrule.builtin.digits.DigitsSource}, the record that YAML declares, and
 * {@link dev.chainrule.builtin.digits.DigitPainter}, the steps from a glyph to 28×28 grey pixels:
 * {@link dev.chainrule.builtin.digits.Glyphs} contains the shapes of the digits,
 * {@link dev.chainrule.builtin.digits.Stroke} moves a pen along them, {@link dev.chainrule.builtin.digits.Trace} stores
 * the pen's path while it is distorted and placed, {@link dev.chainrule.builtin.digits.Canvas} turns it into pixels.
 */
package dev.chainrule.builtin.digits;
