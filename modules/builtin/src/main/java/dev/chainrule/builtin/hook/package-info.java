/**
 * Hooks, one record and one {@code Hook} each: checkpoints, early stopping, logs, progress, checks of gradients. The record is what
 * a config declares, the {@code Hook} has the state of one run.
 */
package dev.chainrule.builtin.hook;
