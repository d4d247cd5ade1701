/**
 * The metric loss, and the parts that other metrics share. Those of classes and of numbers are in packages of their own.
 * {@link dev.chainrule.builtin.metric.MeanLoss} is the simplest.
 */
package dev.chainrule.builtin.metric;
