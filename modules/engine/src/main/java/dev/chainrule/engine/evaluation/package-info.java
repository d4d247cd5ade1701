/**
 * Measurements of a network: metrics on a dataset, the baseline they are compared with, and checks of its gradients. Start with
 * {@link dev.chainrule.engine.evaluation.Evaluator}.
 */
package dev.chainrule.engine.evaluation;
