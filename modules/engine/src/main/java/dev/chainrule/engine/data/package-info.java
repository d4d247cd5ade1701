/**
 * Examples on their way to the network: opened, split, ordered, transformed. Start with
 * {@link dev.chainrule.engine.data.Datasets} and {@link dev.chainrule.engine.data.Pipeline}.
 */
package dev.chainrule.engine.data;
