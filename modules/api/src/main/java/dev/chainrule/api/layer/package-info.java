/**
 * The computing side of a layer. Start with {@link dev.chainrule.api.layer.Node}, one stage of forward and backward passes.
 */
package dev.chainrule.api.layer;
