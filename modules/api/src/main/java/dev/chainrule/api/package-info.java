/**
 * The API that plugin authors compile against.
 *
 * <p>Start with {@link dev.chainrule.api.Plugin} (the entry point of a jar), {@link dev.chainrule.api.Component} (the name of
 * a record in YAML) and the extension point you want to implement; {@link dev.chainrule.api.Kind} lists them all. The
 * smallest is {@link dev.chainrule.api.Elementwise}. {@link dev.chainrule.api.Hook} shows the training loop.
 */
package dev.chainrule.api;
