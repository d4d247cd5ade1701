/**
 * Activation functions, one record each. {@link dev.chainrule.builtin.activation.Elu} shows one with a parameter.
 */
package dev.chainrule.builtin.activation;
