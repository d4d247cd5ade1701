/**
 * Costs of parameters, added to the cost of outputs.
 */
package dev.chainrule.builtin.regularizer;
