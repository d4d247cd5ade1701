/**
 * Descriptions of configs for other readers: a JSON Schema for editors, a commented config for people.
 *
 * <p>Start with {@link dev.chainrule.config.schema.JsonSchema} and {@link dev.chainrule.config.schema.Reference}. Both
 * rely on {@link dev.chainrule.config.registry.ValueType}, as the binder does.
 */
package dev.chainrule.config.schema;
