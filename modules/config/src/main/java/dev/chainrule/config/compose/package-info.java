/**
 * Put a config together: its bases, what {@code --set} changes, what {@code ${…}} stands for.
 *
 * <p>Start with {@link dev.chainrule.config.compose.Composer}. Everything happens on nodes with marks, before binding, so
 * that each value is checked as if it had been written in one file, and complained of where it stands.
 */
package dev.chainrule.config.compose;
