/**
 * The network: layers built into a graph of values, and passes over a batch. Start with
 * {@link dev.chainrule.model.network.Network} and {@link dev.chainrule.model.network.Graph}.
 */
package dev.chainrule.model.network;
