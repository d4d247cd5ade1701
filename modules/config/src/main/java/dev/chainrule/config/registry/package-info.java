/**
 * The components and their parameters.
 *
 * <p>Start with {@link dev.chainrule.config.registry.Registry}. {@link dev.chainrule.config.registry.RecordType} reads
 * a record's parameters from its declaration, {@link dev.chainrule.config.registry.ValueType} describes the YAML of
 * each: binding, errors, {@code plugins} and the resolved config all rely on these two.
 */
package dev.chainrule.config.registry;
