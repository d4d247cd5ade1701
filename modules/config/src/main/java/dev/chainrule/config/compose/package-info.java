/**
 * The composition of a config from its bases, the changes of {@code --set} and the values of {@code ${…}}.
 *
 * <p>Start with {@link dev.chainrule.config.compose.Composer}. Everything happens on nodes with marks, before binding,
 * so that each value is checked as if it had been written in one file, and problems point at its original place.
 */
package dev.chainrule.config.compose;
