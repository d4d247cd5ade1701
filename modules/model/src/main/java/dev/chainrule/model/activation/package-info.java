/**
 * Activation functions, one record each. {@link dev.chainrule.model.activation.Elu} shows one with a parameter.
 */
package dev.chainrule.model.activation;
