/**
 * Problems in a user's input and their places.
 *
 * <p>Start with {@link dev.chainrule.config.Problem} and {@link dev.chainrule.config.Problems}, which collects them;
 * {@link dev.chainrule.config.ProblemPrinter} renders them. A config passes through the packages below: {@code node}
 * reads YAML to nodes with marks, {@code registry} knows the components, {@code bind} turns nodes into records,
 * {@code plugin} fills the registry from jars, {@code write} turns records back into YAML.
 */
package dev.chainrule.config;
