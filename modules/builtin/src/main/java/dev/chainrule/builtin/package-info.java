/**
 * Every built-in component, provided through the interface that plugins use.
 *
 * <p>Start with {@link dev.chainrule.builtin.BuiltinPlugin}, the list of them all. There is one component per file, by
 * kind: layer, activation, loss, optimizer, schedule, initializer, regularizer, data, transform, metric, hook.
 */
package dev.chainrule.builtin;
