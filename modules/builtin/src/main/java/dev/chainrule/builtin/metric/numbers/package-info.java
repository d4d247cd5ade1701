/**
 * Metrics of numbers, one record each. {@link dev.chainrule.builtin.metric.numbers.MeanAbsoluteError} is the simplest.
 */
package dev.chainrule.builtin.metric.numbers;
