/** Layers that slide a window over an image or a sequence. Start with {@link dev.chainrule.model.window.Conv}. */
package dev.chainrule.model.window;
