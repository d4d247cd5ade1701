/**
 * The API that plugin authors compile against.
 *
 * <p>Start with {@link dev.chainrule.api.Plugin} (the entry point of a jar), {@link dev.chainrule.api.Component} (the name of
 * a record in YAML) and the extension point you want to implement; {@link dev.chainrule.api.Kind} lists them all. The
 * smallest is {@link dev.chainrule.api.Elementwise}.
 *
 * <p>An extension point is the interface of a record, and is here. If a component has state, its record builds an object that
 * has it: a {@link dev.chainrule.api.layer.Node}, an {@link dev.chainrule.api.training.Optimizer}, a
 * {@link dev.chainrule.api.training.Hook}, a {@link dev.chainrule.api.data.DataSource}, a
 * {@link dev.chainrule.api.data.Transform}. Those and the types they meet are in the packages below, named by what they deal
 * with: {@code data}, {@code layer}, {@code training}, small values in {@code value}, exceptions in {@code error}. None of them
 * uses this package.
 */
package dev.chainrule.api;
