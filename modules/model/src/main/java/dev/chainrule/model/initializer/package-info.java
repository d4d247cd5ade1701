/**
 * First values of parameters. Most are one of three scales of a normal or uniform distribution: see
 * {@link dev.chainrule.model.initializer.XavierNormal}.
 */
package dev.chainrule.model.initializer;
