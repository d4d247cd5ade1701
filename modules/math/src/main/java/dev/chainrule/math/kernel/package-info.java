/**
 * The kernels behind {@link dev.chainrule.math.Kernels}: products, loops over elements and rows, sums along rows and random masks,
 * in plain Java. Internal: plugins do not see this package.
 *
 * <p>Start with {@link dev.chainrule.math.kernel.KernelParts}, which chooses between these and the kernels on the Vector API in
 * {@code dev.chainrule.math.kernel.vector}, then {@link dev.chainrule.math.kernel.FloatProduct}.
 */
package dev.chainrule.math.kernel;
