/**
 * Hooks, one record and one {@code Hook} each: checkpoints, early stopping, logs, progress, checks of gradients. A
 * config declares the record, and the {@code Hook} contains the state of one run.
 */
package dev.chainrule.builtin.hook;
