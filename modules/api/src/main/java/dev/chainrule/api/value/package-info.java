/**
 * Small values that components take and return: shapes, bounds, spans of training, and annotations for how YAML writes values.
 */
package dev.chainrule.api.value;
