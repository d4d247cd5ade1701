/**
 * Say what is wrong with a user's input, and where.
 *
 * <p>Start with {@link dev.chainrule.config.Problem} and {@link dev.chainrule.config.Problems}, which collects them;
 * {@link dev.chainrule.config.ProblemPrinter} renders them. The way of a config goes through the packages below:
 * {@code node} reads YAML to nodes with marks, {@code registry} knows the components, {@code bind} turns nodes into records,
 * {@code plugin} fills the registry from jars, {@code write} turns records back into YAML.
 */
package dev.chainrule.config;
