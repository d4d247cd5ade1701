/**
 * The kernels on the Vector API, with the bits of those in plain Java, found by name where the JVM has the module
 * {@code jdk.incubator.vector}.
 */
package dev.chainrule.math.kernel.vector;
