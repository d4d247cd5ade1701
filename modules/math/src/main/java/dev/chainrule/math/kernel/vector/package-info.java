/**
 * The kernels on the Vector API, bit-identical to those in plain Java, found by name if the JVM has the module
 * {@code jdk.incubator.vector}.
 */
package dev.chainrule.math.kernel.vector;
