/**
 * First values of parameters. Most are one of three scales of a normal or uniform distribution: see
 * {@link dev.chainrule.builtin.initializer.XavierNormal}.
 */
package dev.chainrule.builtin.initializer;
