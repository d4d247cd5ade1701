/**
 * Define what a plugin author compiles against.
 *
 * <p>Start with {@link dev.chainrule.api.Plugin} (what a jar names), {@link dev.chainrule.api.Component} (what makes a record
 * usable from YAML) and the extension point you want to write; {@link dev.chainrule.api.Kind} lists them all. The smallest is
 * {@link dev.chainrule.api.Elementwise}. {@link dev.chainrule.api.Hook} shows the training loop.
 */
package dev.chainrule.api;
