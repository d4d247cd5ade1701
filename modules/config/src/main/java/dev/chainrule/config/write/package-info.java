/**
 * The conversion of records back into YAML.
 *
 * <p>Start with {@link dev.chainrule.config.write.ResolvedYaml}.
 */
package dev.chainrule.config.write;
