/**
 * Know what components there are and what their parameters are.
 *
 * <p>Start with {@link dev.chainrule.config.registry.Registry}. {@link dev.chainrule.config.registry.RecordType} reads a
 * record's parameters off its declaration, {@link dev.chainrule.config.registry.ValueType} says what YAML may write for
 * each: binding, errors, {@code plugins} and the resolved config all go by these two.
 */
package dev.chainrule.config.registry;
