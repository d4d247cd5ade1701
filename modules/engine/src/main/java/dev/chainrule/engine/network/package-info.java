/**
 * The network and its objective: forward and backward passes over a batch. Start with
 * {@link dev.chainrule.engine.network.Network} and {@link dev.chainrule.engine.network.Objective}.
 */
package dev.chainrule.engine.network;
