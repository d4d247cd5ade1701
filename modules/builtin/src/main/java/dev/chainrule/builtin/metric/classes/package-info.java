/**
 * Metrics of classes, one record each. {@link dev.chainrule.builtin.metric.classes.Accuracy} is the simplest.
 */
package dev.chainrule.builtin.metric.classes;
