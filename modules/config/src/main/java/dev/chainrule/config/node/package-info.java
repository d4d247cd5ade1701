/**
 * Read YAML to nodes that know their places.
 *
 * <p>Start with {@link dev.chainrule.config.node.ConfigNode} and {@link dev.chainrule.config.node.ConfigReader}. What a
 * scalar means is not decided here: {@code yes}, {@code 010} and {@code 1:30} are texts until somebody wants a type.
 */
package dev.chainrule.config.node;
