/**
 * A training in progress and what follows it: optimizers, hooks, their state, progress and metric history, the console.
 * {@link dev.chainrule.api.training.Hook} shows the training loop.
 */
package dev.chainrule.api.training;
