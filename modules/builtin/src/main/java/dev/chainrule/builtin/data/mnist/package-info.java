/**
 * The MNIST data set, downloaded, or replaced by generated digits if it is unavailable. Start with
 * {@link dev.chainrule.builtin.data.mnist.MnistSource}.
 */
package dev.chainrule.builtin.data.mnist;
