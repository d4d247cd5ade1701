/**
 * Published data sets whose files the user has: CIFAR-10 and Fashion-MNIST. Start with
 * {@link dev.chainrule.builtin.data.published.Cifar10Source}.
 */
package dev.chainrule.builtin.data.published;
