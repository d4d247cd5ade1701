/**
 * Bring every built-in component, by the door that plugins use.
 *
 * <p>Start with {@link dev.chainrule.builtin.BuiltinPlugin}, the list of them all. One component a file, by kind: layer,
 * activation, loss, optimizer, schedule, initializer, regularizer, data, transform, metric, hook.
 */
package dev.chainrule.builtin;
