/**
 * Metrics, one record each. {@link dev.chainrule.builtin.metric.Accuracy} is the simplest.
 */
package dev.chainrule.builtin.metric;
