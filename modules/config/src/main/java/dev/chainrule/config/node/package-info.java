/**
 * YAML read to nodes that know their places.
 *
 * <p>Start with {@link dev.chainrule.config.node.ConfigNode} and {@link dev.chainrule.config.node.ConfigReader}. The
 * meaning of a scalar is not decided here: {@code yes}, {@code 010} and {@code 1:30} are texts until a type is
 * required.
 */
package dev.chainrule.config.node;
