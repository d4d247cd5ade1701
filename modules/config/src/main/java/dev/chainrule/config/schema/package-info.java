/**
 * Describe for other readers what a config may contain: for editors as JSON Schema, for people as a commented config.
 *
 * <p>Start with {@link dev.chainrule.config.schema.JsonSchema} and {@link dev.chainrule.config.schema.Reference}. Both go by
 * {@link dev.chainrule.config.registry.ValueType}, as the binder does.
 */
package dev.chainrule.config.schema;
